/**
 * Groups, members, the archive and its search.
 *
 * The key of a message is the key of its group in the upper 32 bits and its place in the archive (`seq`, from
 * 1) in the lower 32: the messages of a group lie side by side, a page is a range of keys, and the full-text
 * index, which knows nothing but keys, can be asked about one group alone.
 *
 * `authored` and `message_search` follow the archive at a distance (`groups.indexed_seq`): they cost more than
 * the message itself, and nobody waits for them.
 *
 * `search_leftovers` names removed groups whose messages the full-text index still has to forget: nobody can
 * find them any more, but to forget takes longer than to write.
 *
 * AUTOINCREMENT: the key of a removed group is never given again. `indexed_seq < last_seq` is in an index of
 * its own, so that the groups that have something to catch up on are found without a look at the others.
 */
export const groups = `
CREATE TABLE groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  jid TEXT NOT NULL UNIQUE,
  host TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  privacy TEXT NOT NULL,
  membership TEXT NOT NULL,
  listing TEXT NOT NULL,
  contacts TEXT NOT NULL,
  domains TEXT NOT NULL,
  status TEXT NOT NULL,
  pinned INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  last_stanza_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  size INTEGER NOT NULL,
  message_count INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  indexed_seq INTEGER NOT NULL
);
CREATE INDEX groups_listed ON groups (host, jid) WHERE listing <> 'none';
CREATE INDEX groups_behind ON groups (id) WHERE indexed_seq < last_seq;

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  member TEXT NOT NULL,
  jid TEXT NOT NULL,
  subscription TEXT NOT NULL,
  nickname TEXT,
  badge TEXT NOT NULL,
  avatar TEXT,
  version INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  UNIQUE (group_id, member),
  UNIQUE (jid, group_id)
);

CREATE TABLE rights (
  member_id INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  until INTEGER NOT NULL,
  UNIQUE (member_id, name)
);

CREATE TABLE blocks (
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  member TEXT,
  UNIQUE (group_id, address)
);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  stanza_id INTEGER NOT NULL,
  author TEXT,
  message_id TEXT NOT NULL,
  origin_id TEXT,
  text TEXT NOT NULL,
  xml TEXT NOT NULL
);
CREATE UNIQUE INDEX messages_by_stanza_id ON messages (group_id, stanza_id);
CREATE UNIQUE INDEX messages_by_origin ON messages (group_id, author, origin_id)
  WHERE author IS NOT NULL AND origin_id IS NOT NULL;

CREATE TABLE authored (
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  author TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (group_id, author, seq)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE message_search USING fts5 (
  folded,
  content = '',
  contentless_delete = 1,
  tokenize = 'trigram case_sensitive 1',
  detail = none
);

CREATE TABLE search_leftovers (
  group_id INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL
);

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX events_by_revision ON events (group_id, revision);
`;
