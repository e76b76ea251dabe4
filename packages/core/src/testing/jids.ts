import { type BareJid, type FullJid, parseBareJid, parseFullJid } from '../jid/index.js';
import type { Result } from '../result.js';

const required = <T>(text: string, read: Result<T>): T => {
  if (!read.ok) throw new Error(`${text}: ${read.error.reason}`);
  return read.value;
};

/** The JID that a test names. Throws when it is none. */
export const bare = (text: string): BareJid => required(text, parseBareJid(text));
export const full = (text: string): FullJid => required(text, parseFullJid(text));
