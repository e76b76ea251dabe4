import type { BareJid } from '@xmpp-groups/core/jid';
import type { KeysOfPerson, KnownKey } from '@xmpp-groups/core/kontalk';
import { GroupsError } from '../../errors.js';
import type { Events } from '../../events.js';
import type { Wire } from '../../wire.js';
import type { KeyLibrary } from './key-library.js';
import type { StoredKeys } from './stored-keys.js';

export type KeyNews = 'first' | 'changed' | 'judged';

export interface KeyringEvents {
  readonly change: { readonly jid: BareJid; readonly news: KeyNews };
  /** Something failed that nobody waits for. */
  readonly fault: GroupsError;
}

/** What the parts of a keyring share. */
export interface Context {
  readonly me: BareJid;
  readonly wire: Wire;
  readonly library: KeyLibrary;
  readonly stored: StoredKeys;
  readonly events: Events<KeyringEvents>;
  /** Everybody of whom something is known; of the own account what is known besides the own key. */
  readonly people: Map<BareJid, KeysOfPerson>;
}

const NOTHING: KeysOfPerson = { keys: [], material: new Map(), announced: [] };

export const personOf = ({ people }: Context, jid: BareJid): KeysOfPerson => people.get(jid) ?? NOTHING;

/** All known keys of somebody; of the own account the own one, and that as the newest. */
export function knownKeys(context: Context, jid: BareJid): readonly KnownKey[] {
  const { keys } = personOf(context, jid);
  if (jid !== context.me) return keys;
  const { own, ownSince } = context.library;
  const since = Math.max(ownSince, ...keys.map((key) => key.since + 1));
  return [{ fingerprint: own.fingerprint, userIds: own.userIds, standing: 'verified', since }, ...keys];
}

/** Tells of the failure of something that nobody waits for. A mistake of this package is none. */
export function tellFault({ events }: Context, error: unknown): void {
  if (!(error instanceof GroupsError)) throw error;
  if (error.condition !== 'closed') events.emit('fault', error);
}

/** Lets something run that nobody waits for. */
export function inBackground(context: Context, work: Promise<unknown>): void {
  work.catch((error: unknown) => tellFault(context, error));
}
