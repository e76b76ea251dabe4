import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type VCard, vcard } from '@xmpp-groups/core/xep';
import {
  type Component,
  connect,
  freePort,
  type GroupUser,
  groupUser,
  type ShimOptions,
  startComponent,
  startEjabberd,
  startProsody,
  type XmppServer,
} from '@xmpp-groups/harness';
import { afterAll, beforeAll } from 'vitest';

export const GROUPS = 'groups.localhost';
/** The account that keeps an index of the groups that want to be found everywhere. */
const INDEX = 'index';
const SECRET = 'a secret of the tests';
const PASSWORD = 'pw';

/** The server, and the way by which copies go through it (DESIGN section 3). */
export type WorldKind =
  | 'ejabberd by multicast'
  | 'ejabberd one by one'
  | 'ejabberd by shim'
  | 'ejabberd, same host'
  | 'Prosody';

const byShim = (kind: WorldKind): boolean => kind === 'ejabberd by shim' || kind === 'ejabberd, same host';

/** An account with its devices, for one scenario. */
export interface Person {
  readonly name: string;
  readonly bare: string;
  readonly password: string;
  /** Logs a device in, and lets it be available unless `silent`. */
  device(options?: {
    resource?: string;
    transport?: 'tcp' | 'websocket';
    silent?: boolean;
  }): Promise<GroupUser>;
}

/** A server, the component beside it, and people. */
export interface World {
  readonly kind: WorldKind;
  /** The domain of the groups. */
  readonly groups: string;
  /** Whether the groups are served by the module inside the server. */
  readonly isInside: boolean;
  /** Whether users have addresses of that domain, too. */
  readonly isShared: boolean;
  /** Some address at which nobody but the component answers pings, and not before what it said until then. */
  readonly daemon: string;
  readonly server: XmppServer;
  readonly component: Component;
  /** The file in which the component keeps its groups. */
  readonly database: string;
  /**
   * Starts another component for the same groups, where the server takes several; it ends with the world.
   * @param between puts something between the server and it
   */
  companion(between?: Extras['between']): Promise<Component>;
  /** What a program is given to reach the module inside the server. */
  readonly bridge: Readonly<Record<string, string>>;
  /** A new account whose name begins with `name`. */
  person(name: string, vcard?: VCard): Promise<Person>;
  /** The service that keeps an index, as an account. */
  indexService(): Person;
  /** Ends all devices of the people made so far. */
  sendHome(): Promise<void>;
}

/** What a server has besides; ejabberd only. */
interface Extras {
  /** Files can be uploaded to it (XEP-0363). */
  readonly uploads?: boolean;
  /**
   * `false`: users have no archives of their own. In mnesia each message costs as much as there are in the archive
   * already, and some thousand more than everything else.
   */
  readonly mam?: false;
  /** Limits of the module inside ejabberd, and what else it can be told. */
  readonly shim?: Pick<ShimOptions, 'maxStanzas' | 'maxBytes' | 'patience' | 'events' | 'archiveSent'>;
  /** Puts something between that module, whose port is given, and the component; returns its port. */
  readonly between?: (port: number) => Promise<number>;
}

const domainOf = (kind: WorldKind): string => (kind === 'ejabberd, same host' ? 'localhost' : GROUPS);

async function startServer(
  kind: WorldKind,
  port: number,
  { uploads = false, mam, shim }: Extras,
): Promise<XmppServer> {
  const components = [{ domain: GROUPS, secret: SECRET }];
  if (byShim(kind)) {
    const listen = `127.0.0.1:${port}`;
    const sameHost = kind === 'ejabberd, same host';
    return startEjabberd({
      shim: { domain: domainOf(kind), sameHost, secret: SECRET, listen, ...shim },
      multicast: false,
      uploads,
      ...(mam === undefined ? {} : { mam }),
    });
  }
  if (kind === 'Prosody') return startProsody({ components });
  return startEjabberd({ components, multicast: { limit: 3 }, uploads });
}

/**
 * One server and one component for all scenarios of a file. The multicast service takes lists of 3 only, so
 * that every group of more has its copies in several lists.
 * @param settings of the component, as `XMPP_GROUPS_...` variables
 */
