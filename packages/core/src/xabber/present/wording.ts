import type { Privacy, Status } from '../model/group.js';

/** What a group says in words (reference 5.5, 7.2): in one place, so that it can be said in another language. */
export const WORDING = {
  created: (who: string, privacy: Privacy) => `${who} created ${privacy} group`,
  join: (who: string) => `${who} joined chat`,
  left: (who: string) => `${who} left chat`,
  kicked: (who: string, whom: readonly string[]) => `${who} kicked ${whom.join(', ')} from chat`,
  blocked: (who: string, whom: readonly string[]) =>
    whom.length === 0
      ? `${who} blocked some users or domains`
      : `${who} blocked ${whom.join(', ')} from chat`,
  /** For clients that know nothing of invitations: what it is about, and what to do. */
  invited: (who: string, name: string, group: string, reason: string | undefined) =>
    `${who} invites you to the group ${name}. Add ${group} to the contacts to join a group chat` +
    (reason === undefined ? '' : `\n${reason}`),
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
