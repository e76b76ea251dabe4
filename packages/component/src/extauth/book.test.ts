import { type Accounts, StoreError } from '@xmpp-groups/storage';
import { describe, expect, it } from 'vitest';
import { bare } from '../../test/jids.js';
import { createBook } from './book.js';

const signal = new AbortController().signal;
const JID = bare('verona@example.com');
const locked = new StoreError('locked', 'locked by another process');

/** A book on accounts that open and answer as the faults in turn say; `undefined` is none. */
function book(faults: readonly (Error | undefined)[], patience = 60_000) {
  const left = [...faults];
  const calls: string[] = [];
  const attempt = (what: string): void => {
    calls.push(what);
    const fault = left.shift();
    if (fault !== undefined) throw fault;
  };
  const never = (): never => {
    throw new Error('nobody asks for this');
  };
  const accounts: Accounts = {
    isGroup: async () => {
      attempt('ask');
      return true;
    },
    passwordOf: never,
    add: never,
    change: never,
    remove: never,
    list: never,
    close: async () => void calls.push('close'),
  };
  const opened = createBook(async () => {
    attempt('open');
    return accounts;
  }, patience);
  return {
    calls,
    close: opened.close,
    ask: (until = signal) => opened.ask(() => accounts.isGroup(JID), until),
  };
}

describe('createBook', () => {
  it('opens once, and only when it is asked', async () => {
    const { calls, ask, close } = book([]);
    expect(calls).toEqual([]);
    await ask();
    await ask();
    await close();
    await close();
    expect(calls).toEqual(['open', 'ask', 'ask', 'close']);
  });

  it('tries again what is locked, when it opens and when it is asked', async () => {
    const { calls, ask } = book([locked, locked, undefined, locked, undefined]);
    expect(await ask()).toBe(true);
    expect(calls).toEqual(['open', 'open', 'open', 'ask', 'ask']);
  });

  it('gives up when that lasts too long', async () => {
    const { ask } = book([undefined, ...Array.from({ length: 1000 }, () => locked)], 120);
    await expect(ask()).rejects.toBe(locked);
  });

  it('does nothing more when nobody waits', async () => {
    const { calls, ask } = book([]);
    await expect(ask(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(calls).toEqual([]);
  });

  it('tells other faults at once, and opens anew the next time', async () => {
    const { calls, ask } = book([new Error('no database'), undefined, new StoreError('corrupt', 'damaged')]);
    await expect(ask()).rejects.toThrow('no database');
    await expect(ask()).rejects.toThrow('damaged');
    expect(await ask()).toBe(true);
    expect(calls).toEqual(['open', 'open', 'ask', 'close', 'open', 'ask']);
  });
});
