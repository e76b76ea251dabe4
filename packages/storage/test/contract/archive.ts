import type { ArchiveQuery, Store } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import {
  asked,
  BEGINNING,
  bare,
  commit,
  created,
  found,
  GROUP,
  joined,
  memberId,
  message,
  NOW,
  posted,
  query,
  stanzaId,
} from '../samples.js';
import type { Open } from './opened.js';

const TEN = Array.from({ length: 10 }, (_, index) => index + 1);

/** Ten messages: 3, 6 and 9 by member 2, 10 by the group itself, the others by member 1. */
async function withTen(open: Open): Promise<Store> {
  const store = await open();
  const authorOf = (number: number) => (number === 10 ? undefined : memberId(number % 3 === 0 ? 2 : 1));
  await commit(store, [...BEGINNING, asked(2), joined(2)]);
  await commit(
    store,
    TEN.map((number) => posted(number, { author: authorOf(number) })),
  );
  await commit(
    store,
    [...BEGINNING, asked(2), posted(4), posted(5, { author: memberId(2) })],
    bare('mantua@groups.example.com'),
  );
  return store;
}

const page = (direction: 'forward' | 'backward', max: number, cursor?: number): Partial<ArchiveQuery> => ({
  page: { direction, max, cursor: cursor === undefined ? undefined : String(stanzaId(cursor)) },
});

