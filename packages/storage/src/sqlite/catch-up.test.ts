import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { catchUp } from './catch-up.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const unexpected = (cause: unknown): never => {
  throw cause;
};

describe('catchUp', () => {
  it('steps until nothing is left, and again after the next wake', () => {
    const step = vi
      .fn<() => boolean>()
      .mockReturnValueOnce(true)
      .mockReturnValueOnce(true)
      .mockReturnValue(false);
    const { wake } = catchUp(step, unexpected);
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
    const { wake, stop } = catchUp(step, unexpected);
    wake();
    stop();
    wake();
    vi.runAllTimers();
    expect(step).not.toHaveBeenCalled();
  });

  it('rests after a failure until the next wake, and tells of it once until a step succeeds', () => {
    let broken = true;
    const step = vi.fn<() => boolean>(() => {
      if (broken) throw new TypeError('fault');
      return false;
    });
    const failed = vi.fn<(cause: unknown) => void>();
    const { wake } = catchUp(step, failed);
    const wakeAndRun = () => {
      wake();
      vi.runAllTimers();
    };
    wakeAndRun();
    expect(step).toHaveBeenCalledTimes(1);
    wakeAndRun();
    expect(step).toHaveBeenCalledTimes(2);
    expect(failed.mock.calls).toEqual([[new TypeError('fault')]]);
    broken = false;
    wakeAndRun();
    broken = true;
    wakeAndRun();
    expect(failed).toHaveBeenCalledTimes(2);
  });
});
