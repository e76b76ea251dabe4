import { refusal } from '../../stanza/error.js';
import type { GroupCommand } from '../command.js';
import { type Decision, refuseWith } from '../decision.js';
import type { Group } from '../model/group.js';

/**
 * The commands that change a group for all. While it is inactive none of them is taken (reference 5.5; 15, rows
 * 49 and 53): what a member decides for himself is, and so are leaving, deletion and the way back, a status.
 * Messages are refused where they are decided, with an explanation.
 */
const CHANGES: ReadonlySet<GroupCommand['kind']> = new Set<GroupCommand['kind']>(['setProperties', 'pin']);

/** The refusal of a command that an inactive group does not take; `undefined`: it may be decided. */
export const refusedAsInactive = (group: Group, command: GroupCommand): Decision | undefined =>
  group.status === 'inactive' && CHANGES.has(command.kind)
    ? refuseWith(refusal('not-allowed', 'The group is inactive: give it another status first'))
    : undefined;
