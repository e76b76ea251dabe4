import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClaims } from './claims.js';

describe('claims', () => {
  let said: string[];
  beforeEach(() => {
    said = [];
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const claims = () => createClaims((word, name) => said.push(`${word} ${name}`), 1_000);

  it.each([true, false])('say what the module answers: %s', async (free) => {
    const { claim, answered } = claims();
    const verona = claim('verona');
    answered('mantua', !free);
    answered('verona', free);
    expect(await verona).toBe(free);
    expect([said, vi.getTimerCount()]).toEqual([['claim verona'], 0]);
  });

  it('answer all who ask for the same name', async () => {
    const { claim, answered } = claims();
    const both = Promise.all([claim('verona'), claim('verona')]);
    answered('verona', true);
    expect(await both).toEqual([true, true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ask again on a new connection, as long as nobody has answered', async () => {
    const { claim, answered, askAgain } = claims();
    const verona = claim('verona');
    askAgain();
    answered('verona', true);
    answered('verona', false);
    askAgain();
    expect(await verona).toBe(true);
    expect(said).toEqual(['claim verona', 'claim verona']);
  });

  it('give up when no answer comes, and give the name back', async () => {
    const { claim, askAgain } = claims();
    const outcome = expect(claim('verona')).rejects.toThrow('did not say within 1 s whether verona is free');
    vi.advanceTimersByTime(1_000);
    await outcome;
    askAgain();
    expect(said).toEqual(['claim verona', 'release verona']);
  });

  it('do not give a name back that somebody else still asks for', async () => {
    const { claim, answered } = claims();
    const first = expect(claim('verona')).rejects.toThrow('verona');
    vi.advanceTimersByTime(500);
    const second = claim('verona');
    vi.advanceTimersByTime(500);
    await first;
    answered('verona', true);
    expect(await second).toBe(true);
    expect(said).toEqual(['claim verona', 'claim verona']);
  });
});
