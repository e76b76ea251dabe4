import type { BareJid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import type { Command } from '../command/command.js';
import type { GroupState } from '../model/group.js';
import { LIMITS } from '../model/limits.js';
import { hasParted, isActive, recipients } from '../model/members.js';
import type { Action, PlanError } from './action.js';

type OwnersCommand = Extract<Command, { kind: 'create' | 'set' }>;

/** A command of mine, and who has to hear it. */
export interface Commanded {
  readonly command: OwnersCommand;
  readonly audience: readonly BareJid[];
  /** Whether it changes the group; telling one member again what all know does not. */
  readonly changes: boolean;
}

type Commanding = Extract<
  Action,
  { op: 'create' | 'add' | 'remove' | 'subject' | 'snapshot' | 'remove-again' }
>;

const SET = { kind: 'set', add: [], remove: [], members: [], subject: undefined } as const;

/** The command by which the owner does this, in the form that all readers understand (reference 9.1). */
export function commandOf(group: GroupState, action: Commanding): Result<Commanded, PlanError> {
  const others = recipients(group);
  const named = 'members' in action ? [...new Set(action.members)].filter((jid) => jid !== group.me) : [];
  switch (action.op) {
    case 'create': {
      const { subject } = action;
      const fits = sized(named.length, subject);
      if (!fits.ok) return fits;
      return ok({ command: { kind: 'create', subject, members: named }, audience: named, changes: true });
    }
    case 'add': {
      const staying = others.filter((jid) => !named.includes(jid));
      if (named.length === 0) return err({ reason: 'no-recipients' });
      const fits = sized(named.length + staying.length, null);
      if (!fits.ok) return fits;
      return ok({
        command: { ...SET, add: named, members: staying, subject: group.subject ?? undefined },
        audience: [...staying, ...named],
        changes: true,
      });
    }
    case 'remove': {
      if (named.length === 0) return err({ reason: 'no-recipients' });
      const leaving = named.filter((jid) => !others.includes(jid));
      return ok({
        command: { ...SET, remove: named },
        audience: [...others, ...leaving],
        changes: true,
      });
    }
    case 'subject': {
      const fits = sized(0, action.subject);
      if (!fits.ok) return fits;
      return ok({ command: { ...SET, subject: action.subject }, audience: others, changes: true });
    }
    case 'snapshot': {
      if (!isActive(group, action.to)) return err({ reason: 'wrong-member' });
      const members = others.filter((jid) => jid !== action.to);
      return ok({
        command: { ...SET, add: [action.to], members, subject: group.subject ?? undefined },
        audience: [action.to],
        changes: false,
      });
    }
    case 'remove-again':
      if (isActive(group, action.to)) return err({ reason: 'wrong-member' });
      return ok({ command: { ...SET, remove: [action.to] }, audience: [action.to], changes: false });
  }
}

function sized(members: number, subject: string | null): Result<null, PlanError> {
  if (members > LIMITS.members - 2) return err({ reason: 'too-many-members' });
  return (subject?.length ?? 0) > LIMITS.subject ? err({ reason: 'subject-too-long' }) : ok(null);
}

/**
 * When a command of mine is given: later than all of mine before, and than the leaving of those whom it takes in,
 * whose clocks may be ahead (reference 7.1: "strictly increasing").
 */
export function timeOf(group: GroupState, command: OwnersCommand, now: number): number {
  const taken = command.kind === 'create' ? command.members : command.add;
  const partings = taken.map((jid) => (group.members.get(jid)?.partedAt ?? -1) + 1);
  return Math.max(now, (group.lastOwner ?? -1) + 1, ...partings);
}

/** Since when the members are members, for who comes to know them by this command. */
export const sinceOf = (group: GroupState): { readonly jid: BareJid; readonly time: number }[] =>
  [...group.members].flatMap(([jid, { listed, since }]) => (listed ? [{ jid, time: since }] : []));

/** Whom I know to have left. */
export const partedOf = (group: GroupState): { readonly jid: BareJid; readonly time: number }[] =>
  [...group.members].flatMap(([jid, record]) =>
    hasParted(record) && record.partedAt !== undefined ? [{ jid, time: record.partedAt }] : [],
  );
