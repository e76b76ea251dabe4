import { readFile } from 'node:fs/promises';
import type { Store } from '@xmpp-groups/core/xabber';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import {
  BEGINNING,
  bare,
  commit,
  found,
  GROUP,
  message,
  NOW,
  posted,
  query,
  stanzaId,
} from '../../test/samples.js';
import { fold } from '../archive/fold.js';
import { openDatabase } from './open.js';
import { openSqlite } from './store.js';
import { wordLookup } from './word-lookup.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const newPath = temporaryPaths();
const MANTUA = bare('mantua@groups.example.com');

const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    'ab',
    'ba',
    'Ab',
    'abc',
    'tester',
    'rest',
    'é',
    'e\u0301',
    'я',
    'Ж',
    'привет',
    'ς',
    'Σ',
    'ß',
    'ﬁ',
    '7',
  ],
  ...[
    '你',
    '好',
    '你好',
    'は',
    'カ',
    'ที่',
    'ก',
    '한',
    '글',
    'नि',
    '😀',
    '😁',
    '👩‍👩‍👧',
    '𐐀',
    '❤️',
    '\u0301',
    '\u200d',
  ],
  ...[
    ' ',
    '  ',
    ', ',
    '.',
    '-',
    '"',
    "'",
    '$',
    '=',
    '\n',
    '%',
    '_',
    'AND',
    'x'.repeat(23),
    'a1'.repeat(14),
    '×',
  ],
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const texts = fc.array(text, { minLength: 1, maxLength: 8 });
/** A part of one of the texts, as often as something else. */
const sought = fc.record({
  other: fc.option(text, { nil: undefined, freq: 3 }),
  of: fc.nat(),
  from: fc.nat(),
  length: fc.integer({ min: 1, max: 30 }),
});

const partOf = (
  all: readonly string[],
  { other, of, from, length }: typeof sought extends fc.Arbitrary<infer T> ? T : never,
): string => {
  const characters = [...(all[of % all.length] ?? '')];
  const at = characters.length === 0 ? 0 : from % characters.length;
  return other ?? characters.slice(at, at + length).join('');
};

describe('the index of words', () => {
  it('names every message that holds a text, whatever the script and the part', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.array(sought, { minLength: 1, maxLength: 12 }), async (all, parts) => {
        const store = await openSqlite(newPath());
        await commit(store, [...BEGINNING, ...all.map((each, at) => posted(at + 1, { text: each }))]);
        await store.index();
        for (const part of parts) {
          const withText = partOf(all, part);
          const expected = all.flatMap((each, at) => (fold(each).includes(fold(withText)) ? at + 1 : []));
          expect([withText, await found(store, { withText })]).toEqual([withText, expected]);
        }
        await store.close();
      }),
      { numRuns: 60 },
    );
  });

  it('is asked for few of many words, and not at all where thousands hold a text', async () => {
    const path = newPath();
    const store = await openSqlite(path);
    const words = Array.from({ length: 2_100 }, (_, at) => `ab${at} cd${at % 600} ef${at % 3}`);
    await commit(store, [...BEGINNING, ...words.map((each, at) => posted(at + 1, { text: each }))]);
    await store.index();
    const db = openDatabase(path, {});
    const lookUp = wordLookup(db);
    const lists = (asked: string) => lookUp(asked)?.lists;
    expect(lists('ab')).toBe(undefined);
    expect(lists('cd')).toBe(600);
    expect(lists('ef')).toBe(3);
    expect(lists('ab cd')).toBe(0);
    expect(lists('9 cd')).toBe(270);
    expect(lists('b77 cd77 e')).toBe(5);
    expect(lists('d1 ef')).toBe(4);
    expect(lookUp('abcd')).toEqual({ match: undefined, runs: 1, lists: 0, postings: 0 });
    expect(lookUp('?!')).toBe(undefined);
    db.close();

    const numbers = (text: string) => words.flatMap((each, at) => (each.includes(text) ? at + 1 : []));
    const pageOf = async (withText: string, direction: 'forward' | 'backward', max: number) => {
      const { messages } = await store.page(GROUP, query({ withText, page: { direction, max } }));
      return messages.map((each) => (each.stanzaId / 1000 - NOW) / 1000);
    };
    for (const withText of ['ab', 'cd', 'ef', 'd77 ef', 'abcd', '1 cd']) {
      expect(await pageOf(withText, 'forward', 3_000)).toEqual(numbers(withText));
      expect(await pageOf(withText, 'backward', 7)).toEqual(numbers(withText).slice(-7));
    }
    expect((await store.page(GROUP, query({ withText: 'ef' }))).complete).toBe(false);
    await store.close();
  });
});

