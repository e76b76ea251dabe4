import type { BareJid } from '@xmpp-groups/core/jid';
import { GroupsError } from '../errors.js';
import { type Kept, nothingKept } from './kept.js';
import { keptOfText, textOfKept } from './saved.js';
import type { StatePort } from './state-port.js';

/** What a piece of work leads to. */
export interface Work<T> {
  readonly kept: Kept;
  readonly result: T;
  /** What is to be told or sent, once it is kept. */
  readonly afterwards?: () => void;
}

/**
 * What an account keeps, with one piece of work at a time: between reading it and saving what came of it nothing else
 * changes it, and nothing is told before it is saved.
 */
export interface Account {
  readonly me: BareJid;
  /** As it was saved last. */
  kept(): Kept;
  /** Resolves when the state is loaded. Rejects with a `GroupsError` when it cannot be, as all work does then. */
  readonly loaded: Promise<void>;
  /** Rejects with a `GroupsError` when nothing could be saved: then all is as before. */
  work<T>(task: (kept: Kept) => Promise<Work<T>>): Promise<T>;
  close(): void;
}

const ATTEMPT = { what: 'keep the state of groups' };

const fault = (error: unknown): GroupsError =>
  error instanceof GroupsError
    ? error
    : new GroupsError(ATTEMPT, 'state', error instanceof Error ? error.message : String(error));

export function openAccount(me: BareJid, state: StatePort): Account {
  const name = `kontalk ${me}`;
  let kept = nothingKept(me);
  let closed = false;

  const load = async (): Promise<void> => {
    let written: string | undefined;
    try {
      written = await state.load(name);
    } catch (error) {
      throw fault(error);
    }
    if (written === undefined) return;
    const read = keptOfText(written);
    if (!read.ok) throw new GroupsError(ATTEMPT, 'state', `${read.error.path}: ${read.error.reason}`);
    if (read.value.world.me !== me) throw new GroupsError(ATTEMPT, 'state', 'it is of another account');
    kept = read.value;
  };

  const save = async (next: Kept): Promise<void> => {
    if (next === kept) return;
    try {
      await state.save(name, textOfKept(next));
    } catch (error) {
      throw fault(error);
    }
    kept = next;
  };

  const loaded = load();
  let last: Promise<unknown> = loaded;

  return {
    me,
    kept: () => kept,
    loaded,
    work: (task) => {
      const done = last
        .catch(() => undefined) // What failed before has told so itself.
        .then(() => loaded)
        .then(async () => {
          if (closed) throw new GroupsError(ATTEMPT, 'closed', undefined);
          const { kept: next, result, afterwards } = await task(kept);
          await save(next);
          afterwards?.();
          return result;
        });
      last = done;
      return done;
    },
    close: () => {
      closed = true;
    },
  };
}
