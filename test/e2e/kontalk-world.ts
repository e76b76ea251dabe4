import {
  type AccountKeyring,
  type Connection,
  type ConnectionEvent,
  type KontalkEvents,
  type KontalkGroups,
  type KontalkOptions,
  keyring,
  kontalkGroups,
  memoryState,
  type StatePort,
} from '@xmpp-groups/client';
import { generateOwnKey, keyLibrary } from '@xmpp-groups/client/openpgp';
import { connectionOf } from '@xmpp-groups/client/xmpp-client';
import type { BareJid } from '@xmpp-groups/core/jid';
import { serialise, type XmlElement } from '@xmpp-groups/core/xml';
import {
  bare,
  startEjabberd,
  startProsody,
  type XmppEntity,
  type XmppServer,
  xmppEntity,
} from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

/** A connection on which a test sees everything, and can be the server that is not to be trusted. */
export interface Tapped extends Connection {
  /** All that has passed, in both directions. */
  readonly passed: XmlElement[];
  /** What becomes of a stanza before the client sees it; `undefined`: it is lost. */
  change: (stanza: XmlElement) => XmlElement | undefined;
  /** Lets a stanza come that the server has not sent. */
  inject(stanza: XmlElement): void;
}

function tap(connection: Connection): Tapped {
  const listeners = new Set<(event: ConnectionEvent) => void>();
  const tell = (event: ConnectionEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };
  const tapped: Tapped = {
    passed: [],
    change: (stanza) => stanza,
    inject: (element) => tell({ kind: 'element', element }),
    own: connection.own,
    send: (element) => {
      tapped.passed.push(element);
      return connection.send(element);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  connection.subscribe((event) => {
    if (event.kind !== 'element') {
      tell(event);
      return;
    }
    tapped.passed.push(event.element);
    const element = tapped.change(event.element);
    if (element !== undefined) tell({ kind: 'element', element });
  });
  return tapped;
}

export interface KontalkUser {
  readonly jid: BareJid;
  readonly entity: XmppEntity;
  readonly connection: Tapped;
  readonly groups: KontalkGroups;
  readonly keys: AccountKeyring | undefined;
  /** All that happened, in short. */
  readonly told: string[];
}

const SHORT: { readonly [K in keyof KontalkEvents]: (event: KontalkEvents[K]) => string } = {
  message: ({ text }) => `${text}`,
  group: ({ kind }) => kind,
  member: (event) =>
    event.kind === 'member-left'
      ? `left ${event.member}`
      : [...event.added.map((jid) => `+${jid}`), ...event.removed.map((jid) => `-${jid}`)].join(' '),
  subject: ({ subject }) => `subject ${subject}`,
  invited: () => 'invited',
  'chat-state': ({ state }) => state,
  unsupported: ({ type }) => `unsupported ${type}`,
  'key-changed': ({ member }) => `key-changed ${member}`,
  'sent-state': ({ state }) => state.kind,
  warning: ({ kind }) => kind,
  unverified: ({ fault, text }) => `unverified ${fault} ${text}`,
  waiting: ({ reason }) => `waiting ${reason}`,
  fault: ({ error }) => `fault ${error.message}`,
};

const listenTo = <K extends keyof KontalkEvents>(groups: KontalkGroups, kind: K, told: string[]) =>
  groups.on(kind, (event) => told.push(SHORT[kind](event)));

const KINDS = [
  'message',
  'group',
  'member',
  'subject',
  'invited',
  'chat-state',
  'unsupported',
  'key-changed',
  'sent-state',
  'warning',
  'unverified',
  'waiting',
  'fault',
] as const satisfies readonly (keyof KontalkEvents)[];

export interface KontalkWorld {
  readonly server: XmppServer;
  /** A new account, logged in, whose name begins with `prefix`; with keys, if that is said. */
  user(prefix: string, encrypts?: boolean, options?: Partial<KontalkOptions>): Promise<KontalkUser>;
}

export type KontalkServer =
  | 'ejabberd with multicast'
  | 'ejabberd with multicast on the host'
  | 'Prosody without multicast';

const onHost = { multicast: false, modules: { mod_xmpp_groups_multicast: {} } } as const;

const start = (kind: KontalkServer): Promise<XmppServer> =>
  kind === 'Prosody without multicast'
    ? startProsody()
    : startEjabberd(kind === 'ejabberd with multicast on the host' ? onHost : {});

const keysOf = async (connection: Connection, me: BareJid, state: StatePort): Promise<AccountKeyring> =>
  keyring(connection, keyLibrary(await generateOwnKey(me)), state, { me, timeout: 15_000 });

/** On one server all read XEP-0374, on the other somebody reads only what Kontalk's clients do. */
const formed = (keys: AccountKeyring, kind: KontalkServer): AccountKeyring =>
  kind === 'Prosody without multicast' ? { ...keys, announces: () => false } : keys;

export function inKontalkWorld(kind: KontalkServer): KontalkWorld {
  let server: XmppServer | undefined;
  let count = 0;
  const users: KontalkUser[] = [];
  const started = (): XmppServer => {
    if (server === undefined) throw new Error('the server is not there yet');
    return server;
  };

  beforeAll(async () => {
    server = await start(kind);
  });
  afterEach(async () => {
    for (const { groups, keys, entity } of users.splice(0)) {
      groups.close();
      keys?.close();
      await entity.stop();
    }
  });
  afterAll(() => server?.stop());

  return {
    get server() {
      return started();
    },
    user: async (prefix, encrypts = false, options = {}) => {
      count += 1;
      const name = `${prefix}${count}`;
      await started().register(name, 'pw');
      const entity = xmppEntity({ server: started(), user: name, password: 'pw' });
      entity.on('error', () => undefined);
      const connection = tap(connectionOf(entity));
      const jid = bare(`${name}@localhost`);
      const state = memoryState();
      const keys = encrypts ? await keysOf(connection, jid, state) : undefined;
      const groups = kontalkGroups(connection, {
        account: jid,
        state,
        ...(keys === undefined ? {} : { keyring: formed(keys, kind) }),
        timeout: 15_000,
        autoJoin: () => true,
        ...options,
      });
      const told: string[] = [];
      for (const event of KINDS) listenTo(groups, event, told);
      const user = { jid, entity, connection, groups, keys, told };
      users.push(user);
      await comeOnline(user);
      await keys?.announce();
      return user;
    },
  };
}

/** Logs in; resolves when the server delivers to the device: what overtakes the presence is kept for the next login. */
export async function comeOnline({ entity, connection }: KontalkUser): Promise<void> {
  const before = connection.passed.length;
  await entity.start();
  const isThere = ({ name, attrs }: XmlElement): boolean =>
    name === 'presence' && attrs.from !== undefined && attrs.from === connection.own();
  await expect.poll(() => connection.passed.slice(before).some(isThere)).toBe(true);
}

/** What has passed, as text. */
export const wireOf = (...users: readonly KontalkUser[]): string =>
  users.flatMap(({ connection }) => connection.passed.map((stanza) => serialise(stanza))).join('\n');
