import { setTimeout as delay } from 'node:timers/promises';
import type { Child } from './child.js';

export interface Readiness {
  /** What is waited for, for the error message, such as `ejabberd`. */
  readonly what: string;
  readonly child: Child;
  /** `true` once the process serves; called again and again until then. Throws to give up. */
  readonly ready: () => Promise<boolean>;
  /** Text to add to the error: the end of the logs. */
  readonly log: () => string;
  /** Milliseconds. */
  readonly limit: number;
}

/** Waits until a process serves. When it ends or takes too long, the error holds its log. */
export async function waitUntilReady({ what, child, ready, log, limit }: Readiness): Promise<void> {
  const deadline = Date.now() + limit;
  const fail = async (reason: string): Promise<never> => {
    await child.kill9();
    throw new Error(`${what} ${reason}. The end of its log:\n${log()}`);
  };
  for (;;) {
    const exit = child.exit();
    if (exit !== undefined) {
      return fail(`ended before it was ready (${exit.signal ?? `exit code ${exit.code}`})`);
    }
    let serves = false;
    try {
      serves = await ready();
    } catch (error) {
      return fail(`cannot serve: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (serves) return;
    if (Date.now() > deadline) return fail(`was not ready after ${limit / 1000} s`);
    await delay(50);
  }
}

/** Whether an HTTP request to 127.0.0.1 is answered with 200. Nobody listening counts as no. */
export async function answers200(url: string, init: RequestInit = {}): Promise<boolean> {
  const status = await fetch(url, { ...init, signal: AbortSignal.timeout(5000) }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );
  return status === 200;
}
