import type { Store } from '@xmpp-groups/core/xabber';
import type { Logger } from 'pino';
import { shownAddress } from './bridge/address.js';
import { createBridgeLink } from './bridge/bridge-link.js';
import type { RunnerRole } from './bridge/handshake.js';
import { keepNames } from './bridge/names.js';
import { createBridgeOutlet } from './bridge/outlet.js';
import type { Config } from './config/load.js';
import { chooseWay } from './engine/choose-way.js';
import type { EngineOptions } from './engine/engine.js';
import type { Names } from './engine/names.js';
import type { Way } from './engine/ways.js';
import { createComponentLink } from './link/component-link.js';
import type { Link } from './link/link.js';
import { hostAndPort } from './link/problems.js';

/** The way to the server that the configuration names. */
export interface ServerLink {
  readonly link: Link;
  /** Through which everything leaves, where it is not text that is written to the link. */
  readonly outlet?: EngineOptions['outlet'];
  /** Keeps the names of groups, where users may be beside them. */
  readonly names?: (store: Pick<Store, 'jidsOn'>) => Names;
  /** Whether users have addresses of the groups' domain, too; asked when the link is up. */
  readonly hasUsers?: () => boolean;
  /** How many stanzas wait to be acknowledged, where the other end keeps them until then. */
  readonly unacknowledged?: () => number;
  /** What is at the other end, for people. */
  readonly server: string;
  /** The way for copies, when the link is up, and one sentence that says why. */
  chooseWay(): Promise<{ readonly way: Way; readonly reason: string }>;
}

/**
 * @param options.retryFirst whether to go on when the very first attempt to connect fails
 * @param options.serves whether stanzas are wanted, where there is a choice; default: true
 * @param options.events of which events in the server to hear, where there is somebody to tell of them
 */
export function serverLink(
  { server, domain, fanout }: Pick<Config, 'server' | 'domain' | 'fanout'>,
  options: { readonly retryFirst: boolean; readonly log: Logger } & Partial<RunnerRole>,
): ServerLink {
  if (server.kind === 'component') {
    const link = createComponentLink({ ...server, domain, ...options });
    return { link, server: hostAndPort(server), chooseWay: () => chooseWay(link, fanout) };
  }
  const link = createBridgeLink({ ...server, domain, ...options });
  return {
    link,
    outlet: (observe) => createBridgeOutlet(link, observe),
    names: (store) => keepNames(link, store, options.log),
    hasUsers: () => link.mode() === 'sameHost',
    unacknowledged: link.unacknowledged,
    server: shownAddress(server.address),
    chooseWay: async () => ({
      way: { kind: 'bridge' },
      reason: 'mod_xmpp_groups carries lists of recipients',
    }),
  };
}
