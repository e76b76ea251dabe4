import type { ArchiveQuery, DatedEvent, Store } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import {
  asked,
  BEGINNING,
  bare,
  commit,
  found,
  GROUP,
  memberId,
  message,
  NOW,
  posted,
  query,
  stanzaId,
} from '../samples.js';
import type { Open } from './opened.js';

const MANTUA = bare('mantua@groups.example.com');

const retracted = (number: number, version = number): DatedEvent => ({
  kind: 'messageRetracted',
  stanzaId: stanzaId(number),
  newest: 0,
  version,
  notification: `<retract-message id='${number}'/>`,
  at: NOW,
});
const cleared = (author: number | undefined, version: number): DatedEvent => ({
  kind: 'historyRetracted',
  author: author === undefined ? undefined : memberId(author),
  newest: 0,
  version,
  notification: `<retract-user id='${author}'/>`,
  at: NOW,
});
const replaced = (number: number, text: string, version: number): DatedEvent => ({
  kind: 'messageReplaced',
  message: message(number, { text, xml: `<body>${text}</body>`, author: authorOf(number) }),
  version,
  notification: `<replace><body>${text}</body></replace>`,
  at: NOW,
});
const page = (direction: 'forward' | 'backward', max: number, cursor?: number): Partial<ArchiveQuery> => ({
  page: { direction, max, cursor: cursor === undefined ? undefined : String(stanzaId(cursor)) },
});

/** 3, 6 and 9 by member 2, 10 by the group itself, the others by member 1. */
const authorOf = (number: number) => (number === 10 ? undefined : memberId(number % 3 === 0 ? 2 : 1));
const TEN = Array.from({ length: 10 }, (_, index) => index + 1);
const without = (...gone: number[]): number[] => TEN.filter((number) => !gone.includes(number));

