import type { BareJid } from '../../jid/index.js';
import { failure, ok, type Result } from '../../result.js';
import { jidInUserId } from './user-id.js';

/** The fingerprint of a primary key: hexadecimal digits in upper case, without spaces. */
export type Fingerprint = string;

/**
 * How far a key is believed to be somebody's. `first`: the first that was seen of him, so it counts. `verified`: the
 * user compared the fingerprint, or confirmed a change. `unconfirmed`: came when there was one already.
 */
export type Standing = 'first' | 'verified' | 'unconfirmed' | 'refused';

/** A public key that belongs to a JID as far as is known. */
export interface KnownKey {
  readonly fingerprint: Fingerprint;
  readonly userIds: readonly string[];
  readonly standing: Standing;
  /** When it was first seen, in milliseconds since the epoch. */
  readonly since: number;
}

/** What a library reads of a key that somebody offers. */
export type OfferedKey = Pick<KnownKey, 'fingerprint' | 'userIds'>;

/** Whether messages are encrypted to the key, and believed that it signed. */
export const isAccepted = ({ standing }: KnownKey): boolean =>
  standing === 'first' || standing === 'verified';

/** The most that are kept of one JID: the oldest that count for nothing go first. */
const MOST_KEYS = 50;

/**
 * The keys of `jid` after another was offered: the first counts at once, any other when the user has confirmed it; old
 * ones stay, for old messages (reference 5). Fails for a key that does not name the JID.
 * @param now milliseconds since the epoch
 */
export function offerKey(
  known: readonly KnownKey[],
  { fingerprint, userIds }: OfferedKey,
  jid: BareJid,
  now: number,
): Result<{ readonly keys: readonly KnownKey[]; readonly news: 'none' | 'first' | 'changed' }> {
  if (!userIds.some((userId) => jidInUserId(userId) === jid))
    return failure('', `the key does not name ${jid}`);
  const same = known.find((key) => key.fingerprint === fingerprint);
  if (same !== undefined) {
    // Its user ids may have become more; how far it is believed does not change by that.
    return ok({ keys: known.map((key) => (key === same ? { ...key, userIds } : key)), news: 'none' });
  }
  const standing = known.length === 0 ? 'first' : 'unconfirmed';
  const keys = bounded([...known, { fingerprint, userIds, standing, since: now }]);
  return ok({ keys, news: standing === 'first' ? 'first' : 'changed' });
}

function bounded(keys: readonly KnownKey[]): readonly KnownKey[] {
  if (keys.length <= MOST_KEYS) return keys;
  const oldest = keys.find((key) => !isAccepted(key)) ?? keys[0];
  return keys.filter((key) => key !== oldest);
}

/** The keys after the user has decided on one of them. */
export const judgeKey = (
  known: readonly KnownKey[],
  fingerprint: Fingerprint,
  standing: 'verified' | 'refused',
): readonly KnownKey[] => known.map((key) => (key.fingerprint === fingerprint ? { ...key, standing } : key));

/** The fingerprints that a group has seen at work first, by JID (reference 2.10, number 15). */
export type Pins = ReadonlyMap<BareJid, Fingerprint>;

/** How a key that was used for `jid` compares with the one that the group knows of him. */
export function comparePin(pins: Pins, jid: BareJid, fingerprint: Fingerprint): 'first' | 'same' | 'changed' {
  const pinned = pins.get(jid);
  if (pinned === undefined) return 'first';
  return pinned === fingerprint ? 'same' : 'changed';
}

/** The pins with another key for `jid`: for the first that is seen, and for a change that the user confirms. */
export const pin = (pins: Pins, jid: BareJid, fingerprint: Fingerprint): Pins =>
  new Map(pins).set(jid, fingerprint);
