/**
 * Does `work`, and waits no longer than `limit` milliseconds for it. Its signal is aborted then.
 * @throws Error (rejects) when the time is over, and whatever `work` rejects with before
 */
export async function within<T>(limit: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`there was no answer within ${Math.round(limit)} ms`);
      ending.abort(error);
      reject(error);
    }, limit);
  });
  try {
    return await Promise.race([work(ending.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
