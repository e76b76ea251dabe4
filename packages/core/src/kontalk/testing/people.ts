import type { BareJid } from '../../jid/index.js';
import { bare } from '../../testing/jids.js';
import type { Signer } from '../containers/seal.js';
import type { KnownKey, Standing } from '../keys/known-key.js';

export const [OLGA, ANN, BEN] = [bare('olga@example.net'), bare('ann@example.net'), bare('ben@example.net')];

/** The fingerprint of a letter: as long as a real one. */
export const print = (letter: string): string => letter.repeat(40);

/** A key that names somebody in both forms. */
export const keyOf = (jid: BareJid, letter: string, standing: Standing = 'first', since = 0): KnownKey => ({
  fingerprint: print(letter),
  userIds: [`${jid.charAt(0).toUpperCase()}${jid.slice(1, jid.indexOf('@'))} <${jid}>`, `xmpp:${jid}`],
  standing,
  since,
});

/** Everybody has one key: that of the first letter of his name, but Olga's is C. */
const KEYS: ReadonlyMap<BareJid, readonly KnownKey[]> = new Map([
  [OLGA, [keyOf(OLGA, 'C')]],
  [ANN, [keyOf(ANN, 'A')]],
  [BEN, [keyOf(BEN, 'B')]],
]);

export const keysOf = (jid: BareJid): readonly KnownKey[] => KEYS.get(jid) ?? [];

/** Who signs, with the only key of his. */
export function signerOf(jid: BareJid): Signer {
  const [key] = keysOf(jid);
  if (key === undefined) throw new Error(`${jid} has no key`);
  return { jid, fingerprint: key.fingerprint, userIds: key.userIds };
}
