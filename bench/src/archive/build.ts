import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { memberIdOf, seedGroups } from '@xmpp-groups/harness';
import Database from 'better-sqlite3';
import { type ArchiveGroup, FIRST_ID, groupsOf, HOLE_EVERY, RECIPE, SPACING } from './recipe.js';
import { randomFrom, skewed, textsOf } from './vocabulary.js';

/** A database with many messages. */
export interface LargeArchive {
  readonly file: string;
  readonly groups: readonly ArchiveGroup[];
  /** Words of its texts, the frequent ones first. */
  readonly words: readonly string[];
  /** Seconds that it took to build; 0: it was there from an earlier run. */
  readonly seconds: number;
}

const SEED = 20_231_114;

interface SchemaRow {
  readonly name: string;
  readonly sql: string;
}

/** Indexes of what is filled: made when the rows are there, which takes a fraction of the time. */
const INDEXES = `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'messages' AND sql IS NOT NULL`;

/**
 * The content of a message to all, as the daemon stores it. The card has no picture, and the client gave no other id.
 */
const CONTENT = `
  '<x xmlns=''https://xabber.com/protocol/groups''><reference xmlns=''https://xabber.com/protocol/references'' type=''mutable'' begin=''0'' end=''13''><user xmlns=''https://xabber.com/protocol/groups'' id=''' || author ||
  '''><jid>user@localhost</jid><role>member</role><nickname>Member 0000</nickname><badge/></user></reference></x><stanza-id xmlns=''urn:xmpp:sid:0'' by=''' || :jid || ''' id=''' || stanza_id ||
  '''/><time xmlns=''https://xabber.com/protocol/delivery'' by=''' || :jid || ''' stamp=''2026-11-21T20:51:48.864000Z''/><body>Member 0000:' || char(10) || text || '</body>'`;

/** LIMIT: each row of `written` is made once and used at once, not merged into the outer query, which would call the functions again. */
const FILL = `
  WITH RECURSIVE
    place (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM place WHERE seq < :places),
    written (seq, stanza_id, author, text) AS (
      SELECT seq, :first + seq * :spacing, author(), text(seq) FROM place WHERE seq % :hole <> 0 LIMIT -1)
  INSERT INTO messages (id, group_id, stanza_id, author, message_id, origin_id, text, xml)
  SELECT (:id << 32) | seq, :id, stanza_id, author, 'm' || seq, 'm' || seq, text, ${CONTENT} FROM written`;

/**
 * The file with so many messages, built unless the folder has one of the same recipe and schema. Rows are written by
 * SQL inside SQLite, and indexed when all are there; the result is what the store would have made.
 */
export async function largeArchive(
  file: string,
  messages: number,
  progress: (text: string) => void,
): Promise<LargeArchive> {
  const groups = groupsOf(messages);
  const { words, text } = textsOf(SEED);
  const built = (seconds: number): LargeArchive => ({ file, groups, words, seconds });
  const draft = `${file}.draft`;
  for (const ending of ['', '-wal', '-shm']) rmSync(`${draft}${ending}`, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  await seedGroups(`sqlite:${draft}`, groups);
  const label = labelOf(draft, messages);
  if (existsSync(file) && existsSync(`${file}.label`) && readFileSync(`${file}.label`, 'utf8') === label) {
    rmSync(draft);
    return built(0);
  }
  const started = performance.now();
  const since = () => `${Math.round((performance.now() - started) / 1000)} s`;
  const db = new Database(draft);
  try {
    // Who is interrupted begins anew. WAL has to be left first: to nothing at all there is no way from it.
    for (const pragma of ['journal_mode = DELETE', 'journal_mode = OFF', 'synchronous = OFF'])
      db.pragma(pragma);
    db.pragma('cache_size = -1000000');
    db.pragma('temp_store = MEMORY');
    const indexes = db.prepare<[], SchemaRow>(INDEXES).all();
    for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
    db.function('text', { deterministic: true }, (seq: unknown) => text(Number(seq)));
    fillMessages(db, groups, (what) => progress(`${what}, ${since()}`));
    for (const { name, sql } of indexes) {
      progress(`${name}, ${since()}`);
      db.exec(sql);
    }
    progress(`the index of authors, ${since()}`);
    db.exec(
      'INSERT INTO authored (group_id, author, seq) ' +
        'SELECT group_id, author, id & 4294967295 FROM messages ORDER BY 1, 2, 3',
    );
    progress(`the full-text index, ${since()}`);
    fillSearch(db);
    db.pragma('journal_mode = WAL');
  } finally {
    db.close();
  }
  progress(`waiting for the disk, ${since()}`);
  syncFile(draft);
  renameSync(draft, file);
  writeFileSync(`${file}.label`, label);
  return built(Math.round((performance.now() - started) / 1000));
}

/** Otherwise the system writes gigabytes while pages are read from them. */
function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What a file is made of: its recipe and its schema, as the migrations of the product have made it. */
function labelOf(draft: string, messages: number): string {
  const db = new Database(draft, { readonly: true });
  try {
    const schema = db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').pluck().all();
    return JSON.stringify({ RECIPE, messages, schema });
  } finally {
    db.close();
  }
}

function fillMessages(
  db: Database.Database,
  groups: readonly ArchiveGroup[],
  progress: (text: string) => void,
): void {
  let authors: readonly string[] = [];
  const random = randomFrom(SEED);
  db.function('author', () => authors[skewed(authors.length, random)]);
  const fill = db.prepare(FILL);
  const idOf = db.prepare<[string], number>('SELECT id FROM groups WHERE jid = ?').pluck();
  const finish = db.prepare(`
    UPDATE groups SET message_count = (SELECT count(*) FROM messages WHERE id > :id << 32 AND id < (:id + 1) << 32),
      last_seq = :places, indexed_seq = :places, last_stanza_id = :last WHERE id = :id`);
  for (const { jid, members, places } of groups) {
    progress(`${places.toLocaleString('en-US')} messages of ${jid}`);
    const id = idOf.get(jid);
    authors = members.map((member) => memberIdOf(jid, member));
    fill.run({ id, jid, places, first: FIRST_ID, spacing: SPACING, hole: HOLE_EVERY });
    finish.run({ id, places, last: FIRST_ID + places * SPACING });
  }
}

/** The texts have no capital letters: folded they are the same. More is gathered in memory than the store would. */
function fillSearch(db: Database.Database): void {
  db.exec(`INSERT INTO message_search (message_search, rank) VALUES ('hashsize', ${64 * 1024 * 1024})`);
  db.exec('INSERT INTO message_search (rowid, folded) SELECT id, text FROM messages ORDER BY id');
  db.exec(`INSERT INTO message_search (message_search, rank) VALUES ('hashsize', ${1024 * 1024})`);
}
