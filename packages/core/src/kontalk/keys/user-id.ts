import { type BareJid, localpartOf, parseBareJid } from '../../jid/index.js';

/** What would end a line. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** What would end a line, or an entry of a list of user ids. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp};]+/gu;

/** A user id as Kontalk's keys have it: `Name (comment) <jid>` (reference 4.2). */
export const kontalkUserId = (jid: BareJid, name = '', comment = ''): string =>
  [named(name), comment === '' ? '' : `(${named(comment)})`, `<${jid}>`]
    .filter((part) => part !== '')
    .join(' ');

const named = (text: string): string => text.replace(/[<>]/g, ' ').replace(UNSAFE, ' ').trim();

/** A user id as keys for XEP-0373 (section 3.2) have it. */
export const openPgpUserId = (jid: BareJid): string => `xmpp:${jid}`;

/**
 * A user id as it may stand in a list in a header: one that breaks out of its place is closed up (reference 2.10,
 * number 19). The address keeps its semicolons: JIDs may have some.
 */
export function safeUserId(userId: string): string {
  const address = /<[^<>]*>\s*$/.exec(userId)?.[0] ?? '';
  const name = userId.slice(0, userId.length - address.length);
  return `${name.replace(UNSAFE, ' ')}${address.replace(BREAKS, ' ')}`.trim();
}

/** The user ids of a list in a header. Kontalk's clients end one at every semicolon; here those in addresses end none. */
export const userIdsIn = (list: string): readonly string[] =>
  list
    .split(/;(?![^<>]*>)/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

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