export function inWorld(
  kind: WorldKind,
  settings: Readonly<Record<string, string>> = {},
  extras: Extras = {},
): World {
  let server: XmppServer | undefined;
  let component: Component | undefined;
  const companions: Component[] = [];
  let port = 0;
  let startAnother: ((between: Extras['between']) => Promise<Component>) | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-e2e-'));
  const devices: GroupUser[] = [];
  let people = 0;
  let daemon = domainOf(kind);

  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the world is not there yet');
    return part;
  };

  beforeAll(async () => {
    port = await freePort();
    server = await startServer(kind, port, extras);
    await server.register(INDEX, PASSWORD);
    const { componentPort } = server;
    startAnother = async (between) => {
      const httpPort = await freePort();
      return startComponent({
        httpPort,
        ...(byShim(kind)
          ? ({ via: 'ejabberd', port: (await between?.(port)) ?? port } as const)
          : { port: componentPort(GROUPS) }),
        domain: domainOf(kind),
        secret: SECRET,
        storageUrl: `sqlite:${join(folder, 'groups.db')}`,
        env: {
          XMPP_GROUPS_FANOUT_WAY: kind === 'ejabberd one by one' ? 'splice' : 'auto',
          XMPP_GROUPS_HTTP_PUBLICURL: `http://127.0.0.1:${httpPort}`,
          XMPP_GROUPS_GROUPS_INDEXSERVICES: `${INDEX}@localhost`,
          ...settings,
        },
      });
    };
    component = await startAnother(extras.between);
    if (domainOf(kind) !== GROUPS) daemon = await witness();
  });
  const sendHome = async (): Promise<void> => {
    await Promise.allSettled(devices.splice(0).map(({ client }) => client.stop()));
  };
  afterAll(async () => {
    await sendHome();
    await Promise.all([component, ...companions].map((one) => one?.stop()));
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const personCalled = (name: string): Person => ({
    name,
    bare: `${name}@localhost`,
    password: PASSWORD,
    device: async ({ resource, transport, silent } = {}) => {
      const client = await connect({
        server: started(server),
        user: name,
        password: PASSWORD,
        ...(resource === undefined ? {} : { resource }),
        ...(transport === undefined ? {} : { transport }),
      });
      const user = groupUser(client);
      devices.push(user);
      // Servers push changes of the roster, and some subscription requests, only to who has asked for it.
      if (!silent) {
        await client.roster.get();
        await client.sendPresence();
        // A message that overtakes the presence goes into the offline storage, and may stay there until the next login:
        // the answer says that the server has worked off what was sent before.
        await client.roster.get();
      }
      return user;
    },
  });

  /** A group that nobody uses. */
  const witness = async (): Promise<string> => {
    await started(server).register('witness', PASSWORD);
    const user = await personCalled('witness').device();
    const group = await user.create(domainOf(kind), { name: 'Witness', index: 'none' });
    await user.client.stop();
    return group;
  };

  return {
    kind,
    database: join(folder, 'groups.db'),
    groups: domainOf(kind),
    isInside: byShim(kind),
    isShared: domainOf(kind) === 'localhost',
    get daemon() {
      return daemon;
    },
    get server() {
      return started(server);
    },
    get component() {
      return started(component);
    },
    companion: async (between) => {
      const companion = await started(startAnother)(between);
      companions.push(companion);
      return companion;
    },
    get bridge() {
      return {
        XMPP_GROUPS_EJABBERD_PORT: `${port}`,
        XMPP_GROUPS_EJABBERD_DOMAIN: domainOf(kind),
        XMPP_GROUPS_EJABBERD_SECRET: SECRET,
      };
    },
    person: async (prefix, card) => {
      people += 1;
      const name = `${prefix}${people}`;
      await started(server).register(name, PASSWORD);
      const person = personCalled(name);
      if (card !== undefined) await publishVCard(person, card);
      return person;
    },
    indexService: () => personCalled(INDEX),
    sendHome,
  };
}

async function publishVCard(person: Person, card: VCard): Promise<void> {
  const { client } = await person.device({ silent: true });
  await client.iq(undefined, 'set', vcard.build(card));
  await client.stop();
}