describe('one word that is looked for twice', () => {
  it.each([
    ['is not found where it is once', 'b b', []],
    ['is found side by side, also inside of others', 'x x', [5, 6, 7]],
    ['is found with something between', 'x, x', [7]],
    ['is found three times', 'b x x', [6]],
    ['is found as a whole and as a part', 'xa x', [8]],
  ])('%s', async (_what, withText, expected) => {
    const store = await openSqlite(newPath());
    const all = ['b', 'b x', 'x b x', 'x-x', 'x x', 'b x x', 'ax x; ax, xa', 'xa xa'];
    await commit(store, [...BEGINNING, ...all.map((each, at) => posted(at + 1, { text: each }))]);
    await store.index();
    expect(await found(store, { withText })).toEqual(expected);
    await store.close();
  });
});

it('more messages than are read at once, though few of those that are named fit', async () => {
  const store = await openSqlite(newPath());
  const textOf = (at: number) => (at % 500 === 0 ? 'one two' : 'two one');
  const posts = Array.from({ length: 3_001 }, (_, at) => posted(at + 1, { text: textOf(at) }));
  await commit(store, [...BEGINNING, ...posts]);
  await store.index();
  for (const direction of ['forward', 'backward'] as const) {
    const { messages, complete } = await store.page(
      GROUP,
      query({ withText: 'one two', page: { direction, max: 10 } }),
    );
    expect(messages.map(({ stanzaId: id }) => (id / 1000 - NOW) / 1000 - 1)).toEqual([
      0, 500, 1_000, 1_500, 2_000, 2_500, 3_000,
    ]);
    expect(complete).toBe(true);
  }
  await store.close();
});

describe('a word that is in no message any more', () => {
  const rewrite = { version: 1, notification: '', at: NOW };
  const left = message(1, { text: 'common', xml: '' });
  it.each<readonly [string, (store: Store) => Promise<unknown>, readonly string[]]>([
    [
      'retracted',
      (store) =>
        commit(store, [{ kind: 'messageRetracted', stanzaId: stanzaId(1), newest: stanzaId(2), ...rewrite }]),
      ['common', 'plain'],
    ],
    [
      'all retracted',
      (store) => commit(store, [{ kind: 'historyRetracted', author: undefined, newest: 0, ...rewrite }]),
      ['common'],
    ],
    [
      'replaced',
      (store) => commit(store, [{ kind: 'messageReplaced', message: left, ...rewrite }]),
      ['common', 'plain'],
    ],
    [
      'cleaned',
      (store) => commit(store, [{ kind: 'messagesCleaned', messages: [left], at: NOW }]),
      ['common', 'plain'],
    ],
    ['of a removed group', (store) => store.remove(GROUP), ['common']],
  ])('is forgotten: %s', async (_how, change, words) => {
    const path = newPath();
    const store = await openSqlite(path);
    await commit(store, [
      ...BEGINNING,
      posted(1, { text: 'common zymurgy', xml: '' }),
      posted(2, { text: 'common plain', xml: '' }),
    ]);
    await commit(store, [...BEGINNING, posted(1, { text: 'common', xml: '' })], MANTUA);
    await store.index();
    await change(store);
    // What other messages hold is still found, also when it comes again after it was forgotten.
    await store.index();
    const db = openDatabase(path, {});
    expect(db.prepare('SELECT word FROM words ORDER BY word').pluck().all()).toEqual(words);
    expect(db.prepare('SELECT count(*) FROM word_parts').pluck().get()).toBe(words.length);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    expect(await readFile(path, 'latin1')).not.toContain('zymurgy');
    await commit(store, [posted(9, { text: 'zymurgy, PLAIN' })], MANTUA);
    await store.index();
    for (const withText of ['zymurg', 'plain', 'y, p']) {
      const { messages } = await store.page(MANTUA, query({ withText }));
      expect(messages.map(({ text: each }) => each)).toEqual(['zymurgy, PLAIN']);
    }
    await store.close();
  });
});
