/**
 * `recipients` in lists that a service takes: each with `limit` of them, the last with what is left. No
 * recipients, no list.
 */
export function inBatches<T>(recipients: readonly T[], limit: number): readonly T[][] {
  const batches: T[][] = [];
  const size = Math.max(1, Math.floor(limit));
  for (let from = 0; from < recipients.length; from += size)
    batches.push(recipients.slice(from, from + size));
  return batches;
}
