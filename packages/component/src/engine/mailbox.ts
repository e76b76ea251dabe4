import type { BareJid } from '@xmpp-groups/core/jid';
import { refusal } from '@xmpp-groups/core/stanza';
import {
  type Decision,
  decide,
  type Environment,
  evolve,
  isLasting,
  type LoadedGroup,
  present,
  type StoredGroup,
} from '@xmpp-groups/core/xabber';
import { givenBefore, toRemember } from './answered.js';
import { ATTEMPTS, waitAfterConflict } from './back-off.js';
import type { Owner } from './batch.js';
import { lookUpFor } from './look-up.js';
import { founds, ownName } from './names.js';
import type { Occasion } from './outlet.js';
import type { Surroundings, Task } from './task.js';
import { nothingUnsettled } from './unsettled.js';

/** The commands of one group, one at a time and in order (DESIGN section 3). */
export interface Mailbox {
  readonly jid: BareJid;
  put(task: Task): void;
  /** How many tasks wait. */
  waiting(): number;
  /** What these weigh together. */
  weight(): number;
  /** The group that is in memory; `undefined` when there is no group, or it has to be read anew. */
  known(): StoredGroup | undefined;
  /** Reads the group anew before the next command: others have served it meanwhile, or may have. */
  doubt(): void;
}

const BUSY = refusal('internal-server-error', 'The group could not be changed; try again later');

const TAKEN: Decision = {
  events: [],
  notices: [],
  refused: refusal('conflict', 'This address is taken already'),
};
const OVERTAKEN = refusal(
  'resource-constraint',
  'Too much happens in the group at the moment; try again later',
);

/** A group of one generation of its owner; `undefined` where there is none. */
interface State {
  readonly generation: number;
  group: LoadedGroup | undefined;
}

/** A task in its place: a decision that failed is made anew before those that came after it. */
interface Queued {
  readonly task: Task;
  /** Grows from task to task. */
  readonly place: number;
  readonly attempt: number;
}

/**
 * Only a message to all is told from what was said before: what follows from it is the same whenever it is decided.
 * Other commands are decided anew, against the group as it is by then.
 */
const occasionOf = ({ refused, isReplay }: Decision, task: Task): Occasion | undefined =>
  task.handOver === undefined || task.command.kind !== 'post' || refused !== undefined
    ? undefined
    : { handOver: task.handOver, isReplay: isReplay === true };

/**
 * @param rest called each time when nothing waits and nothing is under way: the mailbox may be forgotten
 * @param known the group as another mailbox knew it, which has gone to rest
 * @param queued called with how many more tasks wait than before, and what these weigh
 */
