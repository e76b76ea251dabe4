import type { XmlElement } from '../../xml/element.js';

/** What the released Java clients read of a `<group/>` (reference 1.5). */
export interface JavaGroup {
  readonly id: string;
  readonly owner: string;
  readonly type: 'none' | 'create' | 'set' | 'part' | 'get' | 'result';
  readonly subject: string;
  readonly members: readonly { readonly operation: 'member' | 'add' | 'remove'; readonly jid: string }[];
}

const TYPES = ['create', 'set', 'part', 'get', 'result'] as const;
const OPERATIONS = ['member', 'add', 'remove'] as const;

/**
 * Reads as their parser does, with its faults: elements at any depth, by their local names; the last text of a
 * subject; the first end of any element called `group` ends everything. `undefined`: the stanza counts as one
 * between two people.
 */
export function javaReads(root: XmlElement): JavaGroup | undefined {
  const { id, owner } = root.attrs;
  const name = root.attrs.type ?? '';
  const type = name === '' ? 'none' : TYPES.find((candidate) => candidate === name);
  if (id === undefined || owner === undefined || type === undefined) return undefined;
  const members: JavaGroup['members'][number][] = [];
  let subject = '';
  /** `true` when an end of `group` was met. */
  const walk = (element: XmlElement): boolean => {
    for (const child of element.children) {
      if (typeof child === 'string') {
        if (element.name === 'subject') subject = child;
        continue;
      }
      const operation = OPERATIONS.find((candidate) => candidate === child.name);
      const { jid } = child.attrs;
      if (operation !== undefined && jid !== undefined) members.push({ operation, jid });
      if (walk(child) || child.name === 'group') return true;
    }
    return false;
  };
  walk(root);
  return { id, owner, type, subject, members };
}

/** The members that Android knows after a command, from those that it knew; without itself (reference 2.3). */
export function androidMembers(known: readonly string[], read: JavaGroup, me: string): readonly string[] {
  const listed = read.members.filter(({ operation }) => operation !== 'remove').map(({ jid }) => jid);
  const removed = read.members.filter(({ operation }) => operation === 'remove').map(({ jid }) => jid);
  const used =
    read.type === 'create'
      ? read.members.flatMap(({ operation, jid }) => (operation === 'member' ? [jid] : []))
      : listed;
  const union = new Set([...known, ...used, read.owner]);
  for (const jid of [...(read.type === 'set' ? removed : []), me]) union.delete(jid);
  return [...union];
}
