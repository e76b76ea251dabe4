import { type BareJid, bareOf } from '../jid/index.js';
import { type Address, addresses } from '../xep/index.js';
import type { XmlElement } from '../xml/element.js';
import { enter, STANZA_SCOPE } from '../xml/scope.js';

/** A stanza as it was delivered, whichever way it took. */
export interface DeliveredCopy {
  /** The stanza without the list: the same from every service, and from a sender without one. */
  readonly stanza: XmlElement;
  /** What the list says, if one came along and can be read. A claim: no evidence of who is a member. */
  readonly listed: readonly Address[];
}

/**
 * Takes the list of recipients out of a delivered stanza. ejabberd leaves it in, Kontalk's service takes it out,
 * and a stanza that came directly never had one (reference 3.5). Recipients of an answer never come from it,
 * whatever XEP-0033 (section 7) says of replies: a sender could widen the audience (reference 3.2).
 */
export function deliveredCopy(stanza: XmlElement): DeliveredCopy {
  if (stanza.children.length === 0) return { stanza, listed: [] };
  const scope = enter(stanza, STANZA_SCOPE);
  const listed: Address[] = [];
  const children = stanza.children.filter((child) => {
    if (typeof child === 'string' || !addresses.is(child, scope)) return true;
    const read = addresses.parse(child, scope);
    if (read.ok) listed.push(...read.value.addresses);
    return false;
  });
  if (children.length === stanza.children.length) return { stanza, listed };
  return { stanza: { name: stanza.name, attrs: stanza.attrs, children }, listed };
}

/**
 * How the list of a copy differs from the members that a client knows: a hint that somebody tells members different
 * things (reference 2.10, number 20), and nothing more. Copies without a list, or with hidden recipients, say
 * nothing.
 */
export function listedApart(
  listed: readonly Address[],
  members: ReadonlySet<BareJid>,
): { readonly strangers: readonly BareJid[]; readonly missing: readonly BareJid[] } {
  const open = listed.filter(({ type }) => type === 'to' || type === 'cc');
  const named = new Set(open.flatMap(({ jid }) => (jid === undefined ? [] : [bareOf(jid)])));
  if (named.size === 0) return { strangers: [], missing: [] };
  return {
    strangers: [...named].filter((jid) => !members.has(jid)),
    missing: [...members].filter((jid) => !named.has(jid)),
  };
}