export function archiveContract(open: Open): void {
  describe('the archive', () => {
    it('gives messages back as they were', async () => {
      const store = await open();
      const texts = ['', 'Привет 😀', '\n"%_\'', 'x'.repeat(100_000)];
      const messages = texts.map((text, index) => message(index + 1, { text, xml: `<body>${text}</body>` }));
      const system = message(9, { author: undefined, originId: undefined });
      await commit(store, [
        ...BEGINNING,
        ...[...messages, system].map((each) => ({ ...posted(0), message: each, at: NOW }) as const),
      ]);
      expect(await store.page(GROUP, query())).toEqual({
        messages: [
          ...messages.map((each, index) => ({ ...each, previous: index === 0 ? 0 : stanzaId(index) })),
          { ...system, previous: stanzaId(4) },
        ],
        complete: true,
        count: 5,
      });
    });

    it.each(['forward', 'backward'] as const)('is empty where nothing was posted: %s', async (direction) => {
      const store = await open();
      const nothing = { messages: [], complete: true, count: 0 };
      for (const max of [0, 10]) {
        expect(await store.page(GROUP, query(page(direction, max)))).toEqual(nothing);
      }
      await commit(store, [created()]);
      for (const max of [0, 10]) {
        expect(await store.page(GROUP, query(page(direction, max)))).toEqual(nothing);
        expect(await store.page(GROUP, query({ ...page(direction, max), withText: 'text' }))).toEqual(
          nothing,
        );
        expect(await store.page(GROUP, query({ ...page(direction, max, 1), author: memberId(1) }))).toEqual(
          nothing,
        );
      }
    });

    it('finds a message by what its author called it', async () => {
      const store = await withTen(open);
      expect(await store.findByOrigin(GROUP, memberId(2), 'origin-3')).toEqual(
        message(3, { author: memberId(2) }),
      );
      expect(await store.findByOrigin(GROUP, memberId(1), 'origin-3')).toBeUndefined();
      expect(await store.findByOrigin(GROUP, memberId(1), 'origin-10')).toBeUndefined();
      expect(
        await store.findByOrigin(bare('nowhere@groups.example.com'), memberId(1), 'origin-1'),
      ).toBeUndefined();
    });

    it('takes messages without an origin-id as often as they come', async () => {
      const store = await open();
      await commit(store, [...BEGINNING, ...TEN.map((number) => posted(number, { originId: undefined }))]);
      expect((await store.page(GROUP, query())).count).toBe(10);
    });
  });

  describe('a page', () => {
    it.each([
      ['the oldest', page('forward', 3), [1, 2, 3], false],
      ['the newest', page('backward', 3), [8, 9, 10], false],
      ['forward from the middle', page('forward', 3, 4), [5, 6, 7], false],
      ['backward from the middle', page('backward', 3, 4), [1, 2, 3], true],
      ['backward, one left', page('backward', 3, 5), [2, 3, 4], false],
      ['forward up to the last', page('forward', 3, 7), [8, 9, 10], true],
      ['forward, one left', page('forward', 3, 6), [7, 8, 9], false],
      ['behind the last', page('forward', 3, 10), [], true],
      ['before the first', page('backward', 3, 1), [], true],
      ['exactly all, forward', page('forward', 10), TEN, true],
      ['exactly all, backward', page('backward', 10), TEN, true],
      ['all but one, forward', page('forward', 9), TEN.slice(0, 9), false],
      ['all but one, backward', page('backward', 9), TEN.slice(1), false],
      ['from a cursor between two messages', page('forward', 2, 4.5), [5, 6], false],
      ['to a cursor between two messages', page('backward', 2, 4.5), [3, 4], false],
      ['from long before', page('forward', 2, -100), [1, 2], false],
      ['from long after', page('backward', 2, 100), [9, 10], false],
      ['the number alone', page('forward', 0), [], false],
      ['the number alone, behind the last', page('forward', 0, 10), [], true],
    ])('%s', async (_what, changes, numbers, complete) => {
      const store = await withTen(open);
      expect(await found(store, changes)).toEqual(numbers);
      const { complete: stated, count } = await store.page(GROUP, query(changes));
      expect({ complete: stated, count }).toEqual({ complete, count: 10 });
    });

    it.each(['forward', 'backward'] as const)('leads through the whole archive: %s', async (direction) => {
      const store = await withTen(open);
      for (const conditions of [{}, { author: memberId(1) }, { withText: 'TEXT' }, { withText: 't' }]) {
        const expected = await found(store, conditions);
        for (const max of [1, 2, 3, 4, 11]) {
          const walked: number[][] = [];
          let complete = false;
          for (let cursor: number | undefined; !complete; ) {
            const changes = { ...conditions, ...page(direction, max, cursor) };
            const numbers = await found(store, changes);
            walked.push(numbers);
            cursor = direction === 'forward' ? numbers.at(-1) : numbers[0];
            complete = (await store.page(GROUP, query(changes))).complete;
          }
          expect((direction === 'forward' ? walked : walked.reverse()).flat()).toEqual(expected);
        }
      }
    });
  });

  describe('a condition', () => {
    const seconds = (number: number) => NOW + number * 1000;
    it.each<readonly [string, Partial<ArchiveQuery>, readonly number[]]>([
      ['start', { start: seconds(8) }, [8, 9, 10]],
      ['start, a millisecond later', { start: seconds(8) + 1 }, [9, 10]],
      ['end', { end: seconds(2) }, [1, 2]],
      ['end, a millisecond earlier', { end: seconds(2) - 1 }, [1]],
      ['start and end', { start: seconds(4), end: seconds(6) }, [4, 5, 6]],
      ['start behind end', { start: seconds(6), end: seconds(4) }, []],
      ['start behind everything', { start: seconds(11) }, []],
      ['end before everything', { end: seconds(0) }, []],
      ['afterId', { afterId: stanzaId(8) }, [9, 10]],
      ['beforeId', { beforeId: stanzaId(3) }, [1, 2]],
      ['afterId and beforeId', { afterId: stanzaId(3), beforeId: stanzaId(6) }, [4, 5]],
      ['afterId and beforeId of neighbours', { afterId: stanzaId(3), beforeId: stanzaId(4) }, []],
      ['afterId that is gone', { afterId: stanzaId(3) + 1, end: seconds(5) }, [4, 5]],
      ['author', { author: memberId(2) }, [3, 6, 9]],
      ['author who never wrote', { author: memberId(7) }, []],
      ['author and start', { author: memberId(2), start: seconds(4) }, [6, 9]],
      ['ids, in any order and repeated', { ids: [7, 2, 7, 5].map(stanzaId) }, [2, 5, 7]],
      ['ids that are not there', { ids: [2, 55].map(stanzaId) }, [2]],
      ['no ids at all', { ids: [] }, []],
      ['ids and author', { ids: [2, 3, 6].map(stanzaId), author: memberId(2) }, [3, 6]],
      ['ids and end', { ids: [2, 3, 6].map(stanzaId), end: seconds(4) }, [2, 3]],
      ['ids and text', { ids: [2, 3].map(stanzaId), withText: 'EXT 2' }, [2]],
      ['text and author', { withText: 'text', author: memberId(2) }, [3, 6, 9]],
      ['short text and author', { withText: '6', author: memberId(2) }, [6]],
      [
        'text, author and a stretch',
        { withText: 'text', author: memberId(1), afterId: stanzaId(2), end: seconds(7) },
        [4, 5, 7],
      ],
    ])('%s', async (_what, changes, numbers) => {
      const store = await withTen(open);
      const { count, complete } = await store.page(GROUP, query(changes));
      expect(await found(store, changes)).toEqual(numbers);
      expect({ count, complete }).toEqual({ count: numbers.length, complete: true });
      const max = Math.max(1, numbers.length - 1);
      const backward = await store.page(GROUP, query({ ...changes, ...page('backward', max) }));
      expect(backward.messages.map(({ id }) => id)).toEqual(
        numbers.slice(-max).map((number) => `id-${number}`),
      );
      expect({ count: backward.count, complete: backward.complete }).toEqual({
        count: numbers.length,
        complete: numbers.length < 2,
      });
    });

    it('that would take long to count is counted when the page has all, or it is told about a stretch', async () => {
      const store = await open();
      const many = Array.from({ length: 2_100 }, (_, at) =>
        posted(at + 1, { text: at === 50 ? 'rare' : 'text' }),
      );
      await commit(store, [...BEGINNING, ...many]);
      const counted = async (changes: Partial<ArchiveQuery>) =>
        (await store.page(GROUP, query(changes))).count;
      expect(await counted({ withText: 'text' })).toBeUndefined();
      expect(await counted({ withText: 'rare' })).toBe(1);
      expect(await counted({ withText: 'text', afterId: stanzaId(2_000) })).toBe(100);
      expect(await counted({ carrying: ['image'], ...page('backward', 1, 2_000) })).toBeUndefined();
      expect(await counted({ start: seconds(51) })).toBe(2_050);
    });

    it('and a cursor: the count takes no notice of the cursor', async () => {
      const store = await withTen(open);
      const changes = { author: memberId(2), ...page('forward', 1, 3) };
      expect(await found(store, changes)).toEqual([6]);
      expect(await store.page(GROUP, query(changes))).toMatchObject({ count: 3, complete: false });
      const ids = { ids: [2, 3, 4].map(stanzaId), ...page('backward', 1, 4) };
      expect(await found(store, ids)).toEqual([3]);
      expect(await store.page(GROUP, query(ids))).toMatchObject({ count: 3, complete: false });
    });
  });
}
