/**
 * Does rounds until another one would not end before the deadline; always one.
 * @param deadline by `performance.now()`
 */
export async function roundsUntil(
  deadline: number,
  most: number,
  round: (number: number) => Promise<void>,
): Promise<number> {
  let longest = 0;
  for (let number = 1; number <= most; number += 1) {
    const started = performance.now();
    if (number > 1 && started + longest > deadline) return number - 1;
    await round(number);
    longest = Math.max(longest, performance.now() - started);
  }
  return most;
}
