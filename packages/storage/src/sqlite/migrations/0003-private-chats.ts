/**
 * The addresses of private chats, and the end of repeated revisions.
 *
 * `private_chats.pair` names the two members, as core does. A pair keeps its address when their chat ends.
 *
 * `retired` has one row: no group that is gone was at a revision above it. Nothing else stays of a removed group.
 */
export const privateChats = `
CREATE TABLE private_chats (
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  pair TEXT NOT NULL,
  jid TEXT NOT NULL,
  UNIQUE (group_id, pair)
);
CREATE INDEX private_chats_by_jid ON private_chats (jid, group_id);

CREATE TABLE retired (revision INTEGER NOT NULL);
INSERT INTO retired VALUES (0);
`;
