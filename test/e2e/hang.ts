import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** The byte that who writes has locked (https://www.sqlite.org/walformat.html, section 2.3.1). */
const WRITE_LOCK = /^\d+: POSIX +ADVISORY +WRITE (\d+) \S+ 120 120$/gm;

const isWriting = (pid: number): boolean =>
  [...readFileSync('/proc/locks', 'utf8').matchAll(WRITE_LOCK)].some(([, holder]) => Number(holder) === pid);

const isStopped = (pid: number): boolean => /^State:\tT/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

/**
 * Lets a daemon do nothing any more, but not in the middle of a transaction: then nobody could write before it is ended,
 * which is another case. `SIGCONT` wakes it up.
 */
export async function hang(pid: number): Promise<void> {
  for (;;) {
    process.kill(pid, 'SIGSTOP');
    // What it asked the kernel for is done first.
    await expect.poll(() => isStopped(pid), { interval: 1 }).toBe(true);
    if (!isWriting(pid)) return;
    process.kill(pid, 'SIGCONT');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
