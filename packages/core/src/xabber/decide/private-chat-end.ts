import type { Group, Member } from '../model/group.js';

/**
 * Whether a group is a private chat that ends when `leaver` goes (reference 13.5): as soon as one of the two leaves
 * it, or when the second one does not even want to come. It has nobody who could lead it.
 */
export const endsChat = (group: Group, leaver: Member): boolean =>
  group.parent !== undefined &&
  (leaver.subscription === 'both' ||
    [...group.members.values()].every(({ id, subscription }) => id === leaver.id || subscription === 'none'));