export function createMailbox(
  jid: BareJid,
  around: Surroundings,
  rest: (mailbox: Mailbox) => void,
  known?: StoredGroup,
  queued: (tasks: number, weight: number) => void = () => undefined,
): Mailbox {
  /** In the order of their places. */
  const queue: Queued[] = [];
  let places = 0;
  let weight = 0;
  const owner: Owner = { jid, revision: known?.revision ?? 0, generation: 0 };
  const name = around.names && ownName(jid, around.names);
  /** The group with all events that are decided, durable or not; of another generation: to be loaded again. */
  let state: State | undefined = known && { generation: 0, group: known.group };
  const unsettled = nothingUnsettled();
  const lookUp = lookUpFor(jid, around, unsettled);
  let running = false;
  /** How many pages of the archive are being read, or wait for their turn. */
  let reading = 0;
  let doubted = false;
  /** Milliseconds to wait before the next command, after a conflict. */
  let pause = 0;

  /** Whether the group in memory is still the one in the Store, or it will show at the next commit. */
  const isCurrent = async (known: State): Promise<boolean> => {
    if (known.generation !== owner.generation) return false;
    // By their outcome writes tell whether somebody else has written before; all that is decided behind them waits for it.
    if (unsettled.writes() > 0) return true;
    if (doubted) return false;
    return !around.isShared() || (await around.store.revision(jid)) === owner.revision;
  };

  const count = (tasks: 1 | -1, { task }: Queued): void => {
    const change = tasks * (task.weight ?? 1);
    weight += change;
    queued(tasks, change);
  };
  const take = (): Queued | undefined => {
    const taken = queue.shift();
    if (taken !== undefined) count(-1, taken);
    return taken;
  };

  const load = async () => {
    if (state !== undefined && (await isCurrent(state))) return state;
    state = undefined;
    doubted = false;
    // What is on its way to the disk has to arrive, or fail, before the group is read.
    await around.batch.settled();
    const stored = await around.store.load(jid);
    owner.revision = stored?.revision ?? 0;
    state = { generation: owner.generation, group: stored?.group };
    return state;
  };

  const step = async (current: Queued, before: State): Promise<void> => {
    // What was decided about it before may be on its way to the disk.
    if (current.task.handOver?.again !== undefined && unsettled.writes() > 0) await around.batch.settled();
    const given = await givenBefore(around.store, current.task, current.attempt);
    if (given !== undefined) {
      current.task.answer?.(given);
      current.task.finished?.();
      return;
    }
    const found = await lookUp(before.group, current.task.command);
    const env = around.environment();
    let decision = decide(before.group, jid, current.task.command, found, env);
    if (name !== undefined && founds(decision) && !(await name.mayHappen(decision))) decision = TAKEN;
    // From here on nothing waits: what was decided is evolved and handed to the batch in one go.
    settleOn(current, before, decision, env);
  };

  /** A page is read beside what goes on in the group, and nobody waits for it but who asked. */
  const read = async (current: Queued, before: State): Promise<void> => {
    reading += 1;
    try {
      const found = await lookUp(before.group, current.task.command);
      // To write a page takes about as long as to read it: in between others have their turn.
      if (found.page !== undefined) await around.pageTurn();
      // The answer is decided on the group as it is now: whoever asked may have been removed meanwhile.
      const now = state?.generation === owner.generation ? state : before;
      const env = around.environment();
      settleOn(current, now, decide(now.group, jid, current.task.command, found, env), env);
    } catch (error) {
      fail(current.task, error);
    } finally {
      reading -= 1;
      restIfIdle();
    }
  };

  const settleOn = (current: Queued, before: State, decision: Decision, env: Environment): void => {
    const { task } = current;
    const happened = decision.events.map((event) => ({ ...event, at: env.now }));
    const events = happened.filter(isLasting);
    for (const event of happened) before.group = evolve(before.group, jid, event);
    const speak = rehearse(before.group, decision, task, env);
    const settle = unsettled.begin(decision, events);
    around.batch.add({
      owner,
      generation: before.generation,
      events,
      answered: toRemember(decision, task),
      committed: () => {
        settle();
        try {
          speak();
        } finally {
          name?.happened(events);
        }
        restIfIdle();
      },
      failed: (reason) => {
        settle();
        name?.failed(events, reason);
        retry(current, reason);
        restIfIdle();
      },
    });
  };

  /** Renders what is to be said while the group is as the decision left it, to be said when that is durable. */
  const rehearse = (
    group: LoadedGroup | undefined,
    decision: Decision,
    task: Task,
    env: Environment,
  ): (() => void) => {
    const occasion = occasionOf(decision, task);
    const acts = decision.notices.map((notice): (() => void) => {
      if (notice.kind === 'result') return () => task.answer?.(notice);
      if (notice.kind === 'list') return () => around.list(notice, task);
      if (notice.kind === 'pass') {
        const passed = notice.answers ? { ...task, command: notice.command } : { command: notice.command };
        return () => around.tell(notice.to, passed);
      }
      if (notice.kind === 'question') return () => around.ask(jid, notice);
      if (notice.kind === 'explanation' && !around.mayExplain(jid, notice)) return () => undefined;
      if (notice.kind === 'seen' && !around.isNews(jid, notice)) return () => undefined;
      const deliveries = present(jid, group, notice, task.asked, env);
      return () => around.send(deliveries, occasion);
    });
    const { refused } = decision;
    if (refused !== undefined) acts.unshift(() => task.answer?.(refused));
    // The other group finishes what it answers, and who writes a long list what that answers.
    const isPassedOn = decision.notices.some(
      (notice) => notice.kind === 'list' || (notice.kind === 'pass' && notice.answers),
    );
    return () => {
      try {
        for (const act of acts) act();
      } finally {
        if (!isPassedOn) task.finished?.();
      }
    };
  };

  const retry = (failed: Queued, reason: 'conflict' | Error): void => {
    const { task, place, attempt } = failed;
    if (reason === 'conflict' && attempt < ATTEMPTS) {
      pause = Math.max(pause, waitAfterConflict(attempt, around.environment().random));
      const next = queue.findIndex((other) => other.place > place);
      const again = { ...failed, attempt: attempt + 1 };
      queue.splice(next < 0 ? queue.length : next, 0, again);
      count(1, again);
      wake();
      return;
    }
    // That the Store has failed is told once for all whose decisions were lost with this one.
    if (reason === 'conflict') {
      around.log.warn({ group: jid, command: task.command.kind }, 'another writer was faster too often');
    }
    task.answer?.(reason === 'conflict' ? OVERTAKEN : BUSY);
    task.finished?.();
  };

  const fail = (task: Task | undefined, error: unknown): void => {
    around.log.error({ group: jid, err: error, command: task?.command.kind }, 'a command failed');
    task?.answer?.(BUSY);
    task?.finished?.();
  };

  const run = async (): Promise<void> => {
    while (queue.length > 0) {
      let taken: Queued | undefined;
      try {
        const ms = pause;
        pause = 0;
        if (ms > 0) await around.wait(ms);
        if (unsettled.isMuch()) await around.batch.settled();
        // Before the next task is taken: what failed while the group was being read comes before it.
        const before = await load();
        taken = take();
        if (taken?.task.command.kind === 'archive') void read(taken, before);
        else if (taken !== undefined) await step(taken, before);
      } catch (error) {
        // The Store could not be read, or the model has a fault: this command fails, the group is read anew.
        owner.generation += 1;
        fail((taken ?? take())?.task, error);
      }
    }
    running = false;
    restIfIdle();
  };

  const restIfIdle = (): void => {
    if (!running && unsettled.count() === 0 && reading === 0) rest(mailbox);
  };

  const wake = (): void => {
    if (running) return;
    running = true;
    void run();
  };

  const mailbox: Mailbox = {
    jid,
    put: (task) => {
      places += 1;
      const entry = { task, place: places, attempt: 1 };
      queue.push(entry);
      count(1, entry);
      wake();
    },
    waiting: () => queue.length + reading,
    weight: () => weight + reading,
    known: () =>
      state?.group === undefined || state.generation !== owner.generation || doubted
        ? undefined
        : { group: state.group, revision: owner.revision },
    doubt: () => {
      doubted = true;
    },
  };
  return mailbox;
}
