import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { pageTurns } from './page-turns.js';

describe('pages of archives', () => {
  it('are read one in each turn of the event loop, in order', async () => {
    const pageTurn = pageTurns(() => false);
    const seen: string[] = [];
    const readers = ['first', 'second', 'third'].map((name) => pageTurn().then(() => seen.push(name)));
    setImmediate(() => {
      seen.push('a message');
      setImmediate(() => seen.push('another message'));
    });
    await Promise.all(readers);
    expect(seen).toEqual(['first', 'a message', 'second', 'another message', 'third']);
  });

  it('are read at once again after a pause', async () => {
    const pageTurn = pageTurns(() => false);
    await pageTurn();
    await turn();
    await turn();
    await expect(pageTurn()).resolves.toBeUndefined();
  });

  it('wait for what is to be written, but not for ever', async () => {
    const seen: string[] = [];
    let isBusy = true;
    const pageTurn = pageTurns(() => isBusy);
    await pageTurn();
    const second = pageTurn().then(() => seen.push('page'));
    setTimeout(() => {
      seen.push('written');
      isBusy = false;
    }, 2);
    await second;
    expect(seen).toEqual(['written', 'page']);
    isBusy = true;
    await expect(pageTurn()).resolves.toBeUndefined();
  });
});
