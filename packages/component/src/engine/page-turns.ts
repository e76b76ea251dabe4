/** So many milliseconds after a page another one is read, whatever else there is to do. */
const LONGEST_WAIT = 20;
/** How long to wait, in milliseconds, before looking whether there is something else to do. */
const LOOK_AGAIN = 1;

/**
 * Lets pages of archives be read one in each turn of the event loop, and none while something else is under way: when
 * many clients catch up at once, whatever comes in between waits for one page and not for all of them.
 * @param isBusy whether something goes before pages
 * @returns resolves when the caller may read its page; in the order of the calls
 */
export function pageTurns(isBusy: () => boolean): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let running = false;
  let lastAt = Number.NEGATIVE_INFINITY;

  const next = (): void => {
    if (isBusy() && performance.now() - lastAt < LONGEST_WAIT) {
      setTimeout(next, LOOK_AGAIN);
      return;
    }
    const enter = waiting.shift();
    running = enter !== undefined;
    if (enter === undefined) return;
    lastAt = performance.now();
    enter();
    setImmediate(next);
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (running) return;
      running = true;
      setImmediate(next);
    });
}
