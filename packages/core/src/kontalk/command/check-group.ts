import { localpartOf, parseBareJid } from '../../jid/index.js';
import { failure, type Result } from '../../result.js';
import type { GroupElement } from '../elements/group.js';
import type { GroupExtension } from './command.js';
import { readGroup } from './read-group.js';

/** What each kind of command may hold (reference 1.3). */
const ALLOWED: Readonly<Record<string, readonly (keyof GroupElement)[]>> = {
  '': [],
  create: ['subjects', 'member'],
  set: ['subjects', 'add', 'remove', 'member'],
  part: ['part'],
};

const PARTS = ['subjects', 'add', 'remove', 'member', 'part'] as const;

/**
 * As {@link readGroup}, for what this project itself writes: nothing passes but the combinations of
 * reference 1.3. What fails here may well be understood when somebody else sends it.
 */
export function checkGroup(element: GroupElement): Result<GroupExtension> {
  const { type = '', owner = '', subjects, add, remove, member, part } = element;
  const allowed = type === '' && part ? ['part'] : ALLOWED[type];
  if (allowed === undefined || element.type === '') return failure('group@type', `unknown: ${type}`);
  for (const name of PARTS) {
    const there = name === 'part' ? part : element[name].length > 0;
    if (there && !allowed.includes(name)) return failure(`group/${name}`, 'does not belong there');
  }
  if (subjects.length > 1) return failure('group/subject', 'more than one');
  const bare = parseBareJid(owner);
  if (!bare.ok || localpartOf(bare.value) === undefined)
    return failure('group@owner', 'not a bare JID of a user');
  if (type === 'create' && member.length === 0) return failure('group/member', 'missing');
  const jids = new Set<string>();
  for (const [name, entries] of Object.entries({ add, remove, member })) {
    for (const { jid = '' } of entries) {
      const read = parseBareJid(jid);
      if (!read.ok) return failure(`group/${name}@jid`, read.error.reason);
      // Android lists whom it removes as a member; this project does not (reference 9.1).
      if (jids.has(read.value)) return failure(`group/${name}@jid`, 'named twice');
      if (read.value === bare.value) return failure(`group/${name}@jid`, 'names the owner');
      jids.add(read.value);
    }
  }
  return readGroup(element);
}
