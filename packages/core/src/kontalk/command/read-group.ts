import type { BareJid } from '../../jid/index.js';
import { failure, ok, type Result } from '../../result.js';
import type { GroupElement } from '../elements/group.js';
import { LIMITS } from '../model/limits.js';
import type { Command, GroupExtension, SetCommand } from './command.js';
import { readKey, readNamed } from './key.js';

/**
 * What a `<group/>` says, in whichever dialect: the page's, that of the released Java clients, the draft of 2015
 * (reference 1.2, 1.6). Fails when it names no group or is larger than groups can be.
 */
export function readGroup(element: GroupElement): Result<GroupExtension> {
  const key = readKey(element.id, element.owner);
  if (!key.ok) return key;
  const command = readCommand(element, key.value.owner);
  return command.ok ? ok({ key: key.value, command: command.value }) : command;
}

function readCommand(element: GroupElement, owner: BareJid): Result<Command> {
  const type = element.type ?? '';
  switch (type) {
    case 'create':
      return readCreate(element, owner);
    case 'set':
      return readSet(element);
    case 'part':
      return ok({ kind: 'part' });
    case '': {
      if (element.part) return ok({ kind: 'part' });
      if (element.add.length === 0 && element.remove.length === 0) return ok({ kind: 'plain' });
      const read = readSet(element);
      return read.ok ? ok({ ...read.value, typeless: true }) : read;
    }
    case 'get':
    case 'result':
      return ok({ kind: 'plain' });
    default:
      return ok({ kind: 'unsupported', type });
  }
}

/** The draft, and a test of the Java library, create groups by `<add/>` (reference 1.5). */
function readCreate(element: GroupElement, owner: BareJid): Result<Command> {
  const members = readNamed([...element.member, ...element.add]).filter((jid) => jid !== owner);
  const subject = readSubject(element);
  if (!subject.ok) return subject;
  if (members.length >= LIMITS.members) return failure('group/member', `more than ${LIMITS.members}`);
  return ok({ kind: 'create', subject: subject.value ?? null, members });
}

/** Android lists who it removes as a member, too; the owner is a member without being listed (reference 1.6). */
function readSet(element: GroupElement): Result<SetCommand> {
  const remove = readNamed(element.remove);
  const removed = new Set(remove);
  const add = readNamed(element.add).filter((jid) => !removed.has(jid));
  const added = new Set(add);
  const members = readNamed(element.member).filter((jid) => !removed.has(jid) && !added.has(jid));
  if (add.length + members.length > LIMITS.members) {
    return failure('group/member', `more than ${LIMITS.members}`);
  }
  const subject = readSubject(element);
  if (!subject.ok) return subject;
  const empty = remove.length + add.length + members.length === 0;
  return ok({
    kind: 'set',
    remove,
    add,
    members,
    // Android takes a subject away by a command without anything in it.
    subject: subject.value === undefined && empty ? null : subject.value,
  });
}

/** The last one counts, as for the Java clients; an empty one is none. */
function readSubject(element: GroupElement): Result<string | null | undefined> {
  const subject = element.subjects.at(-1);
  if (subject !== undefined && subject.length > LIMITS.subject) {
    return failure('group/subject', `longer than ${LIMITS.subject} characters`);
  }
  return ok(subject === '' ? null : subject);
}

/** A command of the draft for a group that is not known: it creates the group (reference 1.6). */
export const asCreation = (command: Command): Command =>
  command.kind === 'set' &&
  command.typeless === true &&
  command.members.length === 0 &&
  command.add.length > 0
    ? { kind: 'create', subject: command.subject ?? null, members: command.add }
    : command;
