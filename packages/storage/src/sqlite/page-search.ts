import type { Search } from './page-sql.js';

/** The archive of a group, as its row tells. */
export interface ArchiveRow {
  readonly id: number;
  readonly message_count: number;
  readonly last_seq: number;
  readonly indexed_seq: number;
}

/** Places in an archive, both included; none when `first` is greater. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** What is asked for, wherever it stands. */
export interface Asked {
  readonly group: number;
  readonly author: string | undefined;
  readonly text: string;
  /** What to ask the index of words for, where it helps. */
  readonly words: string | undefined;
  readonly media: string | undefined;
}

export type Parameters = Asked & Stretch & { readonly limit: number };

export const isEmpty = ({ first, last }: Stretch): boolean => first > last;

/** Whether each message has to be read to tell whether it fits; otherwise an index tells, or names few that may. */
export const isReadOneByOne = ({ source, text, media }: Search): boolean =>
  source !== 'words' && (text || media);

/**
 * The ways to look for what was asked for, from the oldest messages to the newest. Where an index helps there
 * are two: it knows the older messages, and those that it has not come to yet are looked through.
 * @param byWords whether the index of words helps
 */
export function searchesFor(asked: Asked, byWords: boolean): readonly Search[] {
  const conditions = {
    author: asked.author !== undefined,
    text: asked.text !== '',
    media: asked.media !== undefined,
  };
  const place: Search = { source: 'place', ...conditions };
  if (byWords) return [{ source: 'words', ...conditions }, place];
  if (conditions.author) return [{ source: 'author', ...conditions }, place];
  return [place];
}

/** The part of a stretch that one of these ways has to do with. */
export function partOf(
  search: Search,
  row: ArchiveRow,
  searches: readonly Search[],
  { first, last }: Stretch,
): Stretch {
  const indexed = searches.length > 1 ? row.indexed_seq : 0;
  return search.source === 'place'
    ? { first: Math.max(first, indexed + 1), last }
    : { first, last: Math.min(last, indexed) };
}
