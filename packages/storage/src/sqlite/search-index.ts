import type { Database } from 'better-sqlite3';

interface Behind {
  readonly id: number;
  readonly indexed_seq: number;
  readonly last_seq: number;
}

/** About 20 ms of work: how long a commit may have to wait for it. */
const SLICE = 512;

/**
 * The writer of the indexes by author and by text, which follow the archive at a distance. Each call brings
 * them a slice further, in a transaction of its own.
 * @returns a function that tells whether anything is left to do
 */
export function searchIndexer(db: Database): () => boolean {
  const behind = db.prepare<[number, number], Behind>(
    'SELECT id, indexed_seq, last_seq FROM groups WHERE indexed_seq < last_seq AND id > ? ORDER BY id LIMIT ?',
  );
  const stretch = 'id BETWEEN (:id << 32) | :first AND (:id << 32) | :last';
  const indexText = db.prepare(
    `INSERT INTO message_search (rowid, folded) SELECT id, fold(text) FROM messages WHERE ${stretch} ORDER BY id`,
  );
  const indexAuthors = db.prepare(`
    INSERT INTO authored (group_id, author, seq)
    SELECT group_id, author, id & 4294967295 FROM messages WHERE ${stretch} AND author IS NOT NULL`);
  const advance = db.prepare('UPDATE groups SET indexed_seq = :last WHERE id = :id');
  /** The group that was served last: they take turns, or a busy one would keep the others waiting. */
  let served = 0;

  const slice = db.transaction(() => {
    const next = behind.all(served, SLICE);
    const groups = next.length > 0 ? next : behind.all(0, SLICE);
    let room = SLICE;
    for (const { id, indexed_seq, last_seq } of groups) {
      if (room === 0) break;
      const last = Math.min(last_seq, indexed_seq + room);
      const part = { id, first: indexed_seq + 1, last };
      indexText.run(part);
      indexAuthors.run(part);
      advance.run({ id, last });
      room -= last - indexed_seq;
      served = id;
    }
    return behind.get(0, 1) !== undefined;
  });
  return () => slice.immediate();
}
