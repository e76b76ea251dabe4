/** How much is taken in and kept. What goes beyond is refused, or the oldest goes (reference 2.5, 2.8, 2.10 #28). */
export const LIMITS = {
  /** Members of a group, the owner among them. */
  members: 500,
  /** How many may be named in one command of each kind, before double ones are taken out. */
  named: 1000,
  /** A subject, in UTF-16 units. */
  subject: 1024,
  /** The id of a group, in characters. */
  id: 128,
  /** All that a stanza holds, in characters. */
  stanza: 262_144,
  /** Who is remembered besides the members: those who left or were removed. */
  former: 1000,
  /** Ids and hashes that are remembered of each sender of a group. */
  seenOfSender: 1000,
  /** Stanzas that are held back for one group, in number and in characters, and for all groups. */
  heldOfGroup: 50,
  heldCharacters: 204_800,
  held: 1000,
  /** How long something is held back, in milliseconds. */
  heldFor: 7 * 86_400_000,
  /** How old and how much ahead of time something signed may be, in milliseconds. */
  oldest: 30 * 86_400_000,
  ahead: 600_000,
  /** Groups that are known, and invitations that wait for an answer. */
  groups: 1000,
  invitations: 100,
  /** Applied commands that the log of a group keeps. */
  log: 200,
  /** At most once in this time the same is said to the same one, in milliseconds (reference 2.7, row 20). */
  again: 86_400_000,
  /** At most once in this time somebody is asked for the state, in milliseconds. */
  ask: 3_600_000,
} as const;
