import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { within } from './limit.js';

describe('within', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives what comes in time, good or bad, and leaves no timer behind', async () => {
    expect(await within(1000, async () => 'here')).toBe('here');
    await expect(within(1000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up what does not come, and tells it so', async () => {
    let told: AbortSignal | undefined;
    const waiting = within(1000, (signal) => {
      told = signal;
      return new Promise<never>(() => undefined);
    });
    const refused = expect(waiting).rejects.toThrow('there was no answer within 1000 ms');
    await vi.advanceTimersByTimeAsync(999);
    expect(told?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(told?.aborted).toBe(true);
    await refused;
  });
});
