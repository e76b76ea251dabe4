import { type BareJid, localpartOf, parseBareJid } from '../../jid/index.js';

/** What would end a line or an entry of a list of user ids, or break the address out of its brackets. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp};]+/gu;

/** A user id as Kontalk's keys have it: `Name (comment) <jid>` (reference 4.2). */
export const kontalkUserId = (jid: BareJid, name = '', comment = ''): string =>
  [name, comment === '' ? '' : `(${comment})`, `<${jid}>`]
    .map((part, place) => (place < 2 ? part.replace(/[<>]/g, ' ') : part).replace(UNSAFE, ' ').trim())
    .filter((part) => part !== '')
    .join(' ');

/** A user id as keys for XEP-0373 (section 3.2) have it. */
export const openPgpUserId = (jid: BareJid): string => `xmpp:${jid}`;

/** A user id as it may stand in a header: one that breaks out of its place is closed up (reference 2.10, number 19). */
export const safeUserId = (userId: string): string => userId.replace(UNSAFE, ' ').trim();

/** The JID that a user id names, in either form; `undefined` when it names none. */
export function jidInUserId(userId: string): BareJid | undefined {
  const bracketed = /<([^<>]*)>\s*$/.exec(userId)?.[1];
  const address = (bracketed ?? userId).trim();
  const read = parseBareJid(address.startsWith('xmpp:') ? address.slice('xmpp:'.length) : address);
  return read.ok && localpartOf(read.value) !== undefined ? read.value : undefined;
}

/** Whether a user id says by the form of XEP-0373 that the key is for `jid`. */
export const isOpenPgpUserIdOf = (userId: string, jid: BareJid): boolean =>
  userId.startsWith('xmpp:') && jidInUserId(userId) === jid;
