import type { BareJid } from '@xmpp-groups/core/jid';
import type { Change, DatedEvent, Store } from '@xmpp-groups/core/xabber';

/** Whose decisions these are. A batch moves `revision` on when the group's changes are durable. */
export interface Owner {
  /** `undefined`: nobody's, of entries without events. */
  readonly jid: BareJid | undefined;
  /** The revision of what is durable. */
  revision: number;
  /**
   * Grows when a commit failed and the group was forgotten: decisions made before stand on events that never
   * happened, and must not be committed.
   */
  generation: number;
}

/** A decision on its way to the disk. */
export interface Entry {
  readonly owner: Owner;
  readonly generation: number;
  readonly events: readonly DatedEvent[];
  /** It is durable: what it says may go out. */
  committed(): void;
  /** It never happened. `conflict`: somebody else has written the group; otherwise the Store has failed. */
  failed(reason: 'conflict' | Error): void;
}

/** Commits the decisions of many groups together, in the order in which they were made. */
export interface Batch {
  add(entry: Entry): void;
  /** Resolves when all that was added before is durable or has failed. */
  settled(): Promise<void>;
}

const NOBODY: Owner = { jid: undefined, revision: 0, generation: 0 };

/** What a batch tells about itself: how many events it wrote, and how long that took, in seconds. */
export type CommitObserver = (events: number, seconds: number) => void;

/**
 * Decisions that come in during one turn of the event loop, or while a commit is under way, share the next
 * transaction: the busier the service, the larger the batches.
 */
export function createBatch(store: Pick<Store, 'commit'>, observe: CommitObserver): Batch {
  let waiting: Entry[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const entries = waiting;
      waiting = [];
      await commit(entries, store, observe);
    }
    running = false;
  };

  const add = (entry: Entry): void => {
    waiting.push(entry);
    if (running) return;
    running = true;
    void run();
  };

  return {
    add,
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
  observe: CommitObserver,
): Promise<void> {
  const changes = mergeByGroup(entries.filter(isSound));
  const failures = new Map<Owner, 'conflict' | Error>();
  if (changes.size > 0) {
    const started = performance.now();
    try {
      const outcomes = await store.commit([...changes.values()]);
      [...changes].forEach(([owner, change], at) => {
        if (outcomes[at] === 'committed') owner.revision = revisionAfter(change);
        else failures.set(owner, 'conflict');
      });
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      for (const owner of changes.keys()) failures.set(owner, failure);
    }
    const events = [...changes.values()].reduce((sum, change) => sum + change.events.length, 0);
    observe(events, (performance.now() - started) / 1000);
  }
  for (const entry of entries) {
    const failure = isSound(entry) ? failures.get(entry.owner) : 'conflict';
    if (failure === undefined) entry.committed();
    else entry.failed(failure);
  }
  // Only now, so that all entries of the failed batch were told the true reason.
  for (const owner of failures.keys()) owner.generation += 1;
}

/** A group that was deleted, and not created again, begins anew with `0`. */
function revisionAfter({ revision, events }: Change): number {
  const turn = events.findLast(({ kind }) => kind === 'groupCreated' || kind === 'groupDeleted');
  return turn?.kind === 'groupDeleted' ? 0 : revision + 1;
}

const isSound = (entry: Entry): boolean => entry.generation === entry.owner.generation;

/** One change per group: the events of all its decisions, in order. */
function mergeByGroup(entries: readonly Entry[]): Map<Owner, Change> {
  const changes = new Map<Owner, Change & { readonly events: DatedEvent[] }>();
  for (const { owner, events } of entries) {
    if (events.length === 0 || owner.jid === undefined) continue;
    const change = changes.get(owner);
    if (change === undefined)
      changes.set(owner, { group: owner.jid, revision: owner.revision, events: [...events] });
    else change.events.push(...events);
  }
  return changes;
}
