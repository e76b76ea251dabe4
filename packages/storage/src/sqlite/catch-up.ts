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
 * A step that fails ends the run until the next `wake`: what it is for is found without it, only slower.
 * @param failed told of the failure; not again before a step has succeeded
 */
export function catchUp(step: () => boolean, failed: (cause: unknown) => void): CatchUp {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failing = false;

  const attempt = (): boolean => {
    try {
      const more = step();
      failing = false;
      return more;
    } catch (cause) {
      if (!failing) failed(cause);
      failing = true;
      return false;
    }
  };
  const run = (): void => {
    const started = performance.now();
    timer = undefined;
    if (attempt()) schedule(SHARE * (performance.now() - started));
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
