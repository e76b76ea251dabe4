import type {
  ArchivedMessage,
  ArchivePage,
  ArchiveQuery,
  MemberId,
  StanzaId,
} from '@xmpp-groups/core/xabber';
import { MOST_COUNTED } from './counted.js';
import { matcherOf } from './matches.js';
import { beyondCursor, type IdRange, rangeOf } from './range.js';

/** A page of messages of which more or less is known. */
export interface PageOf<M> extends Omit<ArchivePage, 'messages'> {
  readonly messages: readonly M[];
}

/**
 * The page of `messages` that a query asks for (XEP-0313, section 4.1; XEP-0059).
 * @param messages in the order of their ids; without author, text or ids asked for, their number costs nothing
 */
export function pageOfMessages<M extends ArchivedMessage>(
  messages: readonly M[],
  query: ArchiveQuery,
): PageOf<M> {
  const { direction, max } = query.page;
  const range = rangeOf(query);
  const matches = matcherOf(query);
  const [from, to] = slots(messages, range);
  const list = matches === undefined ? messages : messages.slice(from, to).filter(matches);
  const [first, end] = slots(list, range);
  const [firstBeyond, endBeyond] = slots(list, beyondCursor(range, query.page));
  const start = direction === 'forward' ? firstBeyond : Math.max(firstBeyond, endBeyond - max);
  const stop = direction === 'forward' ? Math.min(endBeyond, firstBeyond + max) : endBeyond;
  const complete = endBeyond - firstBeyond <= max;
  const count = end - first;
  const isCounted = (complete && query.page.cursor === undefined) || isCheap(query, to - from, count);
  return { messages: list.slice(start, stop), complete, count: isCounted ? count : undefined };
}

/** Whether it takes little to count what a query finds: `count` of the `concerned` messages. */
function isCheap(query: ArchiveQuery, concerned: number, count: number): boolean {
  if (query.ids !== undefined) return true;
  if ((query.withText ?? '') !== '' || query.carrying !== undefined) return concerned <= MOST_COUNTED;
  return query.author === undefined || count <= MOST_COUNTED;
}

/** The id of the newest of `messages` before `before`, those of `except` left out; `0`: there is none. */
export function previousOf(
  messages: readonly ArchivedMessage[],
  before: StanzaId,
  except?: MemberId,
): StanzaId {
  for (let at = firstNotBelow(messages, before) - 1; at >= 0; at--) {
    const message = messages[at];
    if (message !== undefined && (except === undefined || message.author !== except)) return message.stanzaId;
  }
  return 0;
}

/** Where the messages of a range stand in `messages`: the first, and one behind the last (never before it). */
function slots(messages: readonly ArchivedMessage[], range: IdRange): readonly [number, number] {
  const first = firstNotBelow(messages, range.after + 1);
  return [first, Math.max(first, firstNotBelow(messages, range.before))];
}

/** The index of the first message with an id of `bound` or more, by halving; their number when there is none. */
function firstNotBelow(messages: readonly ArchivedMessage[], bound: StanzaId): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const message = messages[middle];
    if (message !== undefined && message.stanzaId < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
