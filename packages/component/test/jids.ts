import { type BareJid, type Jid, parseBareJid, parseJid } from '@xmpp-groups/core/jid';

/** A JID that is known to be one. */
export function jid(text: string): Jid {
  const read = parseJid(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.reason}`);
  return read.value;
}

export function bare(text: string): BareJid {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.reason}`);
  return read.value;
}
