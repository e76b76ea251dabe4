/**
 * Lets pages of archives be read one in each turn of the event loop: when many clients catch up at once, whatever
 * comes in between waits for one page and not for all of them.
 * @returns resolves when the caller may read its page; in the order of the calls
 */
export function pageTurns(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let running = false;

  const next = (): void => {
    const enter = waiting.shift();
    running = enter !== undefined;
    if (enter === undefined) return;
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
