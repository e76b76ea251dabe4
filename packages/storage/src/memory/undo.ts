import {
  type Block,
  type DatedEvent,
  groupFrom,
  type LoadedGroup,
  type Member,
  type MemberId,
} from '@xmpp-groups/core/xabber';

/**
 * Remembers of a group what `events` are about to change, at the price of the events, not of the group.
 * @returns a function that gives the group as it was, built anew
 */
export function undoOf(group: LoadedGroup, events: readonly DatedEvent[]): () => LoadedGroup {
  const { jid, properties, status, pinned, createdAt, version, lastStanzaId } = group;
  const members = new Map<MemberId, Member | undefined>();
  const blocks = new Map<string, Block | undefined>();
  for (const event of events) {
    if ('member' in event) members.set(event.member, group.members.get(event.member));
    if (event.kind === 'blockAdded') blocks.set(event.block.address, group.blocks.get(event.block.address));
    if (event.kind === 'messagePosted' && event.message.author !== undefined) {
      members.set(event.message.author, group.members.get(event.message.author));
    }
  }
  const present = <T>(value: T | undefined): value is T => value !== undefined;
  return () =>
    groupFrom(
      { jid, properties, status, pinned, createdAt, version, lastStanzaId },
      [...group.members.values()]
        .map((now) => (members.has(now.id) ? members.get(now.id) : now))
        .filter(present),
      [...group.blocks.values()]
        .map((now) => (blocks.has(now.address) ? blocks.get(now.address) : now))
        .filter(present),
    );
}
