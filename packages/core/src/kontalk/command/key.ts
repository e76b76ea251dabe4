import { type BareJid, bareOf, localpartOf, parseJid } from '../../jid/index.js';
import { failure, ok, type Result } from '../../result.js';
import { LIMITS } from '../model/limits.js';
import type { GroupKey } from './command.js';

/** What an id may not hold: clients make a JID of id and owner, `id@owner` (reference 1.7). */
const FORBIDDEN = /[@/\p{Cc}]/u;

/**
 * The key of a group from the attributes of its element (reference 1.6, 1.7). Both are required in every
 * message (Kontalk page: "must always include a group ID and the JID of the owner").
 */
export function readKey(id: string | undefined, owner: string | undefined): Result<GroupKey> {
  if (id === undefined || id === '') return failure('group@id', 'missing');
  if (FORBIDDEN.test(id)) return failure('group@id', 'holds @, / or a control character');
  if (id.length > LIMITS.id && [...id.slice(0, 2 * LIMITS.id + 1)].length > LIMITS.id) {
    return failure('group@id', `longer than ${LIMITS.id} characters`);
  }
  if (owner === undefined || owner === '') return failure('group@owner', 'missing');
  const jid = parseJid(owner);
  if (!jid.ok) return failure('group@owner', `not a JID: ${jid.error.reason}`);
  if (localpartOf(jid.value) === undefined) return failure('group@owner', 'the JID of a domain');
  return ok({ id, owner: bareOf(jid.value) });
}

/** A key as one text, which no other key has: neither an id nor a JID holds a line feed. */
export const keyText = ({ owner, id }: GroupKey): string => `${owner}\n${id}`;

/** Whether two keys are of the same group: the same id of the same owner (reference 1.6). */
export const sameKey = (one: GroupKey, other: GroupKey): boolean =>
  one.owner === other.owner && one.id === other.id;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A new id for a group: 24 lower-case letters and digits, because some clients ignore case (reference 1.7).
 * @param random a random whole number from 0 to `below` - 1 that nobody can guess
 */
export const newGroupId = (random: (below: number) => number): string =>
  Array.from({ length: 24 }, () => ALPHABET.charAt(random(ALPHABET.length))).join('');

/** The bare JIDs that are named, without doubles, those that are none left out. */
export function readNamed(entries: readonly { readonly jid?: string | undefined }[]): readonly BareJid[] {
  const found = new Set<BareJid>();
  for (const { jid } of entries) {
    const read = jid === undefined ? undefined : parseJid(jid);
    if (read?.ok === true) found.add(bareOf(read.value));
  }
  return [...found];
}
