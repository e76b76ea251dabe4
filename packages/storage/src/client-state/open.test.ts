import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { openClientState, openStore } from '../index.js';

const newPath = temporaryPaths();

describe('the state of a client', () => {
  it('is there after it was closed and opened again', async () => {
    const path = newPath();
    const first = await openClientState(path);
    await first.save('one', 'O <Romeo> \u0000 ☺');
    await first.save('one', 'the second');
    await first.save('other', '');
    await first.close();
    const second = await openClientState(path);
    expect([await second.load('one'), await second.load('other'), await second.load('none')]).toEqual([
      'the second',
      '',
      undefined,
    ]);
    await second.close();
  });

  it('is not mixed up with a store of groups, nor with files of others', async () => {
    const [groups, others] = [newPath(), newPath()];
    await (await openStore(`sqlite:${groups}`)).close();
    await expect(openClientState(groups)).rejects.toMatchObject({ kind: 'unusable-url' });
    await (await openClientState(others)).close();
    await expect(openStore(`sqlite:${others}`)).rejects.toMatchObject({ kind: 'unusable-url' });
  });

  it('of a later release is not touched', async () => {
    const path = newPath();
    await (await openClientState(path)).close();
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    await expect(openClientState(path)).rejects.toMatchObject({ kind: 'newer-schema' });
  });

  it('rejects with what is wrong when it is closed', async () => {
    const state = await openClientState(newPath());
    await state.close();
    await expect(state.load('one')).rejects.toMatchObject({ kind: 'failed' });
    await expect(state.save('one', 'x')).rejects.toMatchObject({ kind: 'failed' });
  });
});
