import type { ArchivedMessage, DatedEvent, MemberId, Rewrite, StanzaId } from '@xmpp-groups/core/xabber';

/** A notification, and the message whose new content it holds, if it holds one. */
interface KeptRewrite extends Rewrite {
  readonly replaced: Pick<ArchivedMessage, 'stanzaId' | 'author'> | undefined;
}

/** The messages of one group, in the order of their ids, and by what their authors call them. */
export interface Archive {
  readonly messages: readonly ArchivedMessage[];
  readonly rewrites: readonly KeptRewrite[];
}

interface WritableArchive extends Archive {
  readonly messages: ArchivedMessage[];
  readonly byOrigin: Map<string, ArchivedMessage>;
}

/** An archive that only this module can write to. */
export type KeptArchive = WritableArchive;

export const emptyArchive = (): KeptArchive => ({ messages: [], byOrigin: new Map(), rewrites: [] });

/** A member's id has no space in it, so that two pairs never give the same key. */
const originKey = (author: MemberId, originId: string): string => `${author} ${originId}`;

export const messageByOrigin = (
  archive: KeptArchive,
  author: MemberId,
  originId: string,
): ArchivedMessage | undefined => archive.byOrigin.get(originKey(author, originId));

export const messageById = ({ messages }: Archive, id: StanzaId): ArchivedMessage | undefined =>
  messages.find(({ stanzaId }) => stanzaId === id);

/**
 * @param last the id of the newest message that there has ever been
 * @throws Error when the id does not grow, or the author has used the origin-id before
 */
export function append(archive: KeptArchive, message: ArchivedMessage, last: StanzaId): void {
  const { stanzaId, author, id, originId, text, xml } = message;
  if (stanzaId <= last) throw new Error(`the stanza id ${stanzaId} does not follow ${last}`);
  if (author !== undefined && originId !== undefined && messageByOrigin(archive, author, originId)) {
    throw new Error(`${author} has used the origin-id ${originId} before`);
  }
  // What else an event may carry is not kept.
  const kept = { stanzaId, author, id, originId, text, xml };
  index(archive, kept);
  archive.messages.push(kept);
}

type Rewriting = Extract<
  DatedEvent,
  { readonly kind: 'messageRetracted' | 'historyRetracted' | 'messageReplaced' }
>;

/**
 * The archive after it was rewritten, in a new object. Earlier notifications with the content of a message that
 * is gone now, or has other content, are gone too.
 */
export function rewritten(archive: KeptArchive, event: Rewriting): KeptArchive {
  const isHit = hits(event);
  const { version, notification } = event;
  const replaced = event.kind === 'messageReplaced' ? event.message : undefined;
  const messages = archive.messages.flatMap((message) => {
    if (!isHit(message)) return [message];
    return replaced === undefined ? [] : [{ ...message, text: replaced.text, xml: replaced.xml }];
  });
  const rewrites = archive.rewrites.filter((rewrite) => !(rewrite.replaced && isHit(rewrite.replaced)));
  const after = {
    messages,
    byOrigin: new Map(),
    rewrites: [...rewrites, { version, notification, replaced }],
  };
  for (const message of messages) index(after, message);
  return after;
}

type Cleaning = Extract<DatedEvent, { readonly kind: 'messagesCleaned' | 'rewritesCleaned' }>;

/** The archive with other content in some messages, or notifications, in a new object. */
export function cleaned(archive: KeptArchive, event: Cleaning): KeptArchive {
  if (event.kind === 'rewritesCleaned') {
    const now = new Map(event.rewrites.map(({ version, notification }) => [version, notification]));
    const rewrites = archive.rewrites.map((rewrite) => ({
      ...rewrite,
      notification: now.get(rewrite.version) ?? rewrite.notification,
    }));
    return { ...archive, rewrites };
  }
  const now = new Map(event.messages.map((message) => [message.stanzaId, message]));
  const messages = archive.messages.map((message) => {
    const { id, originId, text, xml } = now.get(message.stanzaId) ?? message;
    return { ...message, id, originId, text, xml };
  });
  const after = { messages, byOrigin: new Map(), rewrites: archive.rewrites };
  for (const message of messages) index(after, message);
  return after;
}

function hits(event: Rewriting): (message: Pick<ArchivedMessage, 'stanzaId' | 'author'>) => boolean {
  switch (event.kind) {
    case 'messageRetracted':
      return ({ stanzaId }) => stanzaId === event.stanzaId;
    case 'messageReplaced':
      return ({ stanzaId }) => stanzaId === event.message.stanzaId;
    case 'historyRetracted':
      return ({ author }) => event.author === undefined || author === event.author;
  }
}

function index(archive: KeptArchive, message: ArchivedMessage): void {
  const { author, originId } = message;
  if (author !== undefined && originId !== undefined)
    archive.byOrigin.set(originKey(author, originId), message);
}

/** Takes the newest messages out until `length` are left. */
export function cutBack(archive: KeptArchive, length: number): void {
  for (const { author, originId } of archive.messages.splice(length)) {
    if (author !== undefined && originId !== undefined) archive.byOrigin.delete(originKey(author, originId));
  }
}
