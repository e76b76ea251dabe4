import type { BareJid } from '../../jid/index.js';
import type { GroupState } from '../model/group.js';
import { activeMembers } from '../model/members.js';

/**
 * The text of which the hash of a state is taken (reference 7.1). JIDs and ids hold no line feeds; of a subject only
 * the last but one line could be one, and it stands before the sorted JIDs.
 */
export const stateText = (group: GroupState, rev: number): string =>
  [group.key.owner, group.key.id, String(rev), group.subject ?? '', ...membersForAll(group)].join('\n');

/** Who has not answered an invitation yet is a member for all others. */
function membersForAll(group: GroupState): readonly BareJid[] {
  return [...activeMembers(group.my === 'invited' ? { ...group, my: 'member' } : group)].sort();
}

/** @param sha256 the SHA-256 of a text in UTF-8, in base64 */
export const stateHash = (group: GroupState, rev: number, sha256: (text: string) => string): string =>
  `sha-256:${sha256(stateText(group, rev))}`;
