import { once } from 'node:events';
import { expect, it } from 'vitest';
import { startChild } from '../../test/child/child.js';
import { temporaryPaths } from '../../test/folder.js';
import { commit, found, GROUP, posted } from '../../test/samples.js';
import { openSqlite } from './store.js';

const newPath = temporaryPaths();
const WRITER = new URL('../../test/child/writer.ts', import.meta.url);

it.each([1, 50, 300])(
  'what was acknowledged is there after a kill -9 (after %i messages)',
  async (enough) => {
    const path = newPath();
    const child = startChild(WRITER);
    const exit = once(child.process, 'exit');
    child.begin('writeForEver', `sqlite:${path}`);
    const acknowledged: number[] = [];
    for await (const line of child.lines) {
      acknowledged.push(Number(line));
      if (acknowledged.length === enough) child.process.kill('SIGKILL');
    }
    expect(await exit).toEqual([null, 'SIGKILL']);
    expect(acknowledged.length).toBeGreaterThanOrEqual(enough);

    const store = await openSqlite(path);
    const numbers = await found(store, { page: { direction: 'forward', max: 100_000 } });
    expect(numbers.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(numbers.length % 2).toBe(0);
    expect((await store.load(GROUP))?.revision).toBe(1 + numbers.length / 2);
    await commit(store, [posted(numbers.length + 1)]);
    expect(await found(store, { withText: `text ${numbers.length + 1}` })).toEqual([numbers.length + 1]);
    await store.close();
  },
  60_000,
);
