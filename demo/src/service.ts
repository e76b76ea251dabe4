import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Component,
  type Ejabberd,
  type EjabberdOptions,
  startComponent,
  startEjabberd,
} from '@xmpp-groups/harness';
import { GROUPS } from './people.js';
import type { Places } from './places.js';

/** How the two talk: by the component protocol, or by the module of this repository inside ejabberd. */
export type Way = 'component' | 'in-server';

/** A private ejabberd, and the component that hosts groups beside it. */
export interface Service {
  readonly way: Way;
  readonly server: Ejabberd;
  readonly component: Component;
  /** Which of the two has ended by itself, with the end of its log; `undefined` while both run. */
  death(): string | undefined;
  /** Ends both in good order, the component first. Resolves with what went wrong, `undefined` when nothing did. */
  stop(): Promise<string | undefined>;
}

/** How many recipients one stanza to the server's multicast service may have (XEP-0033). */
const MULTICAST_LIMIT = 500;

const LAST_LINES = 15;

/**
 * Starts both. What they have to remember is kept below `folder`.
 * @throws Error with the end of the log of the one that did not start
 */
export async function startService(folder: string, places: Places, way: Way): Promise<Service> {
  // Nobody but these two has to know it, so each start makes a new one.
  const account = { domain: GROUPS, secret: randomBytes(16).toString('hex') };
  const server = await startEjabberd({
    dir: join(folder, 'ejabberd'),
    ...optionsFor(way, account, places),
  });
  let component: Component;
  try {
    component = await startComponent({
      ...account,
      via: way === 'in-server' ? 'ejabberd' : 'component',
      port: places.component,
      dir: join(folder, 'component'),
      httpPort: places.metrics,
      storageUrl: `sqlite:${join(resolve(folder), 'groups.db')}`,
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    way,
    server,
    component,
    death: () => {
      if (!isAlive(server.pid))
        return `ejabberd ended by itself. ${ending(readFileSync(server.logFile, 'utf8'))}`;
      if (!isAlive(component.pid)) return `The component ended by itself. ${ending(component.log())}`;
      return undefined;
    },
    stop: async () => {
      const code = await component.stop();
      await server.stop();
      return code === 0
        ? undefined
        : `The component ended with exit code ${code}. ${ending(readFileSync(logOf(component), 'utf8'))}`;
    },
  };
}

function optionsFor(
  way: Way,
  account: { readonly domain: string; readonly secret: string },
  { c2s, http, component }: Places,
): EjabberdOptions {
  if (way === 'component') {
    return {
      ports: { c2s, http, components: { [account.domain]: component } },
      components: [account],
      multicast: { limit: MULTICAST_LIMIT },
    };
  }
  return {
    ports: { c2s, http },
    shim: { ...account, listen: `127.0.0.1:${component}` },
    multicast: false,
    modules: { mod_xmpp_groups_multicast: {} },
  };
}

/** Where the component's log is. */
export const logOf = ({ dir }: Component): string => join(dir, 'component.log');

const ending = (log: string): string =>
  `The end of its log:\n${log.trimEnd().split('\n').slice(-LAST_LINES).join('\n')}`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
