import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepAlive } from './keep-alive.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('keepAlive', () => {
  const rhythm = { everyMs: 60_000, graceMs: 30_000 };

  it.each([
    { what: 'nothing comes in after a ping', comes: 0, silent: 1 },
    { what: 'a byte comes in after a ping', comes: 1, silent: 0 },
  ])('calls silent $silent times when $what', ({ comes, silent }) => {
    const socket = { bytesRead: 1_000 };
    const ping = vi.fn();
    const onSilent = vi.fn();
    keepAlive(socket, rhythm, ping, onSilent);
    vi.advanceTimersByTime(59_999);
    expect(ping).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ping).toHaveBeenCalledOnce();
    socket.bytesRead += comes;
    vi.advanceTimersByTime(29_999);
    expect(onSilent).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onSilent).toHaveBeenCalledTimes(silent);
  });

  it('leaves no timer behind', () => {
    const beat = keepAlive({ bytesRead: 0 }, rhythm, vi.fn(), vi.fn());
    vi.advanceTimersByTime(61_000);
    beat.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
