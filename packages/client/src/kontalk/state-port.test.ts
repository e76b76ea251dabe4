import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClientState } from '@xmpp-groups/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryState, type StatePort } from './state-port.js';

let folder = '';
let opened = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xmpp-groups-state-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each<[string, () => Promise<StatePort>]>([
  ['memory', async () => memoryState()],
  ['SQLite', () => openClientState(join(folder, `${++opened}.db`))],
])('the state in %s', (_, open) => {
  it('has nothing at first', async () => {
    expect(await (await open()).load('kontalk')).toBeUndefined();
  });

  it('has what was saved last, by its name', async () => {
    const state = await open();
    await state.save('one', 'first');
    await state.save('other', 'x'.repeat(1_000_000));
    await state.save('one', '');
    expect(await state.load('one')).toBe('');
    expect((await state.load('other'))?.length).toBe(1_000_000);
  });

  it('has the last of several that are saved at once', async () => {
    const state = await open();
    await Promise.all(['a', 'b', 'c'].map((text) => state.save('one', text)));
    expect(await state.load('one')).toBe('c');
  });
});
