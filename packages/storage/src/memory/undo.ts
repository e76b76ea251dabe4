import {
  type DatedEvent,
  groupFrom,
  type LoadedGroup,
  type Member,
  type MemberId,
} from '@xmpp-groups/core/xabber';

/**
 * Remembers of a group what `events` are about to change, at the price of the events, not of its members.
 * @returns a function that gives the group as it was, built anew
 */
export function undoOf(group: LoadedGroup, events: readonly DatedEvent[]): () => LoadedGroup {
  const kept = { ...group };
  const lists = {
    blocks: [...group.blocks.values()],
    defaultRestrictions: [...group.defaultRestrictions],
    disclosures: [...group.disclosures.values()],
    privateChats: [...group.privateChats],
  };
  const members = new Map<MemberId, Member | undefined>();
  for (const id of events.flatMap(membersIn)) members.set(id, group.members.get(id));
  const before = (now: Member): Member | undefined => (members.has(now.id) ? members.get(now.id) : now);
  return () =>
    groupFrom(kept, { ...lists, members: [...group.members.values()].map(before).filter(isThere) });
}

const isThere = (member: Member | undefined): member is Member => member !== undefined;

function membersIn(event: DatedEvent): MemberId[] {
  if ('member' in event) return event.member === undefined ? [] : [event.member];
  return event.kind === 'messagePosted' && event.message.author !== undefined ? [event.message.author] : [];
}
