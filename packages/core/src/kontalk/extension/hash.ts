import type { GroupState } from '../model/group.js';
import { activeMembers } from '../model/members.js';

/**
 * The text of which the hash of a state is taken (reference 7.1). JIDs and ids hold no line feeds; of a subject only
 * the last but one line could be one, and it stands before the sorted JIDs.
 */
export function stateText(group: GroupState, rev: number): string {
  // Whether I have accepted the invitation is between me and my user: for all others I am a member.
  const members = activeMembers(group.my === 'invited' ? { ...group, my: 'member' } : group);
  return [group.key.owner, group.key.id, String(rev), group.subject ?? '', ...[...members].sort()].join('\n');
}

/**
 * The hash of a state, as `<state/>` says it: `sha-256:` and base64 (reference 7.1).
 * @param rev the version of the state
 * @param sha256 the SHA-256 of a text in UTF-8, in base64
 */
export const stateHash = (group: GroupState, rev: number, sha256: (text: string) => string): string =>
  `sha-256:${sha256(stateText(group, rev))}`;
