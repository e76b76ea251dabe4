import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import { z } from 'zod';
import { unfit, wording } from './wording.js';

/** One of some words. */
export const oneOf = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.enum(words, wording('known here', `give one of ${words.join(', ')}`));

/** Text that `read` turns into a value; `undefined` from it means that the text is unfit. */
export const readAs = <T>(what: string, mend: string, read: (text: string) => T | undefined) =>
  z.string(wording(what, mend)).transform((text, context) => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: unfit(text, what, mend) });
    return z.NEVER;
  });

export function readDomain(text: string): BareJid | undefined {
  const jid = parseBareJid(text);
  return jid.ok && !jid.value.includes('@') ? jid.value : undefined;
}

/** A TCP address to listen on; port 0 leaves the choice to the system. */
export function readListen(text: string): { host: string; port: number } | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || port > 65_535 ? undefined : { host, port };
}

/** A web address without what cannot be part of a prefix, and without the slash at its end. */
export function readPublicUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, pathname, search, hash, username, password } = new URL(text);
  const isPrefix = [search, hash, username, password].every((part) => part === '');
  if (!isPrefix || !['http:', 'https:'].includes(protocol)) return undefined;
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
}

function readJids(value: unknown): readonly BareJid[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const jids: BareJid[] = [];
  for (const entry of value) {
    const jid = typeof entry === 'string' ? parseBareJid(entry) : undefined;
    if (!jid?.ok) return undefined;
    jids.push(jid.value);
  }
  return jids;
}

/** A list whose entries `read` takes; `undefined` from it means that one of them is unfit. */
export const listOf = <T>(what: string, mend: string, read: (text: string) => T | undefined) =>
  z.unknown().transform((value, context): readonly T[] => {
    const entries: readonly unknown[] = Array.isArray(value) ? value : [undefined];
    const values = entries.flatMap((entry) => (typeof entry === 'string' ? (read(entry) ?? []) : []));
    if (values.length === entries.length) return values;
    context.addIssue({ code: 'custom', message: unfit(value, what, mend) });
    return z.NEVER;
  });

/** An address that a password may be sent to: nobody on the way can read it. */
export function readEndpoint(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, hash, username, password, href } = new URL(text);
  const isHere = /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isHere);
  return isSafe && [hash, username, password].every((part) => part === '') ? href : undefined;
}

/** A domain as a JID. */
export const domain = (mend: string): z.ZodType<BareJid, string> => readAs('a domain', mend, readDomain);

/** A list of domains and bare JIDs, or a word that stands for one. */
export const addresses = <W extends string = never>(mend: string, word?: W) =>
  z.unknown().transform((value, context): W | readonly BareJid[] => {
    const read = word !== undefined && value === word ? word : readJids(value);
    if (read !== undefined) return read;
    context.addIssue({ code: 'custom', message: unfit(value, 'a list of domains and bare JIDs', mend) });
    return z.NEVER;
  });
