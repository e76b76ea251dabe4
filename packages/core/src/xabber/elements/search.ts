import {
  bareJid,
  child,
  element,
  integer,
  list,
  text,
  textChild,
  textUpTo,
  type ValueOf,
} from '../../codec/index.js';
import { rsm } from '../../xep/0059-result-set-management.js';
import { NS } from '../../xml/namespaces.js';

const ns = NS.groups;
const wanted = textUpTo(256);

/** A search for groups on their host: each field is a part of what is looked for; an empty one fits all. */
export const search = element('search', ns, 'reference 14.2', {
  name: textChild('name', ns, wanted).optional,
  description: textChild('description', ns, wanted).optional,
  privacy: textChild('privacy', ns, wanted).optional,
  membership: textChild('membership', ns, wanted).optional,
  index: textChild('index', ns, wanted).optional,
  rsm: child(rsm).optional,
});

/** What is looked for among the groups of a host. */
export type SearchRequest = ValueOf<typeof search>;

/** A group that was found. Privacy and membership go by their older names here. */
const foundGroup = element('item', ns, 'reference 14.2', {
  jid: textChild('jid', ns, bareJid),
  name: textChild('name', ns, text),
  privacy: textChild('anonymous', ns, text),
  membership: textChild('model', ns, text),
  description: textChild('description', ns, text),
  /** Separated by commas. */
  contacts: textChild('contacts', ns, text),
  domains: textChild('domains', ns, text),
  size: textChild('member-count', ns, integer()),
});

/** The groups that were found. */
export const searchResult = element('query', ns, 'reference 14.2', {
  groups: list(foundGroup, 100_000),
  rsm: child(rsm).optional,
});
