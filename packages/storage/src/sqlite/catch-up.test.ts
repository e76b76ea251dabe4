import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { catchUp } from './catch-up.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('catchUp', () => {
  it('steps until nothing is left, and again after the next wake', () => {
    const step = vi
      .fn<() => boolean>()
      .mockReturnValueOnce(true)
      .mockReturnValueOnce(true)
      .mockReturnValue(false);
    const { wake } = catchUp(step);
    wake();
    wake();
    expect(step).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(step).toHaveBeenCalledTimes(3);
    wake();
    vi.runAllTimers();
    expect(step).toHaveBeenCalledTimes(4);
  });

  it('does nothing after it was stopped', () => {
    const step = vi.fn<() => boolean>(() => false);
    const { wake, stop } = catchUp(step);
    wake();
    stop();
    wake();
    vi.runAllTimers();
    expect(step).not.toHaveBeenCalled();
  });

  it('rests after a failure of the database until the next wake', () => {
    const step = vi.fn<() => boolean>(() => {
      throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
    });
    const { wake } = catchUp(step);
    wake();
    vi.runAllTimers();
    expect(step).toHaveBeenCalledTimes(1);
    wake();
    vi.runAllTimers();
    expect(step).toHaveBeenCalledTimes(2);
  });

  it('does not hide a fault of the program', () => {
    const { wake } = catchUp(() => {
      throw new TypeError('fault');
    });
    wake();
    expect(() => vi.runAllTimers()).toThrow('fault');
  });
});
