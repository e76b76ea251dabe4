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

const ns = NS.groupsCreate;

const contacts = element('contacts', ns, 'reference 2.1', {
  jids: textChildren('contact', ns, bareJid, 100),
});
const domains = element('domains', ns, 'reference 2.1', {
  jids: textChildren<string>('domain', ns, domain, 100),
});

/**
 * The request for a new group, and its result, which repeats everything that was decided. With one of the partners
 * it is the request for a private chat.
 */
export const create = element('query', ns, 'reference 2.1, 2.2', {
  localpart: textChild('localpart', ns, text).optional,
  name: textChild('name', ns, textUpTo(256)).optional,
  description: textChild('description', ns, textUpTo(4096)).optional,
  privacy: textChild('privacy', ns, oneOf('public', 'incognito')).optional,
  membership: textChild('membership', ns, oneOf('open', 'member-only')).optional,
  index: textChild('index', ns, oneOf('none', 'local', 'global')).optional,
  domains: child(domains).optional,
  contacts: child(contacts).optional,
  partner: child(chatPartner).optional,
  partnerInBase: child(chatPartnerInBase).optional,
});

export type CreateRequest = ValueOf<typeof create>;
