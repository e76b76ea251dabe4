import { bareOf, parseJid } from '../../jid/index.js';
import type { XmlElement, XmlNode } from '../../xml/element.js';
import type { Group } from '../model/group.js';

/** What could be a JID with a local part, in a text of any kind (`xmpp:` links and queries included). */
const ADDRESS = /[^\s"&'/:<>@?=;,()[\]]+@[^\s"&'/<>@?=;,()[\]]+/gu;

/**
 * The elements that name none of the members by his real JID, in whatever attribute or text. Clients add such
 * without being asked: a forwarded message, a mention, an id given by the account's server. In an incognito
 * group none of them may reach the others (reference 6.9).
 */
export const withoutJids = (group: Group, elements: readonly XmlElement[]): XmlElement[] =>
  elements.filter((element) => !namesMember(group, element));

function namesMember(group: Group, node: XmlNode): boolean {
  if (typeof node === 'string') return hasMember(group, node);
  for (const value of Object.values(node.attrs)) {
    if (value !== undefined && hasMember(group, value)) return true;
  }
  return node.children.some((child) => namesMember(group, child));
}

function hasMember(group: Group, text: string): boolean {
  if (!text.includes('@')) return false;
  for (const [candidate] of text.matchAll(ADDRESS)) {
    const jid = parseJid(candidate);
    if (jid.ok && group.byJid.has(bareOf(jid.value))) return true;
  }
  return false;
}
