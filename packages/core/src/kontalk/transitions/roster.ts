import type { BareJid } from '../../jid/index.js';
import type { Command, SetCommand } from '../command/command.js';
import type { MemberRecord } from '../model/group.js';
import { countedIn, countedOut, type Given, takenIn } from './transition.js';

type Roster = ReadonlyMap<BareJid, MemberRecord>;
type CreateCommand = Extract<Command, { kind: 'create' }>;

/** The others in a group after its creation, or its creation once more: all who are listed and nobody else. */
export function rosterOfCreation(
  before: Roster,
  { members }: CreateCommand,
  given: Given,
  apart: readonly BareJid[],
): Roster {
  const roster = new Map(before);
  const listed = new Set(members);
  for (const [jid, record] of before)
    if (!listed.has(jid)) roster.set(jid, countedOut(record, 'snapshot', given));
  for (const jid of members)
    if (!apart.includes(jid)) roster.set(jid, takenIn(before.get(jid), 'create', given));
  return roster;
}

/**
 * The others after a change (reference 2.7, rows 7 to 9, 33, 34). A list of all members replaces what was known;
 * one without it only adds and removes. `apart` are those of whom no record is kept: the owner and I.
 */
export function rosterOfChange(
  before: Roster,
  { add, remove, members }: SetCommand,
  given: Given,
  apart: readonly BareJid[],
): Roster {
  // A new subject changes nobody.
  if (add.length + remove.length + members.length + given.parted.size === 0) return before;
  const roster = new Map(before);
  if (members.length > 0) {
    const listed = new Set([...members, ...add]);
    for (const [jid, record] of before) {
      if (!listed.has(jid)) roster.set(jid, countedOut(record, 'snapshot', given));
    }
    for (const jid of members) {
      if (!apart.includes(jid)) roster.set(jid, countedIn(before.get(jid), jid, given));
    }
  }
  for (const jid of add) if (!apart.includes(jid)) roster.set(jid, takenIn(before.get(jid), 'add', given));
  for (const jid of remove) {
    const record = roster.get(jid);
    if (record !== undefined) roster.set(jid, countedOut(record, 'remove', given));
  }
  for (const [jid, at] of given.parted) {
    const record = roster.get(jid);
    if (record !== undefined && at > (record.partedAt ?? 0)) roster.set(jid, { ...record, partedAt: at });
  }
  return roster;
}
