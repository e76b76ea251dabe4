/** Does something with each of `items`, with at most `width` of them at a time. Rejects as soon as one rejects. */
export async function inTurns<T>(
  items: readonly T[],
  width: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const work = async (): Promise<void> => {
    for (const item of left) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
}
