import { setTimeout as pause } from 'node:timers/promises';
import type { Solo } from '../solo.js';
import type { Heard } from '../stanza-reader.js';

/** Somebody who writes to a quiet group now and then, and looks how long his echo, or a refusal, takes. */
export interface Probe {
  /** To be called with everything that the daemon says. */
  hear(stanza: Heard): void;
  /** Sends so many messages, one at a time; resolves with the milliseconds that each answer took. */
  times(messages: number): Promise<number[]>;
  /** The same until `end` is resolved, at least one. */
  timesUntil(end: Promise<unknown>): Promise<number[]>;
  /** How many brought no answer within a minute. */
  unanswered(): number;
}

const PAUSE_MS = 10;
const LIMIT_MS = 60_000;

/** @param first the number of its first message: nobody else uses it, and those behind it */
export function probeOf(solo: () => Solo, group: string, from: string, first: number): Probe {
  let number = first;
  const unanswered = 0;
  let echoed: (number: number) => void = () => undefined;

  const time = async (): Promise<number> => {
    const wanted = number;
    number += 1;
    const started = performance.now();
    const echo = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no answer from ${group} in ${LIMIT_MS} ms`)),
        LIMIT_MS,
      );
      echoed = (heard) => {
        if (heard !== wanted) return;
        clearTimeout(timer);
        resolve();
      };
    });
    await Promise.all([solo().post(group, from, wanted), echo]);
    return performance.now() - started;
  };
  const times = async (isOver: (count: number) => boolean): Promise<number[]> => {
    const all: number[] = [];
    do {
      all.push(await time());
      await pause(PAUSE_MS);
    } while (!isOver(all.length));
    return all;
  };
  return {
    // Who is refused knows where he stands, too.
    hear: ({ kind, number: heard }) => {
      if ((kind === 'echo' || kind === 'error') && heard !== undefined) echoed(heard);
    },
    unanswered: () => unanswered,
    times: (messages) => times((count) => count >= messages),
    timesUntil: (end) => {
      let over = false;
      const finish = () => {
        over = true;
      };
      void end.then(finish, finish);
      return times(() => over);
    },
  };
}
