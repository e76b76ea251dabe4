import { type ArchivedMessage, type ArchiveQuery, carriesAny } from '@xmpp-groups/core/xabber';
import { fold } from './fold.js';

/** The conditions of a query that are not about the place of a message, or `undefined` when there are none. */
export function matcherOf(query: ArchiveQuery): ((message: ArchivedMessage) => boolean) | undefined {
  const { author } = query;
  const text = fold(query.withText ?? '');
  const ids = query.ids === undefined ? undefined : new Set(query.ids);
  const { carrying } = query;
  if (author === undefined && text === '' && ids === undefined && carrying === undefined) return undefined;
  return (message) =>
    (carrying === undefined || carriesAny(message.xml, carrying)) &&
    (author === undefined || message.author === author) &&
    (ids === undefined || ids.has(message.stanzaId)) &&
    (text === '' || fold(message.text).includes(text));
}
