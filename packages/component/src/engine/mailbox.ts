import type { BareJid } from '@xmpp-groups/core/jid';
import { refusal, type StanzaError } from '@xmpp-groups/core/stanza';
import {
  type Asked,
  type DatedEvent,
  type Decision,
  type Delivery,
  decide,
  type Environment,
  evolve,
  type Found,
  type GroupCommand,
  isLasting,
  type LoadedGroup,
  lookupFor,
  type MemberId,
  type NamedMessage,
  type Notice,
  type PlacedMessage,
  present,
  type Store,
  type StoredGroup,
} from '@xmpp-groups/core/xabber';
import type { Logger } from 'pino';
import type { HandOver } from '../link/link.js';
import { ATTEMPTS, waitAfterConflict } from './back-off.js';
import type { Batch, Owner } from './batch.js';
import { namedMessage } from './named-message.js';
import type { Occasion } from './outlet.js';

/** A command for a group, and how its sender hears of the outcome. */
export interface Task {
  readonly command: GroupCommand;
  /** For answers and histories: the IQ, if the command came as one. */
  readonly asked?: Asked | undefined;
  /** Answers the stanza: with a result, or with an error. Called after the decision is durable, at most once. */
  answer?(outcome: Extract<Notice, { kind: 'result' }> | StanzaError): void;
  /** The stanza that the command came in, where that is to be acknowledged. */
  readonly handOver?: HandOver | undefined;
  /** Called once, when all that follows from the command is durable and said, or nothing follows from it. */
  finished?(): void;
}

/** What mailboxes share. */
export interface Surroundings {
  readonly store: Store;
  readonly batch: Batch;
  readonly log: Logger;
  environment(): Environment;
  /** Whether other daemons write the same groups: what is in memory is then compared before it is used. */
  isShared(): boolean;
  /** Resolves some milliseconds later. */
  wait(ms: number): Promise<unknown>;
  /** Sends what a group says, in order. */
  send(deliveries: readonly Delivery[], occasion: Occasion | undefined): void;
  /** Asks a user's server about him; the answer comes back as a `profile` command. */
  ask(group: BareJid, notice: Extract<Notice, { kind: 'question' }>): void;
  /** Resolves when a page of an archive may be read: one in each turn of the event loop. */
  pageTurn(): Promise<void>;
  /** Gives another group of this host a task. */
  tell(group: BareJid, task: Task): void;
  /** Whether somebody may be told (again) why his messages are refused. */
  mayExplain(group: BareJid, notice: Extract<Notice, { kind: 'explanation' }>): boolean;
  /** Whether nobody has reported yet that a message, or a later one of its author, was seen. */
  isNews(group: BareJid, notice: Extract<Notice, { kind: 'seen' }>): boolean;
}

/** The commands of one group, one at a time and in order (DESIGN section 3). */
export interface Mailbox {
  readonly jid: BareJid;
  put(task: Task): void;
  /** How many tasks wait. */
  waiting(): number;
  /** The group that is in memory; `undefined` when there is no group, or it has to be read anew. */
  known(): StoredGroup | undefined;
  /** Reads the group anew before the next command: others have served it meanwhile, or may have. */
  doubt(): void;
}

/**
 * How much of a group may be decided and not said yet. A group that is flooded waits here, where others have their turn
 * and its queue can be refused, and does not fill a transaction for seconds.
 */
const MOST_UNSAID = 128;

/** So many elements of an answer are as much as a decision: lists of members may be long, and are kept until they are said. */
const ELEMENTS = 256;

const weightOf = ({ notices }: Decision): number =>
  notices.reduce(
    (sum, notice) =>
      notice.kind === 'result'
        ? notice.payload.reduce((size, { children }) => size + children.length / ELEMENTS, sum)
        : sum,
    1,
  );

const BUSY = refusal('internal-server-error', 'The group could not be changed; try again later');

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

const keyOf = (author: string, originId: string): string => `${author} ${originId}`;

