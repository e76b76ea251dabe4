import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { commit, found, GROUP, posted } from '../../test/samples.js';
import { openSqlite } from './store.js';

const newPath = temporaryPaths();
const WRITER = fileURLToPath(new URL('../../test/kill/run.mjs', import.meta.url));

it.each([1, 50, 300])(
  'what was acknowledged is there after a kill -9 (after %i messages)',
  async (enough) => {
    const path = newPath();
    const child = spawn(process.execPath, [WRITER, `sqlite:${path}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    const acknowledged: number[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(Number(line));
      if (acknowledged.length === enough) child.kill('SIGKILL');
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
