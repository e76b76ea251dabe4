import {
  attr,
  bareJid,
  boolean,
  child,
  element,
  jid,
  list,
  text,
  textChild,
  textChildren,
  textUpTo,
} from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

const ns = NS.groupsInvite;

/** A member asks the group to invite somebody; with `send` the group itself tells him. */
export const invite = element('invite', ns, 'reference 4.1', {
  jid: textChild('jid', ns, jid),
  send: textChild('send', ns, boolean).optional,
  reason: textChild('reason', ns, textUpTo(1024)).optional,
});

/** Who invites, or who is invited. In incognito groups an inviter has no `jid`; a list has no nickname. */
const invitedUser = element('user', ns, 'reference 4.2, 4.4', {
  jid: attr('jid', text).optional,
  id: attr('id', text),
  nickname: textChild('nickname', ns, text).optional,
});

/** What is sent to who is invited: by the group, or by the inviter himself, then without `user`. */
export const invitation = element('invite', ns, 'reference 4.2', {
  jid: attr('jid', bareJid),
  user: child(invitedUser).optional,
  reason: textChild('reason', ns, text).optional,
});

/** Somebody does not want to join. */
export const decline = element('decline', ns, 'reference 4.3', {});

/** The open invitations; empty in the question. */
export const invitations = element('query', ns, 'reference 4.4', { users: list(invitedUser, 100_000) });

/** Takes invitations back. */
export const revoke = element('revoke', ns, 'reference 4.4', { jids: textChildren('jid', ns, jid) });
