import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { pageTurns } from './page-turns.js';

describe('pages of archives', () => {
  it('are read one in each turn of the event loop, in order', async () => {
    const pageTurn = pageTurns();
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
    const pageTurn = pageTurns();
    await pageTurn();
    await turn();
    await turn();
    await expect(pageTurn()).resolves.toBeUndefined();
  });
});
