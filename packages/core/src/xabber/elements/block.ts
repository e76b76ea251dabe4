import { attr, content, element, list, text, textChildren } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

const ns = NS.groupsBlock;

/** Members, people and domains; what is no JID and no domain is refused with more than the path to it. */
const named = {
  ids: textChildren('id', ns, text),
  jids: textChildren('jid', ns, text),
  domains: textChildren('domain', ns, text),
};

/** Removes people, and keeps them and domains out. */
export const block = element('block', ns, 'reference 10.2', named);

/** Lets people and domains in again. */
export const unblock = element('unblock', ns, 'reference 10.3', named);

/** A person on the list; `id` is empty when he never was a member. */
const blockedUser = element('user', ns, 'reference 10.3', {
  jid: attr('jid', text),
  id: content(text),
});

/** The list of who is blocked; empty in the question. */
export const blockList = element('query', ns, 'reference 10.3', {
  users: list(blockedUser, 100_000),
  domains: textChildren('domain', ns, text, 100_000),
});
