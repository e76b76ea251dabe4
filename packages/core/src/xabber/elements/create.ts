import {
  bareJid,
  child,
  domain,
  element,
  oneOf,
  text,
  textChild,
  textChildren,
  textUpTo,
  type ValueOf,
} from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';
import { chatPartner, chatPartnerInBase } from './private-chat.js';

/** JIDs and domains in lists, in the namespace of what is around them. */
export const listsIn = (ns: string) => ({
  domains: child(
    element('domains', ns, 'reference 2.1', { jids: textChildren<string>('domain', ns, domain, 100) }),
  ).optional,
  contacts: child(
    element('contacts', ns, 'reference 2.1', { jids: textChildren('contact', ns, bareJid, 100) }),
  ).optional,
});

/** What is said of a new group; each generation of clients has its own namespace for it. */
export const creationIn = (ns: string) => ({
  localpart: textChild('localpart', ns, text).optional,
  name: textChild('name', ns, textUpTo(256)).optional,
  description: textChild('description', ns, textUpTo(4096)).optional,
  privacy: textChild('privacy', ns, oneOf('public', 'incognito')).optional,
  membership: textChild('membership', ns, oneOf('open', 'member-only')).optional,
  index: textChild('index', ns, oneOf('none', 'local', 'global')).optional,
  ...listsIn(ns),
});

/**
 * The request for a new group, and its result, which repeats everything that was decided. With one of the partners
 * it is the request for a private chat.
 */
export const create = element('query', NS.groupsCreate, 'reference 2.1, 2.2', {
  ...creationIn(NS.groupsCreate),
  partner: child(chatPartner).optional,
  partnerInBase: child(chatPartnerInBase).optional,
});

/** What is said of a new group; what is left out is the choice of the host. */
export type CreateRequest = ValueOf<typeof create>;
