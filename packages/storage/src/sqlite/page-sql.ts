/**
 * Where the messages of a group are looked for: `place`: one by one in a stretch of the archive; `author`: by
 * the index of authors; `words`: by the index of words, which names candidates.
 */
type Source = 'place' | 'author' | 'words';

/** One way to look for messages, in a stretch of the archive from `:first` to `:last`. */
export interface Search {
  readonly source: Source;
  /** Whether the author has to be `:author`. */
  readonly author: boolean;
  /** Whether the folded text has to hold `:text`. */
  readonly text: boolean;
  /** Whether the message has to carry one of `:media`, a list of words between spaces. */
  readonly media: boolean;
}

/** Numbers are bound as floating point; `<<` and `|` make integers of them, 64 bits wide. */
const STRETCH = 'BETWEEN (:group << 32) | :first AND (:group << 32) | :last';

const SOURCES: Readonly<
  Record<Source, { readonly from: string; readonly where: string; readonly key: string }>
> = {
  place: { from: 'messages m', where: `m.id ${STRETCH}`, key: 'm.id' },
  author: {
    from: 'authored a CROSS JOIN messages m ON m.id = (a.group_id << 32) | a.seq',
    where: 'a.group_id = :group AND a.author = :author AND a.seq BETWEEN :first AND :last',
    key: 'a.seq',
  },
  words: {
    from: 'message_words CROSS JOIN messages m ON m.id = message_words.rowid',
    where: `message_words MATCH :words AND message_words.rowid ${STRETCH}`,
    key: 'message_words.rowid',
  },
};

function conditionsOf({ source, author, text, media }: Search): readonly string[] {
  return [
    ...(author && source !== 'author' ? ['m.author = :author'] : []),
    ...(text ? ['instr(fold(m.text), :text) > 0'] : []),
    ...(media ? ['carries(m.xml, :media)'] : []),
  ];
}

function searchSql(search: Search): string {
  const { from, where } = SOURCES[search.source];
  return `FROM ${from} WHERE ${[where, ...conditionsOf(search)].join(' AND ')}`;
}

/** The message before `m` in its archive, whatever is looked for: by an index that is small beside the messages. */
const PREVIOUS_OF_M = `(
  SELECT p.stanza_id FROM messages p
  WHERE p.group_id = m.group_id AND p.stanza_id < m.stanza_id ORDER BY p.stanza_id DESC LIMIT 1) AS previous`;

/** The first `:limit` messages found, counted from the oldest (`forward`) or from the newest. */
export function messagesSql(search: Search, direction: 'forward' | 'backward'): string {
  const order = direction === 'forward' ? 'ASC' : 'DESC';
  return (
    `SELECT m.stanza_id, m.author, m.message_id, m.origin_id, m.text, m.xml, ${PREVIOUS_OF_M} ` +
    `${searchSql(search)} ` +
    `ORDER BY ${SOURCES[search.source].key} ${order} LIMIT :limit`
  );
}

/** All that the index of words names, and whether it fits: who reads it stops when it has read enough. */
export function candidatesSql(search: Search, direction: 'forward' | 'backward'): string {
  const { from, where, key } = SOURCES[search.source];
  const order = direction === 'forward' ? 'ASC' : 'DESC';
  return (
    `SELECT m.id & 4294967295 AS seq, ${conditionsOf(search).join(' AND ')} AS fits ` +
    `FROM ${from} WHERE ${where} ORDER BY ${key} ${order}`
  );
}

/** How many messages are found, counted up to `:limit`. */
export const countSql = (search: Search): string =>
  `SELECT count(*) FROM (SELECT 1 ${searchSql(search)} LIMIT :limit)`;

/** The same for those of one author that are in the index, which tells it without a look at the messages. */
export const COUNT_AUTHORED = `
  SELECT count(*) FROM (
    SELECT 1 FROM authored
    WHERE group_id = :group AND author = :author AND seq BETWEEN :first AND :last LIMIT :limit)`;

/**
 * How many messages lie between two stanza ids, both left out, counted up to a limit: by an index that is small beside
 * the messages.
 */
export const COUNT_BETWEEN = `
  SELECT count(*) FROM (
    SELECT 1 FROM messages WHERE group_id = ? AND stanza_id > ? AND stanza_id < ? LIMIT ?)`;

/** The place in the archive of the first message after, and of the last one before, a stanza id. */
export const PLACE_AFTER =
  'SELECT id & 4294967295 FROM messages WHERE group_id = ? AND stanza_id > ? ORDER BY stanza_id LIMIT 1';
export const PLACE_BEFORE =
  'SELECT id & 4294967295 FROM messages WHERE group_id = ? AND stanza_id < ? ORDER BY stanza_id DESC LIMIT 1';

export const MESSAGE_AT = `
  SELECT m.stanza_id, m.author, m.message_id, m.origin_id, m.text, m.xml, ${PREVIOUS_OF_M}
  FROM messages m WHERE m.id = (? << 32) | ?`;

export const MESSAGE_BY_ID = `
  SELECT m.stanza_id, m.author, m.message_id, m.origin_id, m.text, m.xml, ${PREVIOUS_OF_M}
  FROM messages m WHERE m.group_id = ? AND m.stanza_id = ?`;

/** The newest message before a stanza id: whoever wrote it, or not those of one author. */
export const PREVIOUS = `
  SELECT stanza_id FROM messages
  WHERE group_id = (SELECT id FROM groups WHERE jid = ?) AND stanza_id < ? ORDER BY stanza_id DESC LIMIT 1`;
export const PREVIOUS_OF_OTHERS = `
  SELECT stanza_id FROM messages
  WHERE group_id = (SELECT id FROM groups WHERE jid = ?) AND stanza_id < ? AND author IS NOT ?
  ORDER BY stanza_id DESC LIMIT 1`;

export const MESSAGE_IN_GROUP = `
  SELECT stanza_id, author, message_id, origin_id, text, xml FROM messages
  WHERE group_id = (SELECT id FROM groups WHERE jid = ?) AND stanza_id = ?`;

export const MESSAGE_BY_ORIGIN = `
  SELECT stanza_id, author, message_id, origin_id, text, xml FROM messages
  WHERE group_id = (SELECT id FROM groups WHERE jid = ?) AND author = ? AND origin_id = ?`;
