const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next attempt to connect: anything up to half a second that doubles with each
 * failure, up to 30 seconds. The whole wait is left to chance, so that many daemons that lost one server
 * do not come back in step.
 * @param failures how many attempts have failed in a row, 0 after a connection that had been good
 * @param random from 0 to 1
 * @returns milliseconds
 */
export const waitBefore = (failures: number, random: number): number =>
  Math.round(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures));

/** Waits `ms` milliseconds, or until `signal` is aborted, whichever comes first. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
