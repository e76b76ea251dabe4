import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Child, startChild } from '../../test/child/child.js';
import { temporaryPaths } from '../../test/folder.js';
import { GROUP, memberId, query } from '../../test/samples.js';
import { openSqlite } from './store.js';

const newPath = temporaryPaths();
const NEIGHBOUR = new URL('../../test/child/neighbour.ts', import.meta.url);

let children: readonly Child[];

beforeEach(() => {
  children = [startChild(NEIGHBOUR), startChild(NEIGHBOUR)];
});
afterEach(async () => {
  // Whatever went wrong in the background would be there.
  expect(await Promise.all(children.map((child) => child.end()))).toEqual(['', '']);
});

const both = <T>(act: (child: Child, number: number) => Promise<T>): Promise<T[]> =>
  Promise.all(children.map(act));

describe('two processes with one file', () => {
  it('open it at the same moment, also when it is not there yet', async () => {
    await both((child) => child.call('visit', newPath()));
    for (let round = 0; round < 50; round += 1) {
      const path = newPath();
      expect(await both((child) => child.call('visit', path))).toEqual([0, 0]);
    }
  });

  it('write to one group without loss, and index each message once', async () => {
    const path = newPath();
    const count = 150;
    await children[0]?.call('begin', path);
    const conflicts = await both((child, number) => child.call('hammer', path, `word${number}`, count));
    expect(conflicts).toEqual([expect.any(Number), expect.any(Number)]);

    const store = await openSqlite(path);
    const all = { page: { direction: 'forward', max: 1_000 } } as const;
    expect((await store.load(GROUP))?.revision).toBe(1 + 2 * count);
    for (const word of ['word0', 'word1']) {
      const expected = Array.from({ length: count }, (_, at) => `${word} ${at + 1}`);
      const { messages } = await store.page(GROUP, query({ ...all, withText: `${word} ` }));
      expect(messages.map(({ text }) => text)).toEqual(expected);
    }
    expect((await store.page(GROUP, query({ ...all, author: memberId(1) }))).count).toBe(2 * count);
    await store.close();

    const db = new Database(path);
    const number = (sql: string): unknown => db.prepare(sql).pluck().get();
    expect(number('SELECT count(*) FROM messages')).toBe(4 * count);
    expect(number('SELECT count(*) FROM authored')).toBe(4 * count);
    expect(number('SELECT count(*) FROM message_words_docsize')).toBe(4 * count);
    expect(number('SELECT count(*) FROM groups WHERE indexed_seq <> last_seq')).toBe(0);
    expect(number('PRAGMA integrity_check')).toBe('ok');
    db.close();
  });
});
