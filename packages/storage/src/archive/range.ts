import type { ArchiveQuery, StanzaId } from '@xmpp-groups/core/xabber';

/** Stanza ids between two bounds, both left out. */
export interface IdRange {
  readonly after: StanzaId;
  readonly before: StanzaId;
}

const MICROSECONDS = 1000;

/**
 * All conditions of a query on the place of a message in the archive, as one range. A stanza id tells the
 * time in microseconds, so that times are bounds of ids too; a message counts as of its millisecond.
 */
export function rangeOf(query: ArchiveQuery): IdRange {
  return {
    after: Math.max(
      query.afterId ?? -Infinity,
      query.start === undefined ? -Infinity : query.start * MICROSECONDS - 1,
    ),
    before: Math.min(
      query.beforeId ?? Infinity,
      query.end === undefined ? Infinity : (query.end + 1) * MICROSECONDS,
    ),
  };
}

/** The part of a range that lies beyond the cursor of the query's page (XEP-0059, sections 2.2 and 2.3). */
export function beyondCursor(range: IdRange, page: ArchiveQuery['page']): IdRange {
  if (page.cursor === undefined) return range;
  const cursor = Number(page.cursor);
  return page.direction === 'forward'
    ? { ...range, after: Math.max(range.after, cursor) }
    : { ...range, before: Math.min(range.before, cursor) };
}
