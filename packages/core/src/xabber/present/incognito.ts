import { domainOf, jidOf } from '../../jid/index.js';
import { textOf, type XmlElement } from '../../xml/element.js';
import type { Group } from '../model/group.js';
import { addressesIn } from './addresses.js';

/**
 * The elements that name none of the members by his real JID, in whatever attribute or text. Clients add such
 * without being asked: a forwarded message, a mention, an id given by the account's server. In an incognito
 * group none of them may reach the others (reference 6.9).
 */
export function withoutJids(group: Group, elements: readonly XmlElement[]): XmlElement[] {
  const names = memberFinder(group);
  return elements.filter((element) => !namesMember(element, names));
}

/** `text`, or `undefined` when it names one of the members by his real JID. */
export const unlessJid = (group: Group, text: string | undefined): string | undefined =>
  text === undefined || memberFinder(group)(text) ? undefined : text;

function namesMember(element: XmlElement, names: (text: string) => boolean): boolean {
  // All of its text at once: an element in the middle of a JID does not hide it from many a reader.
  if (names(textOf(element))) return true;
  for (const value of Object.values(element.attrs)) if (value !== undefined && names(value)) return true;
  return element.children.some((child) => typeof child !== 'string' && namesMember(child, names));
}

/** Tells of a text whether it names a member. What that takes to know of a large group is gathered once. */
function memberFinder(group: Group): (text: string) => boolean {
  let domains: ReadonlySet<string> | undefined;
  const memberDomain = (candidate: string): string | undefined => {
    domains ??= new Set([...group.byJid.keys()].map(domainOf));
    const read = jidOf({ domain: candidate });
    return read.ok && domains.has(read.value) ? read.value : undefined;
  };
  const jids: ReadonlyMap<string, unknown> = group.byJid;
  return (text) =>
    addressesIn(text).some(({ before, domains: candidates }) =>
      candidates.some((candidate) => {
        const domain = memberDomain(candidate);
        if (domain === undefined) return false;
        // Any letter may be the first of the localpart: what stands before it need not be apart from it.
        for (let start = 0; start < before.length; start++) {
          if (jids.has(`${before.slice(start)}@${domain}`)) return true;
        }
        return false;
      }),
    );
}
