import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** Has the journal (the WAL, https://www.sqlite.org/wal.html) copied into the database when it is long. */
export interface WriteBack {
  /** Looks how long the journal is, which takes microseconds. */
  look(): void;
  /** Resolves when nothing more is copied and the file is no longer open for it. */
  stop(): Promise<void>;
}

export interface WriteBackOptions {
  /** How many pages the journal may have before it is copied. */
  readonly pages: number;
  /** All of it is copied, or nearly all. */
  copied(): void;
  /**
   * It was not copied; not told again before it was. Who writes goes on, and SQLite copies as a part of a commit when the
   * journal is as long as `wal_autocheckpoint` says.
   */
  failed(cause: unknown): void;
}

/** How many pages are in the journal, and how many of these in the database as well. */
interface Lengths {
  readonly log: number;
  readonly checkpointed: number;
}

interface Done {
  readonly failure?: { readonly message: string; readonly code: string };
}

const THREAD = new URL('./write-back-thread.mjs', import.meta.url);

/** So many pages are copied and synced in about 3 ms. */
const LAST = 512;

/**
 * Copying is done by a thread, since it writes and syncs the database: as long as that takes nobody would be served. The
 * thread is started when the journal is long for the first time; who opens the file for a moment needs none.
 *
 * A journal of which all is copied is written over from its beginning; otherwise it grows. What is written while the
 * thread copies is left over: so it copies that, too, as long as it becomes less each time, and the few pages that are
 * left over even then are copied here, where nobody can write meanwhile.
 */
export function writeBack(db: Database.Database, file: string, options: WriteBackOptions): WriteBack {
  const lengths = db.prepare<[], Lengths>('PRAGMA wal_checkpoint(NOOP)');
  let thread: Worker | undefined;
  let ended: Promise<void> | undefined;
  /** `over`: the thread cannot be asked any more, or shall not. */
  let state: 'idle' | 'copying' | 'over' = 'idle';
  let isFailing = false;
  /** What was to be copied when it began. */
  let begunWith = 0;

  const tell = (cause: unknown): void => {
    if (!isFailing) options.failed(cause);
    isFailing = true;
  };
  const left = (): number => {
    const found = lengths.get();
    return found === undefined ? 0 : found.log - found.checkpointed;
  };
  const done = ({ failure }: Done): void => {
    if (state === 'over') return;
    state = 'idle';
    if (failure !== undefined) {
      tell(new Database.SqliteError(failure.message, failure.code));
      return;
    }
    isFailing = false;
    try {
      finish(left());
    } catch (cause) {
      tell(cause);
    }
  };
  const finish = (rest: number): void => {
    if (rest > 0 && rest < begunWith / 2) {
      begin(rest);
      return;
    }
    if (rest > 0 && rest <= LAST) db.pragma('wal_checkpoint(PASSIVE)');
    options.copied();
  };
  const started = (): Worker => {
    // Without the options of the process, which are for what it does itself.
    const worker = new Worker(THREAD, { workerData: { file }, execArgv: [], env: {} });
    worker.unref();
    worker.on('message', done);
    worker.on('error', (cause) => {
      // Who starts it again and again without success has done no good.
      state = 'over';
      tell(cause);
    });
    ended = new Promise((resolve) => worker.on('exit', () => resolve()));
    return worker;
  };
  const begin = (rest: number): void => {
    state = 'copying';
    begunWith = rest;
    thread ??= started();
    thread.postMessage('copy');
  };

  return {
    look: () => {
      if (state !== 'idle') return;
      const rest = left();
      if (rest >= options.pages) begin(rest);
    },
    stop: async () => {
      state = 'over';
      if (thread === undefined) return;
      // The process is not to end while this is waited for.
      thread.ref();
      thread.postMessage('end');
      await ended;
    },
  };
}
