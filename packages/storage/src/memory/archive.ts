import type { ArchivedMessage, MemberId } from '@xmpp-groups/core/xabber';

/** The messages of one group, in the order of their ids, and by what their authors call them. */
export interface Archive {
  readonly messages: ArchivedMessage[];
  readonly byOrigin: Map<string, ArchivedMessage>;
}

export const emptyArchive = (): Archive => ({ messages: [], byOrigin: new Map() });

/** A member's id has no space in it, so that two pairs never give the same key. */
const originKey = (author: MemberId, originId: string): string => `${author} ${originId}`;

export const messageByOrigin = (
  archive: Archive,
  author: MemberId,
  originId: string,
): ArchivedMessage | undefined => archive.byOrigin.get(originKey(author, originId));

/** @throws Error when the id does not grow, or the author has used the origin-id before */
export function append(archive: Archive, message: ArchivedMessage): void {
  const { stanzaId, author, originId } = message;
  const last = archive.messages.at(-1)?.stanzaId ?? 0;
  if (stanzaId <= last) throw new Error(`the stanza id ${stanzaId} does not follow ${last}`);
  if (author !== undefined && originId !== undefined) {
    if (messageByOrigin(archive, author, originId) !== undefined) {
      throw new Error(`${author} has used the origin-id ${originId} before`);
    }
    archive.byOrigin.set(originKey(author, originId), message);
  }
  archive.messages.push(message);
}

/** Takes the newest messages out until `length` are left. */
export function cutBack(archive: Archive, length: number): void {
  for (const { author, originId } of archive.messages.splice(length)) {
    if (author !== undefined && originId !== undefined) archive.byOrigin.delete(originKey(author, originId));
  }
}
