/**
 * Invitations, settings, avatars, private chats, disclosures and the rewriting of the archive.
 *
 * `rights_ending` finds the rights that end at a time without a look at those that last for ever.
 *
 * `avatars.avatar` is the id that a client has chosen, which is no hash of the image: two groups may have
 * different images behind the same id.
 *
 * `rewrites.replaced` names the message whose new content a notification holds: it has to go when that message
 * is retracted or replaced again.
 *
 * `search_forgotten` names the messages of living groups that the full-text index has to forget: nobody can
 * find them any more, but to forget takes longer than to write.
 */
export const wholeProtocol = `
ALTER TABLE groups ADD COLUMN avatar TEXT;
ALTER TABLE groups ADD COLUMN parent TEXT;
ALTER TABLE groups ADD COLUMN slow_mode INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN slow_mode_for_newcomers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN rewrite_version INTEGER NOT NULL DEFAULT 0;
DROP INDEX groups_listed;
CREATE INDEX groups_listed ON groups (host, jid) WHERE listing <> 'none' AND parent IS NULL;
CREATE INDEX groups_by_parent ON groups (parent, jid) WHERE parent IS NOT NULL;

ALTER TABLE members ADD COLUMN invited_by TEXT;
ALTER TABLE members ADD COLUMN chose_nickname INTEGER NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN chose_avatar INTEGER NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN collects INTEGER NOT NULL DEFAULT 1;
ALTER TABLE members ADD COLUMN accepts_private_chats INTEGER NOT NULL DEFAULT 1;
ALTER TABLE members ADD COLUMN receives_updates INTEGER NOT NULL DEFAULT 1;

CREATE INDEX rights_ending ON rights (until) WHERE until > 0;

CREATE TABLE default_restrictions (
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  UNIQUE (group_id, name)
);

CREATE TABLE disclosures (
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  from_member TEXT NOT NULL,
  to_member TEXT NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (group_id, from_member, to_member)
);

CREATE TABLE avatars (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  avatar TEXT NOT NULL,
  media_type TEXT NOT NULL,
  base64 TEXT NOT NULL,
  UNIQUE (group_id, avatar)
);
CREATE INDEX avatars_by_name ON avatars (avatar);

CREATE TABLE rewrites (
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  notification TEXT NOT NULL,
  replaced INTEGER,
  author TEXT
);
CREATE INDEX rewrites_by_version ON rewrites (group_id, version);
CREATE INDEX rewrites_replaced ON rewrites (group_id, replaced) WHERE replaced IS NOT NULL;

CREATE TABLE search_forgotten (id INTEGER PRIMARY KEY);
`;
