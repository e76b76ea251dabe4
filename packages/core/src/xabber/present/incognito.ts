import { domainOf, jidOf, localpartOf, parseJid } from '../../jid/index.js';
import { textOf, type XmlElement } from '../../xml/element.js';
import type { Group } from '../model/group.js';
import { userDomainsIn } from './addresses.js';

/** Stands where the JID of a user stood. Nobody has this one (RFC 2606, section 2). */
export const MASK = 'anonymous.invalid';

/**
 * The elements as an incognito group passes them on (reference 6.9): without the JID of any user, in whatever
 * attribute or text. Clients add such without being asked: to a forwarded message, a mention, an id given by the
 * account's server. A value that is a JID and nothing else becomes `MASK`; an element that still names a user is
 * left out. Whether he is a member makes no difference: otherwise what passes would tell who is one.
 */
export function withoutJids(group: Group, elements: readonly XmlElement[]): XmlElement[] {
  const host = domainOf(group.jid);
  return elements.map((element) => masked(element, host)).filter((element) => !namesUserIn(element, host));
}

/** `text`, or `undefined` when it names a user by his JID. */
export const unlessJid = (group: Group, text: string | undefined): string | undefined =>
  text === undefined || namesUser(text, domainOf(group.jid)) ? undefined : text;

function masked(element: XmlElement, host: string): XmlElement {
  const attrs = Object.entries(element.attrs).map(([name, value]) => [
    name,
    value !== undefined && isUser(value, host) ? MASK : value,
  ]);
  const isText = element.children.every((child) => typeof child === 'string');
  return {
    ...element,
    attrs: Object.fromEntries(attrs),
    children:
      isText && isUser(textOf(element), host)
        ? [MASK]
        : element.children.map((child) => (typeof child === 'string' ? child : masked(child, host))),
  };
}

/** Whether a text is the JID of a user, bare or full, and nothing else. On the group's own host are only groups. */
function isUser(text: string, host: string): boolean {
  if (!text.includes('@')) return false;
  const jid = parseJid(text.trim());
  return jid.ok && localpartOf(jid.value) !== undefined && domainOf(jid.value) !== host;
}

function namesUserIn(element: XmlElement, host: string): boolean {
  // All of its text at once: an element in the middle of a JID does not hide it from many a reader.
  if (namesUser(textOf(element), host)) return true;
  for (const value of Object.values(element.attrs))
    if (value !== undefined && namesUser(value, host)) return true;
  return element.children.some((child) => typeof child !== 'string' && namesUserIn(child, host));
}

/** Whether something in a text may be read as the JID of a user; the groups of this host are none. */
const namesUser = (text: string, host: string): boolean =>
  userDomainsIn(text).some((domain) => {
    const read = jidOf({ domain: domain.replace(/[.-]+$/u, '') });
    return !read.ok || read.value !== host;
  });
