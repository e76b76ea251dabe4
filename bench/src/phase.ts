import { setTimeout as pause } from 'node:timers/promises';
import { type Tally, tallyOf } from './tally.js';

export interface PhaseOptions {
  readonly members: number;
  /** The number of the first message. */
  readonly first: number;
  readonly messages: number;
  /** How many messages may be under way. */
  readonly window: number;
  /** Milliseconds from the last copy of a message to the next message. */
  readonly pauseMs: number;
  /** Sends the message with this number. */
  send(number: number): void;
}

export interface PhaseResult {
  /** From the first sending to the last copy. */
  readonly seconds: number;
  /** Milliseconds from sending to the last copy, by message. */
  readonly latencies: readonly number[];
  /** How many copies did not come. */
  readonly missing: number;
  /** How many copies came that should not have come. */
  readonly repeated: number;
}

/** Without a single copy for so long, what is under way counts as lost. */
const STALL_MS = 15_000;

/** A phase of a measurement that runs; `count` is to be called for each copy. */
export interface Phase extends Pick<Tally, 'count'> {
  readonly done: Promise<PhaseResult>;
}

/** Sends messages, never more than the window at a time, until each member has a copy of each. */
export function startPhase({ members, first, messages, window, pauseMs, send }: PhaseOptions): Phase {
  const sentAt = new Float64Array(messages);
  const latencies: number[] = [];
  let next = 0;
  let lastCopy = performance.now();
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const sendNext = (): void => {
    if (next === messages) return;
    const at = next;
    next += 1;
    tally.expect(first + at);
    sentAt[at] = performance.now();
    send(first + at);
  };
  const complete = (number: number): void => {
    lastCopy = performance.now();
    latencies.push(lastCopy - (sentAt[number - first] ?? 0));
    if (latencies.length === messages) finish();
    else if (pauseMs === 0) sendNext();
    else void pause(pauseMs).then(sendNext);
  };
  const tally = tallyOf(first, messages, members, complete);

  const run = async (): Promise<PhaseResult> => {
    const started = performance.now();
    lastCopy = started;
    let missingBefore = -1;
    // Each tick looks whether anything has come since the one before.
    const watch = setInterval(() => {
      if (tally.missing() === missingBefore) finish();
      missingBefore = tally.missing();
    }, STALL_MS);
    for (let begun = 0; begun < Math.min(window, messages); begun += 1) sendNext();
    await finished;
    clearInterval(watch);
    const missing = tally.missing() + (messages - next) * members;
    return { seconds: (lastCopy - started) / 1000, latencies, missing, repeated: tally.repeated() };
  };

  return { done: run(), count: tally.count };
}
