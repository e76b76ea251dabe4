import { bareOf, domainOf, type Jid, jidOf, localpartOf, parseJid } from '../../jid/index.js';
import { textOf, type XmlElement } from '../../xml/element.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';
import { userDomainsIn, withoutAddress } from './addresses.js';

/** Stands where the JID of a user stood. Nobody has this one (RFC 2606, section 2). */
export const MASK = 'anonymous.invalid';

/** Which addresses are groups. */
interface Known {
  isGroup(jid: Jid): boolean;
  /** Whether something in a text may be read as the JID of somebody else. */
  namesUser(text: string): boolean;
}

/** On a host of their own all are groups; where users have addresses of it, too, the group knows no other than itself. */
function knownTo({ jid: own }: Group, { host }: Pick<Environment, 'host'>): Known {
  if (host.hasUsers) {
    return {
      isGroup: (jid) => bareOf(jid) === own,
      namesUser: (text) => userDomainsIn(withoutAddress(text, own)).length > 0,
    };
  }
  const domain = domainOf(own);
  return {
    isGroup: (jid) => domainOf(jid) === domain,
    namesUser: (text) =>
      userDomainsIn(text).some((found) => {
        const read = jidOf({ domain: found.replace(/[.-]+$/u, '') });
        return !read.ok || read.value !== domain;
      }),
  };
}

/**
 * The elements as an incognito group passes them on (reference 6.9): without the JID of any user, in whatever
 * attribute or text. Clients add such without being asked: to a forwarded message, a mention, an id given by the
 * account's server. A value that is a JID and nothing else becomes `MASK`; an element that still names a user is
 * left out. Whether he is a member makes no difference: otherwise what passes would tell who is one.
 */
export function withoutJids(
  group: Group,
  elements: readonly XmlElement[],
  env: Pick<Environment, 'host'>,
): XmlElement[] {
  const known = knownTo(group, env);
  return elements.map((element) => masked(element, known)).filter((element) => !namesUserIn(element, known));
}

/** `text`, or `undefined` when it names a user by his JID. */
export const unlessJid = (
  group: Group,
  text: string | undefined,
  env: Pick<Environment, 'host'>,
): string | undefined => (text === undefined || knownTo(group, env).namesUser(text) ? undefined : text);

function masked(element: XmlElement, known: Known): XmlElement {
  const attrs = Object.entries(element.attrs).map(([name, value]) => [
    name,
    value !== undefined && isUser(value, known) ? MASK : value,
  ]);
  const isText = element.children.every((child) => typeof child === 'string');
  return {
    ...element,
    attrs: Object.fromEntries(attrs),
    children:
      isText && isUser(textOf(element), known)
        ? [MASK]
        : element.children.map((child) => (typeof child === 'string' ? child : masked(child, known))),
  };
}

/** Whether a text is the JID of a user, bare or full, and nothing else. */
function isUser(text: string, known: Known): boolean {
  if (!text.includes('@')) return false;
  const jid = parseJid(text.trim());
  return jid.ok && localpartOf(jid.value) !== undefined && !known.isGroup(jid.value);
}

function namesUserIn(element: XmlElement, known: Known): boolean {
  // All of its text at once: an element in the middle of a JID does not hide it from many a reader.
  if (known.namesUser(textOf(element))) return true;
  for (const value of Object.values(element.attrs))
    if (value !== undefined && known.namesUser(value)) return true;
  return element.children.some((child) => typeof child !== 'string' && namesUserIn(child, known));
}
