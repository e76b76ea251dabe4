import { setImmediate as turn } from 'node:timers/promises';
import type { BareJid } from '@xmpp-groups/core/jid';
import type { Answered, Change, DatedEvent, Store } from '@xmpp-groups/core/xabber';

/** Whose decisions these are. A batch moves `revision` on when the group's changes are durable. */
export interface Owner {
  /** `undefined`: nobody's, of entries without events. */
  readonly jid: BareJid | undefined;
  /** The revision of what is durable; `0`: there is no group. */
  revision: number;
  /**
   * Grows when a commit failed and the group was forgotten: decisions made before stand on events that never
   * happened, and must not be committed.
   */
  generation: number;
}

/** A decision on its way to the disk. */
interface Entry {
  readonly owner: Owner;
  readonly generation: number;
  readonly events: readonly DatedEvent[];
  /** What is to be remembered with the events, of the request that they follow from. */
  readonly answered?: readonly Answered[];
  /** It is durable: what it says may go out. */
  committed(): void;
  /** It never happened. `conflict`: somebody else has written the group; otherwise the Store has failed. */
  failed(reason: 'conflict' | Error): void;
}

/** Commits the decisions of many groups together, in the order in which they were made. */
export interface Batch {
  add(entry: Entry): void;
  /** Whether events wait to be committed. */
  isWriting(): boolean;
  /** Resolves when all that was added before is durable or has failed. */
  settled(): Promise<void>;
}

const NOBODY: Owner = { jid: undefined, revision: 0, generation: 0 };

/** What a batch tells about itself. */
export interface BatchObserver {
  /** A transaction is durable; `conflicts` counts the groups that were left out of it. */
  committed(events: number, conflicts: number, seconds: number): void;
  /** A transaction failed, with all that was in it. */
  failed(error: Error, groups: number): void;
  /** Whoever was told of an outcome threw this. */
  fault(error: unknown): void;
}

/**
 * A commit costs nearly the same for one message as for ten. When the one before ended less than this many
 * milliseconds ago, and was for several decisions, the service is busy, and the next one waits as long for company, or until
 * there is enough of it. At a low rate nobody waits, nor does who writes when he has heard of his last message.
 */
const GATHER = 10;

/** With so many decisions in it, a transaction costs each of them next to nothing. */
const ENOUGH = 64;

/**
 * Decisions that come in during one turn of the event loop, while a commit is under way, or shortly after it,
 * share the next transaction: the busier the service, the larger the batches.
 */
export function createBatch(store: Pick<Store, 'commit'>, observer: BatchObserver): Batch {
  let waiting: Entry[] = [];
  let running = false;
  let committedAt = Number.NEGATIVE_INFINITY;
  let hadCompany = false;

  /** Ends the wait for company. */
  let goOn: () => void = () => undefined;

  const gather = async (): Promise<void> => {
    await turn();
    const isBusy = waiting.filter(isWrite).length > (hadCompany ? 0 : 1);
    if (!isBusy || waiting.length >= ENOUGH || performance.now() - committedAt >= GATHER) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATHER);
      goOn = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    // Behind what else this turn brings.
    await turn();
  };

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      await gather();
      const entries = waiting;
      waiting = [];
      await commit(entries, store, observer);
      const writes = entries.filter(isWrite).length;
      if (writes === 0) continue;
      committedAt = performance.now();
      hadCompany = writes > 1;
    }
    running = false;
  };

  const add = (entry: Entry): void => {
    waiting.push(entry);
    if (waiting.length === ENOUGH) goOn();
    if (running) return;
    running = true;
    void run();
  };

  return {
    add,
    isWriting: () => waiting.some(isWrite),
    settled: () =>
      new Promise((resolve) => {
        // An entry without events: it comes through when all before it did.
        const end = () => resolve();
        add({ owner: NOBODY, generation: 0, events: [], committed: end, failed: end });
      }),
  };
}

async function commit(
  entries: readonly Entry[],
  store: Pick<Store, 'commit'>,
  observer: BatchObserver,
): Promise<void> {
  const changes = mergeByGroup(entries.filter(isSound));
  const failures = new Map<Owner, 'conflict' | Error>();
  if (changes.size > 0) await write(changes, failures, store, observer);
  const told = entries.map((entry) => ({
    entry,
    failure: isSound(entry) ? failures.get(entry.owner) : ('conflict' as const),
  }));
  // Before anybody is told: who decides anew at once must not stand on what has failed.
  for (const owner of failures.keys()) owner.generation += 1;
  for (const { entry, failure } of told) {
    try {
      if (failure === undefined) entry.committed();
      else entry.failed(failure);
    } catch (error) {
      // The others of the batch have to hear of their outcome all the same.
      observer.fault(error);
    }
  }
}

/** One transaction: moves the revisions on, or notes why not. */
async function write(
  changes: ReadonlyMap<Owner, Change>,
  failures: Map<Owner, 'conflict' | Error>,
  store: Pick<Store, 'commit'>,
  observer: BatchObserver,
): Promise<void> {
  const started = performance.now();
  try {
    const outcomes = await store.commit([...changes.values()]);
    let events = 0;
    [...changes].forEach(([owner, change], at) => {
      const outcome = outcomes[at];
      if (outcome === undefined || outcome === 'conflict') failures.set(owner, 'conflict');
      else {
        owner.revision = outcome.revision;
        events += change.events.length;
      }
    });
    observer.committed(events, failures.size, (performance.now() - started) / 1000);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    for (const owner of changes.keys()) failures.set(owner, failure);
    observer.failed(failure, changes.size);
  }
}

const isWrite = ({ events }: Entry): boolean => events.length > 0;

const isSound = (entry: Entry): boolean => entry.generation === entry.owner.generation;

/** One change per group: the events of all its decisions, in order. */
function mergeByGroup(entries: readonly Entry[]): Map<Owner, Change> {
  const changes = new Map<Owner, Change & { readonly events: DatedEvent[]; readonly answered: Answered[] }>();
  for (const { owner, events, answered = [] } of entries) {
    if (events.length === 0 || owner.jid === undefined) continue;
    const change = changes.get(owner);
    if (change !== undefined) {
      change.events.push(...events);
      change.answered.push(...answered);
      continue;
    }
    const { jid, revision } = owner;
    changes.set(owner, { group: jid, revision, events: [...events], answered: [...answered] });
  }
  return changes;
}