const postKeyOf = (event: DatedEvent): string[] => {
  if (event.kind !== 'messagePosted') return [];
  const { author, originId } = event.message;
  return author === undefined || originId === undefined ? [] : [keyOf(author, originId)];
};

/**
 * Only a message to all is told from what was said before: what follows from it is the same whenever it is decided.
 * Other commands are decided anew, against the group as it is by then.
 */
const occasionOf = ({ refused, isReplay }: Decision, task: Task): Occasion | undefined =>
  task.handOver === undefined || task.command.kind !== 'post' || refused !== undefined
    ? undefined
    : { handOver: task.handOver, isReplay: isReplay === true };

/** Whether an event changes what is in the archive, under ids that were there before. */
const isRewriting = ({ kind }: DatedEvent): boolean =>
  kind === 'messageRetracted' ||
  kind === 'historyRetracted' ||
  kind === 'messageReplaced' ||
  kind === 'messagesCleaned' ||
  kind === 'rewritesCleaned';

/**
 * @param rest called each time when nothing waits and nothing is under way: the mailbox may be forgotten
 * @param known the group as another mailbox knew it, which has gone to rest
 * @param queued called with how many more tasks wait than before
 */
export function createMailbox(
  jid: BareJid,
  around: Surroundings,
  rest: (mailbox: Mailbox) => void,
  known?: StoredGroup,
  queued: (change: number) => void = () => undefined,
): Mailbox {
  /** In the order of their places. */
  const queue: Queued[] = [];
  let places = 0;
  const owner: Owner = { jid, revision: known?.revision ?? 0, generation: 0 };
  /** The group with all events that are decided, durable or not; of another generation: to be loaded again. */
  let state: State | undefined = known && { generation: 0, group: known.group };
  /** How many decisions are not durable yet, and the messages among them: author and origin-id. */
  let unsettled = 0;
  const unsettledPosts = new Set<string>();
  /** How much of them is not said yet, see `MOST_UNSAID`. */
  let unsaid = 0;
  /** How many of them have something to write. */
  let unsettledWrites = 0;
  /** How many of them rewrite the archive, and the first message of all that they add to it. */
  let unsettledRewritings = 0;
  let firstUnsettled = Number.POSITIVE_INFINITY;
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
    if (unsettledWrites > 0) return true;
    if (doubted) return false;
    return !around.isShared() || (await around.store.revision(jid)) === owner.revision;
  };

  const take = (): Queued | undefined => {
    const taken = queue.shift();
    if (taken !== undefined) queued(-1);
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

  const lookUp = async (group: LoadedGroup | undefined, command: GroupCommand): Promise<Found> => {
    const lookup = lookupFor(group, command, around.environment());
    if (lookup === undefined) return {};
    // The Store knows only what is durable: what is asked for may still be on its way there.
    switch (lookup.kind) {
      case 'page':
        if (unsettled > 0) await around.batch.settled();
        await around.pageTurn();
        return { page: await around.store.page(jid, lookup.query) };
      case 'image':
        if (unsettled > 0) await around.batch.settled();
        return { image: await around.store.avatar(jid, lookup.id) };
      case 'images': {
        if (unsettled > 0) await around.batch.settled();
        const images = await Promise.all(lookup.ids.map((id) => around.store.avatar(jid, id)));
        return { images: images.filter((image) => image !== undefined) };
      }
      case 'rewrites':
        if (unsettledRewritings > 0) await around.batch.settled();
        return { rewrites: await around.store.rewrites(jid, lookup.since, lookup.max) };
      case 'traces':
        if (unsettled > 0) await around.batch.settled();
        return { traces: await around.store.traces(jid, lookup.of, lookup.before, lookup.max) };
      case 'message':
        return { message: await findNamed(lookup.message) };
      case 'retraction': {
        if (unsettled > 0) await around.batch.settled();
        const { author } = lookup;
        const message = lookup.message && (await namedMessage(around.store, jid, lookup.message));
        const before = author === undefined ? message?.stanzaId : Number.POSITIVE_INFINITY;
        return { message, newest: before && (await around.store.previous(jid, before, author)) };
      }
      case 'repeated': {
        if (unsettledPosts.has(keyOf(lookup.author, lookup.originId))) await around.batch.settled();
        return {
          repeated: await findRepeated(lookup.author, lookup.originId),
          message: lookup.message && (await findNamed(lookup.message)),
        };
      }
    }
  };

  const findRepeated = async (author: MemberId, originId: string): Promise<PlacedMessage | undefined> => {
    const message = await around.store.findByOrigin(jid, author, originId);
    return message && { ...message, previous: await around.store.previous(jid, message.stanzaId) };
  };

  const findNamed = async (named: NamedMessage) => {
    // Markers are as many as there are readers: they wait only for what they name.
    const isSettled = named.stanzaId !== undefined && named.stanzaId < firstUnsettled;
    if (unsettled > 0 && (!isSettled || unsettledRewritings > 0)) await around.batch.settled();
    return namedMessage(around.store, jid, named);
  };

  const step = async (current: Queued, before: State): Promise<void> => {
    const found = await lookUp(before.group, current.task.command);
    // From here on nothing waits: what was decided is evolved and handed to the batch in one go.
    settleOn(current, before, found);
  };

  /** A page is read beside what goes on in the group, and nobody waits for it but who asked. */
  const read = async (current: Queued, before: State): Promise<void> => {
    reading += 1;
    try {
      const found = await lookUp(before.group, current.task.command);
      // The answer is decided on the group as it is now: whoever asked may have been removed meanwhile.
      settleOn(current, state?.generation === owner.generation ? state : before, found);
    } catch (error) {
      fail(current.task, error);
    } finally {
      reading -= 1;
      restIfIdle();
    }
  };

  const settleOn = (current: Queued, before: State, found: Found): void => {
    const { task } = current;
    const env = around.environment();
    const decision = decide(before.group, jid, task.command, found, env);
    const happened = decision.events.map((event) => ({ ...event, at: env.now }));
    const events = happened.filter(isLasting);
    for (const event of happened) before.group = evolve(before.group, jid, event);
    const speak = rehearse(before.group, decision, task, env);
    const posts = events.flatMap(postKeyOf);
    const rewritings = events.filter(isRewriting).length;
    const writes = Math.min(events.length, 1);
    const weight = weightOf(decision);
    unsettled += 1;
    unsettledWrites += writes;
    unsaid += weight;
    unsettledRewritings += rewritings;
    for (const post of posts) unsettledPosts.add(post);
    for (const event of events) {
      if (event.kind === 'messagePosted') firstUnsettled = Math.min(firstUnsettled, event.message.stanzaId);
    }
    const settle = (): void => {
      unsettled -= 1;
      unsettledWrites -= writes;
      unsaid -= weight;
      unsettledRewritings -= rewritings;
      for (const post of posts) unsettledPosts.delete(post);
      if (unsettled === 0) firstUnsettled = Number.POSITIVE_INFINITY;
    };
    around.batch.add({
      owner,
      generation: before.generation,
      events,
      committed: () => {
        settle();
        speak();
        restIfIdle();
      },
      failed: (reason) => {
        settle();
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
    // The other group finishes what it answers.
    const isPassedOn = decision.notices.some((notice) => notice.kind === 'pass' && notice.answers);
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
      queue.splice(next < 0 ? queue.length : next, 0, { ...failed, attempt: attempt + 1 });
      queued(1);
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
        if (unsaid >= MOST_UNSAID) await around.batch.settled();
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
    if (!running && unsettled === 0 && reading === 0) rest(mailbox);
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
      queue.push({ task, place: places, attempt: 1 });
      queued(1);
      wake();
    },
    waiting: () => queue.length + reading,
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
