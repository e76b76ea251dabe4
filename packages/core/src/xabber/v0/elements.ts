import {
  attr,
  bareJid,
  child,
  element,
  integer,
  list,
  oneOf,
  rawChild,
  text,
  textChild,
  textUpTo,
} from '../../codec/index.js';
import { rsm } from '../../xep/0059-result-set-management.js';
import { avatarMetadata } from '../../xep/0084-user-avatar.js';
import { forwarded } from '../../xep/0297-forwarding.js';
import { NS } from '../../xml/namespaces.js';
import { assignedJid } from '../elements/assigned-jid.js';
import { creationIn, listsIn } from '../elements/create.js';
import { partnerIn } from '../elements/private-chat.js';

const ns = NS.groupsV0;

/**
 * A new group, or with a partner a private chat. `anonymous`, `searchable` and `access` are what the words were in
 * 2018: `true` or `True`, `open`.
 */
export const createV0 = element('create', ns, 'reference 2.1, 16', {
  ...creationIn(ns),
  anonymous: textChild('anonymous', ns, text).optional,
  searchable: textChild('searchable', ns, text).optional,
  access: textChild('access', ns, text).optional,
  partner: child(partnerIn(ns)).optional,
});

/** The result of it. */
export const createdV0 = element('created', ns, 'reference 16', {
  jid: textChild('jid', ns, bareJid),
  name: textChild('name', ns, text).optional,
  privacy: textChild('privacy', ns, text).optional,
  index: textChild('index', ns, text).optional,
  membership: textChild('membership', ns, text).optional,
  description: textChild('description', ns, text).optional,
  pinned: textChild('pinned-message', ns, text).optional,
  ...listsIn(ns),
});

const rightsIn = (around: string) => {
  const right = {
    name: attr('name', text),
    translation: attr('translation', text).optional,
    /** A duration, the moment when it ends, `never`, or `now` to take it away. */
    expires: attr('expires', text).optional,
  };
  return {
    permissions: list(element('permission', around, 'reference 16', right)),
    restrictions: list(element('restriction', around, 'reference 16', right)),
  };
};

/** A member: his card with his rights. In a request `named` says who is meant, in results `id` does. */
const itemIn = (around: string) =>
  element('item', around, 'reference 16', {
    named: attr('id', text).optional,
    /** `none`: he is to be sent away. */
    newRole: attr('role', text).optional,
    id: textChild('id', around, text).optional,
    present: textChild('present', around, text).optional,
    jid: textChild('jid', around, text).optional,
    assigned: child(assignedJid).optional,
    role: textChild('role', around, oneOf('owner', 'admin', 'member')).optional,
    badge: textChild('badge', around, text).optional,
    nickname: textChild('nickname', around, text).optional,
    avatar: child(avatarMetadata).optional,
    subscription: textChild('subscription', around, text).optional,
    ...rightsIn(around),
  });

/** One of the list of members. */
export const memberV0 = itemIn(NS.groupsV0Members);

/** The list of members; in a request of type `set`, a change of one: in an item, or as in 2018 without. */
export const membersV0 = element('query', NS.groupsV0Members, 'reference 8.2, 8.3, 16', {
  version: attr('version', integer()).optional,
  id: attr('id', text).optional,
  nickname: textChild('nickname', NS.groupsV0Members, text).optional,
  badge: textChild('badge', NS.groupsV0Members, text).optional,
  items: list(memberV0, 100_000),
  rsm: child(rsm).optional,
});

/** All rights that there are, with what newcomers may not do; or one member with his. */
export const rightsV0 = element('query', NS.groupsV0Rights, 'reference 9.2, 16', {
  items: list(itemIn(NS.groupsV0Rights), 1),
  ...rightsIn(NS.groupsV0Rights),
});

/** A change of the group: of its properties, of its owner, or of what is pinned. */
export const updateV0 = element('update', ns, 'reference 11.1, 11.4, 16', {
  name: textChild('name', ns, textUpTo(256)).optional,
  description: textChild('description', ns, textUpTo(4096)).optional,
  index: textChild('index', ns, text).optional,
  membership: textChild('membership', ns, text).optional,
  owner: textChild('owner', ns, text).optional,
  pinned: textChild('pinned-message', ns, text).optional,
  ...listsIn(ns),
});

/** Asks for what was rewritten after `version`. */
export const activateV0 = element('activate', NS.rewriteV0, 'reference 12.5, 16', {
  version: attr('version', integer()).optional,
  lessThan: attr('less_than', integer()).optional,
});

/** In a message: its author wants to hear that the group has it. */
export const requestV0 = element('request', NS.deliveryV0, 'reference 16', {
  retry: attr('retry', text).optional,
});

/** Says so: the echo of the first generation. */
export const receivedV0 = element('received', NS.deliveryV0, 'reference 6.3, 16', {
  forwarded: child(forwarded),
});

/** Who wrote a message; `begin` and `end`, both included, are the nickname header of its body. */
export const authorV0 = element('reference', NS.reference, 'reference 16', {
  type: attr('type', oneOf('groupchat')),
  begin: attr('begin', integer()).optional,
  end: attr('end', integer()).optional,
  user: rawChild('user', ns),
});
