import type { BareJid } from '@xmpp-groups/core/jid';
import { members, type UserCard } from '@xmpp-groups/core/xabber';
import type { Wire } from '../wire.js';
import { type Context, tellFault } from './context.js';
import type { FollowedGroup, MemberList } from './state.js';

/** The list after what has changed in it: who is gone is left out (reference 8.2, trap T6). */
function updated(before: MemberList, changes: readonly UserCard[], version: number): MemberList {
  const after = new Map(before.members);
  for (const card of changes) {
    if (card.subscription === undefined || card.subscription === 'both') after.set(card.id, card);
    else after.delete(card.id === '' ? (card.removedId ?? '') : card.id);
  }
  return { version, members: after };
}

/** A part of the list of members, in the order of their nicknames. */
export interface MemberPage {
  readonly members: readonly UserCard[];
  /** From here the next page can be asked for; `undefined`: there is none. */
  readonly last: string | undefined;
  /** How many members there are. */
  readonly count: number | undefined;
  readonly version: number | undefined;
}

/**
 * Some members (reference 8.2; XEP-0059).
 * @param after where the page before has ended; without it the first page
 * @param max the length of the page
 */
export async function memberPage(
  wire: Wire,
  group: BareJid,
  { after, max }: { readonly after?: string | undefined; readonly max: number },
): Promise<MemberPage> {
  const attempt = { what: 'ask for the members', to: group };
  const question = members.build({ version: 0, users: [], rsm: { max, after } });
  const { users, version, rsm } = await wire.ask(attempt, question, members);
  return { members: users, last: users.length < max ? undefined : rsm?.last, count: rsm?.count, version };
}

/** How many members are asked for at once. */
const PAGE = 500;

/** The whole list, page by page. What changes meanwhile has a newer version than the first page. */
async function wholeList(wire: Wire, group: BareJid): Promise<MemberList> {
  const found = new Map<string, UserCard>();
  let version: number | undefined;
  for (let after: string | undefined; ; ) {
    const known = found.size;
    const page = await memberPage(wire, group, { after, max: PAGE });
    version ??= page.version;
    for (const card of page.members) found.set(card.id, card);
    after = page.last;
    // A group that knows no pages answers with everything each time.
    if (after === undefined || found.size === known) return { version: version ?? 0, members: found };
  }
}

/** Asks for the list, or for what has changed in it since it was asked for. */
export async function loadMembers({ wire }: Context, group: FollowedGroup): Promise<MemberList> {
  const before = group.members;
  if (before === undefined) {
    group.members = await wholeList(wire, group.jid);
    return group.members;
  }
  const attempt = { what: 'ask who is new and who is gone', to: group.jid };
  const question = members.build({ version: before.version, users: [] });
  const { users, version } = await wire.ask(attempt, question, members);
  group.members = updated(before, users, version ?? before.version);
  return group.members;
}

/** Brings a list that was loaded before up to date; what happens meanwhile, too. */
export async function refreshMembers(context: Context, group: FollowedGroup): Promise<void> {
  if (group.members === undefined) return;
  if (group.refreshing !== 'idle') {
    group.refreshing = 'again';
    return;
  }
  try {
    do {
      group.refreshing = 'running';
      const { members: now } = await loadMembers(context, group);
      context.events.emit('members', { group: group.jid, members: now });
    } while (isAgain(group));
  } catch (error) {
    tellFault(context, group.jid, error);
  } finally {
    group.refreshing = 'idle';
  }
}

/** Another call may have set it while this one waited. */
const isAgain = ({ refreshing }: FollowedGroup): boolean => refreshing === 'again';
