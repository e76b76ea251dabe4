import type { Database } from 'better-sqlite3';
import { merging } from './merging.js';

interface Behind {
  readonly id: number;
  readonly indexed_seq: number;
  readonly last_seq: number;
}

interface Leftover {
  readonly group_id: number;
  readonly last_seq: number;
}

/**
 * Messages to index, or to forget, at once: some milliseconds of work, for which a commit may have to wait. With 512 it
 * takes a fifth less in all, and a turn 25 ms and more.
 */
const SLICE = 64;
const FORGOTTEN_SLICE = 32;

const IS_BEHIND = `
  SELECT EXISTS (SELECT 1 FROM groups WHERE indexed_seq < last_seq)
    OR EXISTS (SELECT 1 FROM search_forgotten) OR EXISTS (SELECT 1 FROM search_leftovers)`;

/**
 * The keeper of the indexes by author and by text, which follow the archive at a distance. Each call brings
 * them a slice further, in a transaction of its own.
 * @returns a function that tells whether anything is left to do
 */
export function searchIndexer(db: Database): () => boolean {
  const index = addition(db);
  const forget = forgetting(db);
  const forgetGroups = forgettingGroups(db);
  const isBehind = db.prepare<[], number>(IS_BEHIND).pluck();
  const slice = db.transaction(() => {
    index();
    forget();
    forgetGroups();
  });
  const merge = merging(db, 'message_search');
  /** What the last slice has added is merged before the next one adds to it. */
  let hasAdded = false;

  return () => {
    if (hasAdded) {
      // A merge that fails must not keep the index from following.
      hasAdded = false;
      hasAdded = merge();
      if (hasAdded) return true;
    }
    // Another process may have been here: who has nothing to write does not make it wait.
    if (isBehind.get() !== 1) return false;
    slice.immediate();
    hasAdded = true;
    return true;
  };
}

function addition(db: Database): () => void {
  const behind = db.prepare<[number, number], Behind>(
    'SELECT id, indexed_seq, last_seq FROM groups WHERE indexed_seq < last_seq AND id > ? ORDER BY id LIMIT ?',
  );
  const stretch = 'id BETWEEN (:id << 32) | :first AND (:id << 32) | :last';
  const addText = db.prepare(
    `INSERT INTO message_search (rowid, folded) SELECT id, fold(text) FROM messages WHERE ${stretch} ORDER BY id`,
  );
  const addAuthors = db.prepare(`
    INSERT INTO authored (group_id, author, seq)
    SELECT group_id, author, id & 4294967295 FROM messages WHERE ${stretch} AND author IS NOT NULL`);
  const advance = db.prepare('UPDATE groups SET indexed_seq = :last WHERE id = :id');
  /** The group that was served last: they take turns, or a busy one would keep the others waiting. */
  let served = 0;

  return () => {
    const next = behind.all(served, SLICE);
    const groups = next.length > 0 ? next : behind.all(0, SLICE);
    let room = SLICE;
    for (const { id, indexed_seq, last_seq } of groups) {
      if (room === 0) break;
      const last = Math.min(last_seq, indexed_seq + room);
      const part = { id, first: indexed_seq + 1, last };
      addText.run(part);
      addAuthors.run(part);
      advance.run({ id, last });
      room -= last - indexed_seq;
      served = id;
    }
  };
}

/** Messages that were retracted. */
function forgetting(db: Database): () => void {
  const next = `SELECT id FROM search_forgotten ORDER BY id LIMIT ${FORGOTTEN_SLICE}`;
  const forgetText = db.prepare(`DELETE FROM message_search WHERE rowid IN (${next})`);
  const done = db.prepare(`DELETE FROM search_forgotten WHERE id IN (${next})`);
  const left = db.prepare('SELECT 1 FROM search_forgotten LIMIT 1');

  return () => {
    if (left.get() === undefined) return;
    forgetText.run();
    done.run();
  };
}

/** What is left of removed groups, from the newest message to the oldest. */
function forgettingGroups(db: Database): () => void {
  const next = db.prepare<[], Leftover>('SELECT group_id, last_seq FROM search_leftovers LIMIT 1');
  const forgetText = db.prepare(
    'DELETE FROM message_search WHERE rowid BETWEEN (:group_id << 32) | :first AND (:group_id << 32) | :last_seq',
  );
  const retreat = db.prepare('UPDATE search_leftovers SET last_seq = :first - 1 WHERE group_id = :group_id');
  const done = db.prepare('DELETE FROM search_leftovers WHERE group_id = ?');

  return () => {
    const leftover = next.get();
    if (leftover === undefined) return;
    const part = { ...leftover, first: Math.max(1, leftover.last_seq - FORGOTTEN_SLICE + 1) };
    forgetText.run(part);
    if (part.first === 1) done.run(part.group_id);
    else retreat.run(part);
  };
}
