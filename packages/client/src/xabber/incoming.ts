import { bareOf } from '@xmpp-groups/core/jid';
import {
  readAvatarEvent,
  readDisclosed,
  readDisplayed,
  readEcho,
  readGroupMessage,
  readGroupPresence,
  readInvitation,
  readRefused,
  readRewrite,
} from '@xmpp-groups/core/xabber';
import type { XmlElement } from '@xmpp-groups/core/xml';
import { arrived, catchUp } from './catch-up.js';
import type { Context } from './context.js';
import { unfollow } from './follow.js';
import { refreshMembers } from './members.js';
import type { Outgoing } from './outgoing.js';
import { rewritten } from './rewritings.js';

/** Finds out what a stanza means for groups, and tells it. Each reader knows its own kind and no other. */
export function receive(context: Context, outgoing: Outgoing, element: XmlElement): void {
  if (element.name === 'presence') presence(context, element);
  if (element.name !== 'message') return;
  const refusedMessage = readRefused(element);
  if (refusedMessage !== undefined) {
    outgoing.refused(bareOf(refusedMessage.from), refusedMessage);
    return;
  }
  const invitation = readInvitation(element);
  if (invitation !== undefined) {
    context.events.emit('invitation', { invitation });
    return;
  }
  const kinds = [rewriting, avatar, disclosure, marker];
  if (!kinds.some((kind) => kind(context, element))) message(context, outgoing, element);
}

function presence(context: Context, element: XmlElement): void {
  const { events, groups } = context;
  const read = readGroupPresence(element);
  if (read === undefined || read.type === 'error') return;
  const group = bareOf(read.from);
  const followed = groups.get(group);
  if (read.info !== undefined) {
    if (followed !== undefined) followed.info = read.info;
    events.emit('group', { group, info: read.info });
  }
  // Without properties it may be of anybody; a group that is not followed has nothing to end here.
  if (followed !== undefined && read.type === 'unsubscribe') {
    unfollow(context, group);
    events.emit('ended', { group });
  }
}

function rewriting(context: Context, element: XmlElement): boolean {
  const notice = readRewrite(element);
  if (notice === undefined) return false;
  const followed = context.groups.get(bareOf(notice.from));
  // Nobody else may tell what a group has rewritten.
  if (followed !== undefined && bareOf(notice.conversation) === followed.jid) {
    if (rewritten(context, followed, notice)) void catchUp(context, followed);
  }
  return true;
}

function avatar({ events, groups }: Context, element: XmlElement): boolean {
  const found = readAvatarEvent(element);
  if (found === undefined) return false;
  const group = bareOf(found.from);
  // Contacts publish avatars in the same words.
  if (groups.has(group)) events.emit('avatar', { group, avatar: found });
  return true;
}

function disclosure({ events, groups }: Context, element: XmlElement): boolean {
  const disclosed = readDisclosed(element);
  if (disclosed === undefined) return false;
  const group = bareOf(disclosed.from);
  if (groups.has(group)) events.emit('disclosed', { group, disclosed });
  return true;
}

function marker({ events, groups }: Context, element: XmlElement): boolean {
  const seen = readDisplayed(element);
  if (seen === undefined) return false;
  const group = bareOf(seen.from);
  if (groups.has(group)) events.emit('displayed', { group, id: seen.id, stanzaId: seen.stanzaId });
  return true;
}

function message(context: Context, outgoing: Outgoing, element: XmlElement): void {
  const echo = readEcho(element);
  const found = echo ?? readGroupMessage(element);
  if (found === undefined) return;
  const group = bareOf(found.from);
  if (echo !== undefined) outgoing.stored(group, echo);
  const followed = context.groups.get(group);
  if (followed === undefined) return;
  arrived(context, followed, found);
  const known = followed.members?.version;
  if (found.system === undefined || known === undefined) return;
  if (found.version === undefined || found.version > known) void refreshMembers(context, followed);
}
