import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';

/**
 * A bare JID that is known to be one.
 * @throws Error when it is not
 */
export function bare(text: string): BareJid {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.reason}`);
  return read.value;
}
