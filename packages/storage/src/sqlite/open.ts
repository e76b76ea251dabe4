import { statSync } from 'node:fs';
import { carriesAny, MEDIA, type Medium } from '@xmpp-groups/core/xabber';
import Database from 'better-sqlite3';
import { fold } from '../archive/fold.js';
import { StoreError } from '../error.js';
import { checkOwner, migrate } from './migrate.js';
import { migrations } from './migrations/index.js';
import { preparePath } from './path.js';
import { useWal } from './wal.js';

/** `onProblem` for all; the rest is what tests need to bring about what a disk or another process would. */
export interface SqliteOptions {
  /** See `StoreOptions`. */
  readonly onProblem?: (error: StoreError) => void;
  readonly readonly?: boolean;
  /** The largest number of pages that the file may have: a full disk, in small. */
  readonly maxPages?: number;
  /** Beyond so many pages the journal is copied into the file. */
  readonly journalPages?: number;
  /** Milliseconds to wait for the write lock. */
  readonly busyTimeout?: number;
  /** Files of up to this many bytes are checked as a whole when they are opened. */
  readonly checkedBytes?: number;
  /**
   * `false`: whether the file can be written, and whether it is sound, shows when it is used. For who opens it
   * beside the process that looks after it, perhaps while that one writes. Default: `true`.
   */
  readonly checked?: boolean;
}

const BUSY_TIMEOUT = 5_000;
/** A check of the whole file takes about a second for 200 MB. */
const CHECKED_BYTES = 32 * 1024 * 1024;
/** 256 MiB: copying is the work of a thread (`writeBack`), and of a commit only when that cannot, or cannot keep up. */
const CHECKPOINT_PAGES = 65_536;
const CACHE_KIB = 65_536;

/**
 * Opens the file at `path`, which is created when it is missing, and its folder with it, and brings its schema
 * up to date.
 * @throws StoreError or SqliteError
 */
export function openDatabase(path: string, options: SqliteOptions): Database.Database {
  preparePath(path);
  const timeout = options.busyTimeout ?? BUSY_TIMEOUT;
  const db = new Database(path, { readonly: options.readonly ?? false, timeout });
  try {
    checkOwner(db, path);
    useWal(db, timeout);
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // What was deleted must not stay in the file, or it would not be deleted.
    db.pragma('secure_delete = ON');
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.pragma(`cache_size = -${CACHE_KIB}`);
    if (options.maxPages !== undefined) db.pragma(`max_page_count = ${options.maxPages}`);
    db.function('fold', { deterministic: true }, (text: unknown) =>
      typeof text === 'string' ? fold(text) : text,
    );
    db.function('carries', { deterministic: true }, (xml: unknown, media: unknown) =>
      Number(typeof xml === 'string' && typeof media === 'string' && carriesAny(xml, mediaOf(media))),
    );
    migrate(db);
    if (options.checked ?? true) {
      checkWritable(db);
      checkContent(db, path, options.checkedBytes ?? CHECKED_BYTES);
    }
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

const mediaOf = (words: string): Medium[] => MEDIA.filter((medium) => words.split(' ').includes(medium));

/** SQLite opens a file that it may only read without a word, and then fails at the first commit. */
function checkWritable(db: Database.Database): void {
  db.exec('BEGIN IMMEDIATE');
  db.exec(`PRAGMA user_version = ${migrations.length}`);
  db.exec('ROLLBACK');
}

/**
 * Whether the file is sound, as far as that is cheap. SQLite itself refuses a file that is shorter than its
 * header says. A small file is read as a whole; of a large one the groups, with their indexes, and the last
 * messages of the newest groups: what the writes of the last minutes before a crash have touched.
 */
function checkContent(db: Database.Database, path: string, checkedBytes: number): void {
  const whole = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= checkedBytes;
  const found = db.pragma(whole ? 'quick_check(1)' : 'quick_check(groups)', { simple: true });
  if (found !== 'ok') {
    throw new StoreError('corrupt', `${path} is damaged (${String(found)}); restore it from a backup`);
  }
  if (!whole) db.prepare(NEWEST_MESSAGES).all();
}

const NEWEST_MESSAGES = `
SELECT length(m.xml)
FROM (SELECT id, last_seq FROM groups ORDER BY id DESC LIMIT 100) g
JOIN messages m ON m.id BETWEEN (g.id << 32) | max(1, g.last_seq - 10) AND (g.id << 32) | g.last_seq`;
