import type { BareJid } from '@xmpp-groups/core/jid';
import {
  backupCode,
  judgeKey,
  type KnownKey,
  PUBLIC_KEYS_NODE,
  publishSecretKey,
} from '@xmpp-groups/core/kontalk';
import { NS } from '@xmpp-groups/core/xml';
import type { Connection } from '../../connection.js';
import { GroupsError } from '../../errors.js';
import { createEvents } from '../../events.js';
import { type Platform, systemPlatform } from '../../platform.js';
import { createWire } from '../../wire.js';
import type { Keyring } from '../keyring.js';
import type { StatePort } from '../state-port.js';
import { createAnnouncing } from './announce.js';
import { fetchKeys } from './ask-keys.js';
import { type Context, inBackground, type KeyringEvents, knownKeys, personOf, tellFault } from './context.js';
import type { KeyLibrary } from './key-library.js';
import { storedKeys } from './stored-keys.js';
import { keep, tell } from './take-keys.js';
import { takeStanza } from './take-stanza.js';
import { createTurns } from './turns.js';

/** What a client announces by which servers send it news of keys (XEP-0163, section 4.3), and others see that it reads OX. */
export const KEYRING_FEATURES: readonly string[] = [NS.openpgpMessaging, `${PUBLIC_KEYS_NODE}+notify`];

/** How a keyring is opened. */
export interface KeyringOptions {
  /** The account. */
  readonly me: BareJid;
  /** Whether the own key is announced on PEP at each login, and again when another client takes it out; default: it is. */
  readonly announce?: boolean;
  /** How long an answer may take, in milliseconds; default: 60 seconds. */
  readonly timeout?: number;
  readonly platform?: Platform;
  /** Gets what fails while nobody waits for it. */
  readonly onFault?: (error: GroupsError) => void;
}

/** The keys of an account, and of those whom it writes to. All promises settle; those that reject do so with a `GroupsError`. */
export interface AccountKeyring extends Keyring {
  /** Everybody of whom keys are known. */
  people(): ReadonlyMap<BareJid, readonly KnownKey[]>;
  /** Puts the own key on the list of the account's keys, unless it is there (XEP-0373, section 4). */
  announce(): Promise<void>;
  /** Keeps the own secret key on the server, for other devices; resolves with the code that opens it (section 5). */
  backup(): Promise<string>;
  /** Ends all waiting; the connection stays. */
  close(): void;
}

/**
 * The keyring of an account, with everything that was saved before. Rejects with `state` when that cannot be read.
 * @param library with the own key, and no other
 */
export async function keyring(
  connection: Connection,
  library: KeyLibrary,
  state: StatePort,
  options: KeyringOptions,
): Promise<AccountKeyring> {
  const { me, announce = true, timeout = 60_000, platform = systemPlatform, onFault } = options;
  const stored = storedKeys(state);
  const people = new Map(await stored.load());
  for (const { keys, material } of people.values()) {
    for (const { fingerprint, userIds } of keys) {
      const bytes = material.get(fingerprint);
      if (bytes !== undefined) await library.hold({ fingerprint, userIds, bytes });
    }
  }
  const events = createEvents<KeyringEvents>();
  if (onFault !== undefined) events.on('fault', onFault);
  const wire = createWire(connection, platform, timeout);
  const context: Context = { me, wire, library, stored, events, people };
  const announcing = createAnnouncing(context);
  const turns = createTurns((error) => tellFault(context, error));

  const begin = (): void => {
    if (announce) inBackground(context, announcing.announce());
  };
  wire.subscribe((event) => {
    if (event.kind === 'online' && !event.resumed) begin();
  });
  if (connection.own() !== undefined) begin();

  return {
    signer: { jid: me, fingerprint: library.own.fingerprint, userIds: library.own.userIds },
    openPgp: library.openPgp,
    keysOf: (jid) => knownKeys(context, jid),
    fetch: (jid) => fetchKeys(context, jid),
    announces: (jid) => personOf(context, jid).announced.length > 0,
    judge: async (jid, fingerprint, standing) => {
      const person = personOf(context, jid);
      if (!person.keys.some((key) => key.fingerprint === fingerprint)) {
        throw new GroupsError({ what: 'judge a key', to: jid }, 'item-not-found', fingerprint);
      }
      await keep(context, jid, { ...person, keys: judgeKey(person.keys, fingerprint, standing) });
      tell(context, jid, 'judged');
    },
    onChange: (listener) => events.on('change', ({ jid, news }) => listener(jid, news)),
    take: (stanza) => takeStanza(context, announcing, turns, stanza),
    people: () => new Map([...people.keys(), me].map((jid) => [jid, knownKeys(context, jid)])),
    announce: announcing.announce,
    backup: async () => {
      const code = newBackupCode();
      await wire.change({ what: 'keep the own secret key' }, publishSecretKey(await library.lock(code)));
      return code;
    },
    close: wire.close,
  };
}

function newBackupCode(): string {
  for (;;) {
    const code = backupCode(crypto.getRandomValues(new Uint8Array(64)));
    if (code !== undefined) return code;
  }
}
