import { err, ok, type Result } from '@xmpp-groups/core/result';
import { pause, waitBefore } from './backoff.js';
import type { LinkProblem } from './link.js';
import { STOPPED } from './problems.js';

/** A connection that held this long was good: the waits between attempts begin anew. */
const GOOD_MS = 30_000;

export interface StayConnectedOptions {
  /** One attempt; `closed` is fulfilled when nothing is left of the connection. */
  readonly connect: (
    signal: AbortSignal,
  ) => Promise<Result<{ readonly closed: Promise<LinkProblem> }, LinkProblem>>;
  /** Whether to go on when the very first attempt fails. A link that was up once always comes back. */
  readonly retryFirst: boolean;
  /** For the waits between attempts, from 0 to 1. */
  readonly random: () => number;
  readonly retrying: (problem: LinkProblem, waitMs: number) => void;
}

/**
 * Connects again and again until `signal` is aborted.
 * @param first is told once: of the first connection, or why there will be none
 */
export async function stayConnected(
  { connect, retryFirst, random, retrying }: StayConnectedOptions,
  first: (outcome: Result<undefined, LinkProblem>) => void,
  signal: AbortSignal,
): Promise<void> {
  let wasUp = false;
  let failures = 0;
  while (!signal.aborted) {
    const since = performance.now();
    const opened = await connect(signal);
    if (!opened.ok && !wasUp && !retryFirst) return first(opened);
    let problem: LinkProblem;
    if (opened.ok) {
      first(ok(undefined));
      wasUp = true;
      problem = await opened.value.closed;
      if (performance.now() - since > GOOD_MS) failures = 0;
    } else {
      problem = opened.error;
    }
    if (signal.aborted) break;
    const waitMs = waitBefore(failures, random());
    failures += 1;
    retrying(problem, waitMs);
    await pause(waitMs, signal);
  }
  first(err(STOPPED));
}
