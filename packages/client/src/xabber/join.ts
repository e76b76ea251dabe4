import type { BareJid } from '@xmpp-groups/core/jid';
import { bareOf } from '@xmpp-groups/core/jid';
import { roster } from '@xmpp-groups/core/stanza';
import {
  type GroupInfo,
  type GroupPresence,
  readGroupPresence,
  type UserCard,
} from '@xmpp-groups/core/xabber';
import { type Attempt, GroupsError } from '../errors.js';
import { presenceTo } from '../stanzas.js';
import type { Wire } from '../wire.js';
import { memberById } from './member.js';

/** What one is in a group. */
export interface Membership {
  readonly group: BareJid;
  readonly me: UserCard;
  /** What the group said of itself; nothing when one was a member before. */
  readonly info: GroupInfo | undefined;
}

type Kind = GroupPresence['type'];

/** The first presence of `group` that is of one of these types. */
export const presenceOf =
  (group: BareJid, types: readonly Kind[]) =>
  (element: Parameters<typeof readGroupPresence>[0]): GroupPresence | undefined => {
    const read = readGroupPresence(element);
    return read !== undefined && bareOf(read.from) === group && types.includes(read.type) ? read : undefined;
  };

/**
 * Asks for the group's presence, and lets it have one's own: that is what makes a member (reference 2.4, 3.1).
 * @param asked the group's own request, when it has come before
 */
export async function approve(
  wire: Wire,
  group: BareJid,
  attempt: Attempt,
  asked?: GroupPresence,
): Promise<Membership> {
  const ask = async (): Promise<void> => {
    await wire.change({ what: 'add a group to the roster' }, roster.build({ items: [{ jid: group }] }));
    await wire.send(attempt, presenceTo(group, 'subscribe'));
  };
  const answered = asked ?? wire.next(attempt, presenceOf(group, ['subscribe', 'unsubscribed', 'error']));
  const [{ type, info }] = await Promise.all([answered, ask()]);
  if (type !== 'subscribe') throw new GroupsError(attempt, 'turned-away', undefined);
  await wire.send(attempt, presenceTo(group, 'subscribed'));
  // The question takes the same way as the approval, so its answer says that this is through.
  return { group, me: await memberById(wire, group, ''), info };
}

/** One's own card, when one is a member. */
async function membership(wire: Wire, group: BareJid): Promise<UserCard | undefined> {
  try {
    const me = await memberById(wire, group, '');
    return me.subscription === undefined || me.subscription === 'both' ? me : undefined;
  } catch (error) {
    // Those who are no members are refused; whether there is such a group, the joining will tell.
    if (error instanceof GroupsError && !['timeout', 'offline', 'closed'].includes(error.condition)) {
      return undefined;
    }
    throw error;
  }
}

/** Joins a group (reference 3.1). Who is a member already gets that as an answer. */
export async function joinGroup(wire: Wire, group: BareJid): Promise<Membership> {
  const me = await membership(wire, group);
  if (me !== undefined) return { group, me, info: undefined };
  return approve(wire, group, { what: 'join a group', to: group });
}
