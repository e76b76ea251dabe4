import type { ArchivedMessage } from '../model/events.js';
import type { ArchivePage, ArchiveQuery } from '../store.js';

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
  return { messages, complete: messages.length === beyond.length, count: matching.length };
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
