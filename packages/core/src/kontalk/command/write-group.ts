import type { BareJid } from '../../jid/index.js';
import type { XmlElement } from '../../xml/element.js';
import { type GroupElement, group } from '../elements/group.js';
import type { GroupExtension } from './command.js';

const NONE: readonly never[] = [];

const named = (jids: readonly BareJid[]): { readonly jid: string }[] => jids.map((jid) => ({ jid }));

/**
 * The `<group/>` that says this, in the form that readers of the Kontalk page and both Java clients understand
 * (reference 9.1). Leaving is said in both ways at once.
 */
export const writeGroup = (extension: GroupExtension): XmlElement => group.build(groupElement(extension));

export function groupElement({ key: { id, owner }, command }: GroupExtension): GroupElement {
  const known = { id, owner, subjects: NONE, add: NONE, remove: NONE, member: NONE, part: false };
  switch (command.kind) {
    case 'plain':
      return known;
    case 'create':
      return {
        ...known,
        type: 'create',
        subjects: command.subject === null ? [] : [command.subject],
        member: named(command.members),
      };
    case 'set':
      return {
        ...known,
        type: 'set',
        subjects: subjectsOf(command),
        add: named(command.add),
        remove: named(command.remove),
        member: named(command.members),
      };
    case 'part':
      return { ...known, type: 'part', part: true };
    case 'unsupported':
      return { ...known, type: command.type };
  }
}

/** Android takes a subject away by a command without anything in it; what holds more needs the empty element. */
function subjectsOf(command: {
  readonly subject: string | null | undefined;
  readonly add: readonly BareJid[];
  readonly remove: readonly BareJid[];
  readonly members: readonly BareJid[];
}): readonly string[] {
  if (command.subject === undefined) return [];
  if (command.subject !== null) return [command.subject];
  return command.add.length + command.remove.length + command.members.length === 0 ? [] : [''];
}
