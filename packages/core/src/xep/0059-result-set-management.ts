/** XEP-0059: Result Set Management, version 1.0. https://xmpp.org/extensions/xep-0059.html */
import { attr, child, content, element, integer, text, textChild, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

const first = element('first', NS.rsm, 'XEP-0059 section 2.1', {
  index: attr('index', integer()).optional,
  id: content(text),
});

/** Which page of a list is wanted, or which one this is. */
export const rsm = element('set', NS.rsm, 'XEP-0059 section 2', {
  max: textChild('max', NS.rsm, integer()).optional,
  before: textChild('before', NS.rsm, text).optional,
  after: textChild('after', NS.rsm, text).optional,
  index: textChild('index', NS.rsm, integer()).optional,
  first: child(first).optional,
  last: textChild('last', NS.rsm, text).optional,
  count: textChild('count', NS.rsm, integer()).optional,
});

/** A request for a page, or what is said of one, as it is read. */
export type Rsm = ValueOf<typeof rsm>;

/** Which part of an ordered list a request asks for. `backward`: the last `max` items, or those before `cursor`. */
export interface PageRequest {
  readonly direction: 'forward' | 'backward';
  /** The item that the page lies beyond, itself left out. */
  readonly cursor?: string | undefined;
  readonly max?: number | undefined;
}

/** What a request for a page means (XEP-0059, sections 2.2 to 2.5). Nothing lies before an empty `after`. */
export function pageRequest(request: Rsm | undefined): PageRequest {
  const backward = request?.before !== undefined;
  const cursor = backward ? request.before : request?.after;
  return {
    direction: backward ? 'backward' : 'forward',
    cursor: cursor === '' ? undefined : cursor,
    max: request?.max,
  };
}

/**
 * A page of a list that is at hand as a whole.
 * @param keyOf the item's id in the result set; unique within `items`
 * @returns the items of the page, oldest first, or `undefined` when the cursor is not in the list
 */
export function pageOf<T>(
  items: readonly T[],
  request: PageRequest,
  keyOf: (item: T) => string,
): readonly T[] | undefined {
  const max = request.max ?? items.length;
  const at =
    request.cursor === undefined ? undefined : items.findIndex((item) => keyOf(item) === request.cursor);
  if (at === -1) return undefined;
  if (request.direction === 'forward') {
    const start = at === undefined ? 0 : at + 1;
    return items.slice(start, start + max);
  }
  const end = at ?? items.length;
  return items.slice(Math.max(0, end - max), end);
}

/** A page with what is said of it in the answer: nothing when the request named no page (section 2.1). */
export interface ResultPage<T> {
  readonly items: readonly T[];
  readonly rsm: Rsm | undefined;
}

/** The page that `request` asks for, of a list that is at hand as a whole; `undefined` as of {@link pageOf}. */
export function resultPage<T>(
  items: readonly T[],
  request: Rsm | undefined,
  keyOf: (item: T) => string,
): ResultPage<T> | undefined {
  const page = pageOf(items, pageRequest(request), keyOf);
  if (page === undefined || request === undefined) return page && { items: page, rsm: undefined };
  const [first, last] = [page[0], page.at(-1)];
  return {
    items: page,
    rsm: {
      first: first === undefined ? undefined : { id: keyOf(first), index: items.indexOf(first) },
      last: last === undefined ? undefined : keyOf(last),
      count: items.length,
    },
  };
}
