import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { request } from '../../test/extauth-requests.js';
import { doorkeeper } from './doorkeeper.js';
import type { Operation } from './request.js';

const OPERATIONS: readonly Operation[] = [
  'auth',
  'isuser',
  'setpass',
  'tryregister',
  'removeuser',
  'removeuser3',
];

const requestOf = (operation: Operation, user: string, host: string) =>
  request(`${operation}:${user}:${host}${/^(isuser|removeuser)$/.test(operation) ? '' : ':pw'}`);

/** With one group, and a source that says yes to everything. */
const guarded = (isGroup = async (jid: string): Promise<boolean> => jid === 'verona@example.com') => {
  const asked: string[] = [];
  const answer = doorkeeper({
    hosts: ['example.com'],
    isGroup,
    source: async ({ operation }) => {
      asked.push(operation);
      return true;
    },
    log: pino({ enabled: false }),
  });
  return {
    asked,
    answer: (...of: Parameters<typeof requestOf>) => answer(requestOf(...of), new AbortController().signal),
  };
};

describe.each(OPERATIONS)('%s', (operation) => {
  it('of a group is for nobody but isuser', async () => {
    const { answer, asked } = guarded();
    expect(await answer(operation, 'Verona', 'example.com')).toBe(operation === 'isuser');
    expect(asked).toEqual([]);
  });

  it('of a user is for the source', async () => {
    const { answer, asked } = guarded();
    expect(await answer(operation, 'romeo', 'example.com')).toBe(true);
    expect(asked).toEqual([operation]);
  });

  it('of another host is refused', async () => {
    const { answer, asked } = guarded();
    expect(await answer(operation, 'romeo', 'example.org')).toBe(false);
    expect(asked).toEqual([]);
  });

  it('does not get to the source when there is no telling who is a group', async () => {
    const { answer, asked } = guarded(() => Promise.reject(new Error('locked')));
    await expect(answer(operation, 'romeo', 'example.com')).rejects.toThrow('locked');
    expect(asked).toEqual([]);
  });
});
