import type { Privacy, Status } from '../model/group.js';

/** What a group says in words (reference 5.5, 7.2): in one place, so that it can be said in another language. */
export const WORDING = {
  created: (who: string, privacy: Privacy) => `${who} created ${privacy} group`,
  join: (who: string) => `${who} joined chat`,
  left: (who: string) => `${who} left chat`,
} as const;

/** How a status is called, and what it shows in the presence of the group (reference 5.5). */
export const STATUS_LABELS: Readonly<Record<Status, string>> = {
  fiesta: 'Fiesta',
  discussion: 'Discussion',
  regulated: 'Regulated',
  limited: 'Limited',
  restricted: 'Restricted',
  inactive: 'Inactive',
};
