import Database from 'better-sqlite3';

/** Milliseconds: many messages at once are indexed with half the work that few at a time take. */
const GATHERING = 200;
/** Between two steps at least nine times as long as a step takes: a tenth of the time for the indexes. */
const SHARE = 9;

export interface CatchUp {
  /** There may be something to do. */
  wake(): void;
  stop(): void;
}

/**
 * Runs `step` again and again in the pauses of other work, until it says that nothing is left.
 * A step that fails ends the run until the next `wake`: what it is for is found without it, only slower,
 * and what has made it fail (a full disk, a damaged file) meets the callers of the store in their own calls.
 */
export function catchUp(step: () => boolean): CatchUp {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const run = (): void => {
    const started = performance.now();
    timer = undefined;
    if (attempt(step)) schedule(SHARE * (performance.now() - started));
  };
  const schedule = (pause: number): void => {
    if (stopped || timer !== undefined) return;
    timer = setTimeout(run, pause);
    timer.unref();
  };
  return {
    wake: () => schedule(GATHERING),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function attempt(step: () => boolean): boolean {
  try {
    return step();
  } catch (cause) {
    if (cause instanceof Database.SqliteError) return false;
    throw cause;
  }
}
