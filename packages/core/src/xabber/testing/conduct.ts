import type { GroupCommand } from '../command.js';
import { COMING_AND_GOING } from './conduct/attendance.js';
import { THE_GROUP } from './conduct/group.js';
import { WRITING } from './conduct/messages.js';
import { COMPANY } from './conduct/people.js';
import { RIGHTS_CONDUCT } from './conduct/rights.js';
import type { Act } from './conduct/turn.js';

export type { Turn } from './conduct/turn.js';

/** What people do, for every command that there is: one that is left out does not compile. */
export const CONDUCT: Readonly<Record<GroupCommand['kind'], readonly Act[]>> = {
  ...COMING_AND_GOING,
  ...WRITING,
  ...COMPANY,
  ...RIGHTS_CONDUCT,
  ...THE_GROUP,
};
