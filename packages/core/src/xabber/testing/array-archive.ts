import type { Lookup } from '../decide/lookup.js';
import { calledSo, LATEST, type NamedMessage } from '../decide/named.js';
import type { ArchivedMessage, GroupEvent, PassingEvent, PlacedMessage, Rewrite } from '../model/events.js';
import type { MemberId, StanzaId } from '../model/group.js';
import type { ArchivePage, ArchiveQuery, TracesPage } from '../store.js';

/** A page of an archive that is a plain array, oldest message first. */
export function pageFrom(archive: readonly ArchivedMessage[], query: ArchiveQuery): ArchivePage {
  const matching = archive.filter((message) => matches(message, query));
  const { cursor, direction, max } = query.page;
  const beyond = matching.filter(
    ({ stanzaId }) =>
      cursor === undefined ||
      (direction === 'forward' ? stanzaId > Number(cursor) : stanzaId < Number(cursor)),
  );
  const messages = direction === 'forward' ? beyond.slice(0, max) : beyond.slice(beyond.length - max);
  return {
    messages: messages.map((message) => placed(archive, message)),
    complete: messages.length === beyond.length,
    count: matching.length,
  };
}

/** A message with the id of the one before it. */
export const placed = (archive: readonly ArchivedMessage[], message: ArchivedMessage): PlacedMessage => ({
  ...message,
  previous: previousIn(archive, message.stanzaId),
});

/** The newest message before `before`, without those of `except`. */
export const previousIn = (
  archive: readonly ArchivedMessage[],
  before: StanzaId,
  except?: MemberId,
): StanzaId =>
  archive.findLast(({ stanzaId, author }) => stanzaId < before && (except === undefined || author !== except))
    ?.stanzaId ?? 0;

/** The messages that tell of somebody, as a Store finds them. */
export function tracesIn(
  archive: readonly ArchivedMessage[],
  { of: { jid, member }, before, max }: Extract<Lookup, { kind: 'traces' }>,
): TracesPage {
  const older = archive.filter(({ stanzaId }) => stanzaId < before).reverse();
  const page = older.slice(0, max);
  return {
    messages: page.filter(
      ({ author, xml }) =>
        xml.includes(jid) || (member !== undefined && (author === member || xml.includes(member))),
    ),
    before: older.length > max ? page.at(-1)?.stanzaId : undefined,
  };
}

/** The message that a name stands for, as a Store finds it. */
export function namedIn(
  archive: readonly ArchivedMessage[],
  named: NamedMessage,
): ArchivedMessage | undefined {
  const own = archive.find(
    ({ author, originId }) => named.called !== undefined && author === named.by && originId === named.called,
  );
  return (
    archive.find(({ stanzaId }) => stanzaId === named.stanzaId) ??
    own ??
    calledSo(pageFrom(archive, LATEST).messages, named)
  );
}

/** What an event does to the archive. */
export function keep(
  archive: ArchivedMessage[],
  rewrites: Rewrite[],
  event: GroupEvent | PassingEvent,
): void {
  const rest = (stays: (message: ArchivedMessage) => boolean): void => {
    archive.splice(0, archive.length, ...archive.filter(stays));
  };
  switch (event.kind) {
    case 'messagePosted':
      archive.push(event.message);
      return;
    case 'messageRetracted':
      rest(({ stanzaId }) => stanzaId !== event.stanzaId);
      break;
    case 'historyRetracted':
      rest(({ author }) => event.author !== undefined && author !== event.author);
      break;
    case 'messageReplaced':
      archive.splice(
        archive.findIndex(({ stanzaId }) => stanzaId === event.message.stanzaId),
        1,
        event.message,
      );
      break;
    case 'messagesCleaned':
      archive.splice(
        0,
        archive.length,
        ...archive.map((old) => event.messages.find(({ stanzaId }) => stanzaId === old.stanzaId) ?? old),
      );
      return;
    case 'rewritesCleaned':
      rewrites.splice(
        0,
        rewrites.length,
        ...rewrites.map((old) => event.rewrites.find(({ version }) => version === old.version) ?? old),
      );
      return;
    default:
      return;
  }
  rewrites.push({ version: event.version, notification: event.notification });
}

function matches(message: ArchivedMessage, query: ArchiveQuery): boolean {
  const milliseconds = message.stanzaId / 1000;
  return (
    milliseconds >= (query.start ?? 0) &&
    milliseconds <= (query.end ?? Number.POSITIVE_INFINITY) &&
    message.stanzaId > (query.afterId ?? 0) &&
    message.stanzaId < (query.beforeId ?? Number.POSITIVE_INFINITY) &&
    (query.author === undefined || message.author === query.author) &&
    (query.ids?.includes(message.stanzaId) ?? true) &&
    message.text.toLowerCase().includes(query.withText?.toLowerCase() ?? '')
  );
}
