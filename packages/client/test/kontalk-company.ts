import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import type { KontalkEvents } from '../src/kontalk/kinds.js';
import { type KontalkGroups, type KontalkOptions, kontalkGroups } from '../src/kontalk/kontalk-groups.js';
import { type FakePlatform, fakePlatform, settled } from './fake-connection.js';
import { type Directory, type FakeKeyring, fakeKeyring, print } from './fake-keyring.js';
import { type Device, type FakeServer, fakeServer } from './fake-server.js';

export const TIMEOUT = 5000;

/** Somebody at a device. */
export interface Person {
  readonly jid: BareJid;
  readonly device: Device;
  readonly groups: KontalkGroups;
  readonly keyring: FakeKeyring | undefined;
  readonly platform: FakePlatform;
  /** All that was told, in short. */
  readonly told: string[];
}

const KINDS: readonly (keyof KontalkEvents)[] = [
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
];

function inShort(kind: keyof KontalkEvents, event: KontalkEvents[keyof KontalkEvents]): string {
  if ('error' in event) return `fault ${event.error.condition}`;
  if ('fault' in event) return `${kind} ${event.fault} ${event.text}`;
  if ('text' in event) return `${event.encrypted ? '' : 'clear '}${event.text}`;
  if ('subject' in event) return `subject ${event.subject}`;
  if ('added' in event) return `+${event.added.join()} -${event.removed.join()}`;
  if ('state' in event) {
    if (typeof event.state === 'string') return event.state;
    const { kind: state } = event.state;
    return 'member' in event.state ? `${state} ${event.state.member}` : state;
  }
  if ('reason' in event) return `${kind} ${event.reason}`;
  if ('fingerprint' in event) return `${kind} ${event.member}`;
  return event.kind;
}

/** People with one server and one clock. */
export interface Company {
  readonly server: FakeServer;
  readonly platform: FakePlatform;
  readonly directory: Directory;
  /** Somebody at a device who is logged in; with `keys`, the letter of his key or `true` for that of his name. */
  person(name: string, options?: Partial<KontalkOptions>, keys?: boolean | string): Promise<Person>;
}

export function company(): Company {
  const server = fakeServer();
  const platform = fakePlatform();
  const directory: Directory = new Map();
  let devices = 0;
  return {
    server,
    platform,
    directory,
    person: async (name, options = {}, keys = false) => {
      const device = server.device(`${name}@example.net/${++devices}`);
      const jid = bareOf(device.jid);
      const letter = keys === true ? name.slice(0, 1).toUpperCase() : keys;
      const keyring = letter === false ? undefined : fakeKeyring(jid, print(letter), directory);
      const groups = kontalkGroups(device, {
        account: jid,
        platform,
        timeout: TIMEOUT,
        autoJoin: () => true,
        ...(keyring === undefined ? {} : { keyring }),
        ...options,
      });
      const told: string[] = [];
      for (const kind of KINDS) groups.on(kind, (event) => told.push(inShort(kind, event)));
      device.login();
      await settled();
      return { jid, device, groups, keyring, platform, told };
    },
  };
}
