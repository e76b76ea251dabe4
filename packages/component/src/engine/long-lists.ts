import { setImmediate as turn } from 'node:timers/promises';
import { refusal } from '@xmpp-groups/core/stanza';
import { type Asked, listTexts, type Notice } from '@xmpp-groups/core/xabber';
import type { Outlet } from './outlet.js';
import type { Task } from './task.js';

/** Answers with long lists, of tens of thousands of members. */
export interface LongLists {
  /** Answers the request of `task` when it can, and finishes the task then. */
  put(notice: Extract<Notice, { kind: 'list' }>, task: Task): void;
  /**
   * Refuses what waits, or leaves it to the next daemon if it was handed over; resolves when the list that is being
   * written is said.
   */
  stop(): Promise<void>;
}

interface Waiting {
  readonly asked: Asked;
  readonly list: Extract<Notice, { kind: 'list' }>['list'];
  readonly task: Task;
}

/** More lists than this do not wait: the next one is refused. */
const MOST_WAITING = 50;
/** So many pieces of a text, each about a member, are made at a time; then others have their turn. */
const AT_A_TIME = 200;
/** How long to wait, in milliseconds, before looking whether the server has taken what was said before. */
const LOOK_AGAIN = 10;

const TOO_MANY = refusal('resource-constraint', 'Too many ask for long lists at the moment; try again later');
const TOO_LONG = refusal(
  'resource-constraint',
  'The list is too long for one answer; ask for pages of it (XEP-0059)',
);
const FAILED = refusal('internal-server-error', 'The list could not be made; try again later');

/**
 * A list of 50,000 members is a text of 15 MB. One at a time is made, beside whatever else there is to do, and not
 * before the server has taken what was said before: so one is in memory, however many are asked for and however slowly
 * the server reads. What happens meanwhile overtakes the list; its version tells a client what it does not hold.
 * @param observe.sent called for each list that is said
 */
export function createLongLists(
  outlet: Pick<Outlet, 'isBusy' | 'fits' | 'sendText'>,
  observe: { sent(): void; failed(error: unknown): void },
): LongLists {
  const waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  let isStopped = false;

  const say = async ({ asked, list, task }: Waiting): Promise<void> => {
    try {
      const text = await joined(listTexts(asked, list));
      if (outlet.fits(text)) {
        observe.sent();
        outlet.sendText(text);
      } else task.answer?.(TOO_LONG);
    } catch (error) {
      observe.failed(error);
      task.answer?.(FAILED);
    }
    task.finished?.();
  };

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      if (outlet.isBusy()) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
      else {
        const next = waiting.shift();
        if (next !== undefined) await say(next);
      }
    }
    running = undefined;
  };

  const refuse = (task: Task): void => {
    task.answer?.(TOO_MANY);
    task.finished?.();
  };

  return {
    put: ({ list }, task) => {
      const { asked } = task;
      if (asked === undefined) task.finished?.();
      else if (isStopped || waiting.length >= MOST_WAITING) refuse(task);
      else {
        waiting.push({ asked, list, task });
        running ??= run();
      }
    },
    stop: async () => {
      isStopped = true;
      for (const { task } of waiting.splice(0)) {
        if (task.handOver === undefined) refuse(task);
      }
      await running;
    },
  };
}

/** All of the texts as one, which is no tree of its parts in memory. */
async function joined(texts: Iterable<string>): Promise<string> {
  const pieces: string[] = [];
  let some: string[] = [];
  for (const text of texts) {
    if (some.push(text) < AT_A_TIME) continue;
    pieces.push(some.join(''));
    some = [];
    await turn();
  }
  pieces.push(some.join(''));
  return pieces.join('');
}