export function rewritingContract(open: Open): void {
  /** Ten messages in each of two groups; a store that has indexes has them up to the eighth. */
  const withTen = async (): Promise<Store> => {
    const store = await open();
    const messages = TEN.map((number) => posted(number, { author: authorOf(number) }));
    await commit(store, [...BEGINNING, asked(2), ...messages.slice(0, 8)]);
    await found(store, { withText: 'text' });
    await commit(store, messages.slice(8));
    await commit(store, [...BEGINNING, asked(2), ...messages], MANTUA);
    return store;
  };

  const expectArchive = async (store: Store, numbers: readonly number[]) => {
    expect(await found(store, {})).toEqual(numbers);
    const byText = { withText: 'text' };
    expect(await found(store, byText)).toEqual(numbers);
    expect((await store.page(GROUP, query())).count).toBe(numbers.length);
    expect((await store.page(GROUP, query(byText))).count).toBe(numbers.length);
    for (const member of [1, 2]) {
      const author = memberId(member);
      const own = numbers.filter((number) => authorOf(number) === author);
      expect(await found(store, { author })).toEqual(own);
      expect(await found(store, { author, ...byText })).toEqual(own);
      expect((await store.page(GROUP, query({ author }))).count).toBe(own.length);
    }
    for (const number of TEN) {
      const expected = numbers.includes(number) ? message(number, { author: authorOf(number) }) : undefined;
      expect(await store.message(GROUP, stanzaId(number))).toEqual(expected);
      if (authorOf(number) !== undefined) {
        const author = memberId(number % 3 === 0 ? 2 : 1);
        expect(await store.findByOrigin(GROUP, author, `origin-${number}`)).toEqual(expected);
      }
    }
    expect((await store.page(MANTUA, query({ withText: 'text' }))).count).toBe(10);
  };

  describe('what was retracted', () => {
    it.each<readonly [string, readonly DatedEvent[], readonly number[]]>([
      ['one', [retracted(4)], without(4)],
      ['the first', [retracted(1)], without(1)],
      ['the last', [retracted(10)], without(10)],
      ['the same twice', [retracted(4), retracted(4, 5)], without(4)],
      ['one that was never there', [retracted(99)], TEN],
      ['old and new ones', [retracted(2), retracted(8), retracted(9)], without(2, 8, 9)],
      ['all of one author', [cleared(2, 1)], without(3, 6, 9)],
      ['all of another author', [cleared(1, 1)], [3, 6, 9, 10]],
      ['all of one who never wrote', [cleared(7, 1)], TEN],
      ['all of one author, after one of his', [retracted(6), cleared(2, 7)], without(3, 6, 9)],
      ['all', [cleared(undefined, 1)], []],
      ['all, twice', [cleared(undefined, 1), cleared(undefined, 2)], []],
      ['one that came and went', [posted(11), retracted(11)], TEN],
    ])('is gone: %s', async (_what, events, numbers) => {
      const one = await withTen();
      await commit(one, events);
      await expectArchive(one, numbers);
      const other = await withTen();
      for (const event of events) {
        await commit(other, [event]);
        await found(other, { withText: 'text' });
      }
      await expectArchive(other, numbers);
    });

    it('may be everything, and new messages come after it', async () => {
      const store = await withTen();
      await commit(store, [cleared(undefined, 1), posted(11)]);
      await commit(store, [posted(12)]);
      expect(await found(store, {})).toEqual([11, 12]);
      expect(await found(store, { withText: 'text 1' })).toEqual([11, 12]);
      expect(await found(store, page('forward', 1, 4))).toEqual([11]);
      expect((await store.page(GROUP, query())).count).toBe(2);
    });

    it.each<readonly [string, Partial<ArchiveQuery>, readonly number[], boolean, number]>([
      ['forward from one that is gone', page('forward', 2, 4), [7, 8], false, 7],
      ['backward from one that is gone', page('backward', 2, 5), [2, 3], false, 7],
      ['backward across the gap', page('backward', 3, 8), [2, 3, 7], false, 7],
      ['forward across the gap', page('forward', 2, 2), [3, 7], false, 7],
      ['forward up to the last that is there', page('forward', 9, 8), [9, 10], true, 7],
      ['afterId that is gone', { afterId: stanzaId(5) }, [7, 8, 9, 10], true, 4],
      ['beforeId that is gone', { beforeId: stanzaId(5) }, [1, 2, 3], true, 3],
      ['a stretch around the gap', { afterId: stanzaId(2), beforeId: stanzaId(8) }, [3, 7], true, 2],
      ['a stretch within the gap', { afterId: stanzaId(4), beforeId: stanzaId(6) }, [], true, 0],
      ['times around the gap', { start: NOW + 3000, end: NOW + 7000 }, [3, 7], true, 2],
      ['ids', { ids: [3, 4, 5].map(stanzaId) }, [3], true, 1],
    ])('still has its place: %s', async (_what, changes, numbers, complete, count) => {
      const store = await withTen();
      await commit(store, [retracted(4), retracted(5), retracted(6)]);
      expect(await found(store, changes)).toEqual(numbers);
      const answer = await store.page(GROUP, query(changes));
      expect({ complete: answer.complete, count: answer.count }).toEqual({ complete, count });
    });
  });

  describe('what was replaced', () => {
    it('has its new content in the same place', async () => {
      const store = await withTen();
      await commit(store, [replaced(4, 'Мантуя', 1), replaced(9, 'Падуя', 2)]);
      const before = message(4, { author: authorOf(4) });
      const after = { ...before, text: 'Мантуя', xml: '<body>Мантуя</body>' };
      expect(await store.message(GROUP, stanzaId(4))).toEqual(after);
      expect(await store.findByOrigin(GROUP, memberId(1), 'origin-4')).toEqual(after);
      expect((await store.page(GROUP, query())).messages[3]).toEqual({ ...after, previous: stanzaId(3) });
      expect(await found(store, {})).toEqual(TEN);
      expect(await found(store, { withText: 'МАНТУ' })).toEqual([4]);
      expect(await found(store, { withText: 'МАНТУ', author: memberId(1) })).toEqual([4]);
      expect(await found(store, { withText: 'паду' })).toEqual([9]);
      expect(await found(store, { withText: 'уя' })).toEqual([4, 9]);
      expect(await found(store, { withText: 'text' })).toEqual(without(4, 9));
      expect((await store.page(MANTUA, query({ withText: 'text' }))).count).toBe(10);
    });

    it('can be replaced again, and retracted', async () => {
      const store = await withTen();
      await commit(store, [replaced(4, 'Мантуя', 1)]);
      await found(store, { withText: 'text' });
      await commit(store, [replaced(4, 'Падуя', 2)]);
      expect(await found(store, { withText: 'мантуя' })).toEqual([]);
      expect(await found(store, { withText: 'падуя' })).toEqual([4]);
      await commit(store, [retracted(4, 3)]);
      await expectArchive(store, without(4));
      expect(await found(store, { withText: 'падуя' })).toEqual([]);
    });

    it('stays away when it was not there', async () => {
      const store = await withTen();
      await commit(store, [retracted(4, 1), replaced(4, 'text', 2), replaced(77, 'text', 3)]);
      await expectArchive(store, without(4));
    });
  });

  describe('rewrites', () => {
    const versions = async (store: Store, since: number, max = 10) =>
      (await store.rewrites(GROUP, since, max)).map(({ version }) => version);

    it('are told in order, from a version on, and not too many at once', async () => {
      const store = await withTen();
      expect(await store.rewrites(GROUP, 0, 10)).toEqual([]);
      await commit(store, [retracted(1, 1), replaced(2, 'x', 2), cleared(2, 3)]);
      await commit(store, [retracted(77, 4)]);
      await commit(store, [retracted(1, 9)], MANTUA);
      expect(await store.rewrites(GROUP, 1, 2)).toEqual([
        { version: 2, notification: '<replace><body>x</body></replace>' },
        { version: 3, notification: "<retract-user id='2'/>" },
      ]);
      expect(await versions(store, 0)).toEqual([1, 2, 3, 4]);
      expect(await versions(store, 4)).toEqual([]);
      expect(await versions(store, 0, 0)).toEqual([]);
      expect(await store.rewrites(bare('nowhere@groups.example.com'), 0, 10)).toEqual([]);
      expect((await store.load(GROUP))?.group.rewriteVersion).toBe(4);
    });

    it.each<readonly [string, DatedEvent, readonly number[]]>([
      ['retracted', retracted(4, 9), [2, 3, 9]],
      ['replaced again', replaced(4, 'z', 9), [2, 3, 9]],
      ['retracted with all of their author', cleared(1, 9), [2, 9]],
      ['retracted with all', cleared(undefined, 9), [9]],
      ['not concerned', retracted(7, 9), [1, 2, 3, 9]],
    ])('do not repeat the content of messages that are %s', async (_what, event, told) => {
      const store = await withTen();
      await commit(store, [replaced(4, 'x', 1), replaced(3, 'y', 2), replaced(5, 'w', 3)]);
      await commit(store, [event]);
      expect(await versions(store, 0)).toEqual(told);
    });
  });
}
