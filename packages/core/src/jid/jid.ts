import { failure, ok, type Result } from '../result.js';
import { prepareDomainpart } from './domainpart.js';
import { prepareLocalpart } from './localpart.js';
import { prepareResourcepart } from './resourcepart.js';

declare const kind: unique symbol;

/** A JID without a resource, `local@domain` or `domain`, in its prepared form (RFC 7622): `===` compares. */
export type BareJid = string & { readonly [kind]: 'bare' };

/** A JID with a resource, `local@domain/resource` or `domain/resource`, in its prepared form. */
export type FullJid = string & { readonly [kind]: 'full' };

/** A JID in its prepared form, with a resource or without: `===` compares. */
export type Jid = BareJid | FullJid;

/** The parts of a JID, not yet prepared. */
export interface JidParts {
  readonly local?: string | undefined;
  readonly domain: string;
  readonly resource?: string | undefined;
}

/**
 * The only way to the brands. Whoever calls it has prepared all parts of the text; a JID without any is a
 * mistake in this module, not in what a peer sent.
 */
function brand(text: string): Jid {
  if (hasContent(text)) return text;
  throw new TypeError('a JID cannot be empty');
}

function hasContent(text: string): text is Jid {
  return text !== '';
}

/**
 * Most JIDs that a server delivers need no preparation: lower-case ASCII within all limits, without A-labels.
 * The limit of the whole keeps that of each part; a label may have 63 characters.
 */
const PREPARED =
  /^(?:[!#-%(-.0-9;=?[-~]+@)?(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\/[ -~]+)?$/;
const PREPARED_LENGTH = 253;

/** Reads and prepares a JID (RFC 7622, section 3.1). The reason of a failure names the part and the fault. */
export function parseJid(text: string): Result<Jid> {
  if (text.length <= PREPARED_LENGTH && PREPARED.test(text)) return ok(brand(text));
  return jidOf(split(text));
}

/** As {@link parseJid}, for a place where a resource must not stand. */
export function parseBareJid(text: string): Result<BareJid> {
  const read = parseJid(text);
  if (!read.ok) return read;
  return isBare(read.value) ? ok(read.value) : failure('jid', 'a resourcepart stands where none may be');
}

/** As {@link parseJid}, for a place where a resource has to stand. */
export function parseFullJid(text: string): Result<FullJid> {
  const read = parseJid(text);
  if (!read.ok) return read;
  return isFull(read.value) ? ok(read.value) : failure('jid', 'the resourcepart is missing');
}

/** The JID that consists of these parts, which are prepared here. */
export function jidOf({ local, domain, resource }: JidParts): Result<Jid> {
  const localpart = local === undefined ? undefined : prepareLocalpart(local);
  if (localpart?.ok === false) return localpart;
  const domainpart = prepareDomainpart(domain);
  if (!domainpart.ok) return domainpart;
  const resourcepart = resource === undefined ? undefined : prepareResourcepart(resource);
  if (resourcepart?.ok === false) return resourcepart;
  const bare = localpart === undefined ? domainpart.value : `${localpart.value}@${domainpart.value}`;
  return ok(brand(resourcepart === undefined ? bare : `${bare}/${resourcepart.value}`));
}

/** The bare JID with `resource`, which is prepared here. */
export function withResource(bare: BareJid, resource: string): Result<FullJid> {
  const resourcepart = prepareResourcepart(resource);
  if (!resourcepart.ok) return resourcepart;
  const full = brand(`${bare}/${resourcepart.value}`);
  return isFull(full) ? ok(full) : failure('jid', 'the resourcepart is missing');
}

/** The JID without its resource. */
export function bareOf(jid: Jid): BareJid {
  if (isBare(jid)) return jid;
  const bare = brand(jid.slice(0, jid.indexOf('/')));
  return isBare(bare) ? bare : bareOf(bare);
}

/** The localpart, `undefined` for the JID of a domain. */
export function localpartOf(jid: Jid): string | undefined {
  const at = jid.indexOf('@');
  const slash = jid.indexOf('/');
  return at < 0 || (slash >= 0 && slash < at) ? undefined : jid.slice(0, at);
}

/** The domainpart. */
export function domainOf(jid: Jid): string {
  return split(jid).domain;
}

/** The resourcepart, `undefined` for a bare JID. */
export function resourceOf(jid: Jid): string | undefined {
  const slash = jid.indexOf('/');
  return slash < 0 ? undefined : jid.slice(slash + 1);
}

/** Whether the JID has a resource. */
export function isFull(jid: Jid): jid is FullJid {
  return jid.includes('/');
}

/** Whether the JID has no resource. */
export function isBare(jid: Jid): jid is BareJid {
  return !jid.includes('/');
}

/** RFC 7622, section 3.1: the first `/` begins the resource; the first `@` before it ends the localpart. */
function split(text: string): JidParts {
  const slash = text.indexOf('/');
  const bare = slash < 0 ? text : text.slice(0, slash);
  const resource = slash < 0 ? undefined : text.slice(slash + 1);
  const at = bare.indexOf('@');
  if (at < 0) return { domain: bare, resource };
  return { local: bare.slice(0, at), domain: bare.slice(at + 1), resource };
}
