import type { Privacy, Status } from '../model/group.js';

/** What a group says in words (reference 5.5, 7.2): in one place, so that it can be said in another language. */
export const WORDING = {
  created: (who: string, privacy: Privacy) => `${who} created ${privacy} group`,
  join: (who: string) => `${who} joined chat`,
  left: (who: string) => `${who} left chat`,
  avatarUpdated: (who: string) => `${who} updated avatar`,
  avatarUpdatedBy: (who: string, by: string) => `${by} updated avatar of ${who}`,
  groupAvatarChanged: (who: string) => `${who} changed group avatar`,
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

/**
 * What happened to a member's nickname or badge, the two new ones being given as far as they changed.
 * @param by who did it, if not he himself
 */
export function cardUpdated(
  who: string,
  { nickname, badge }: { readonly nickname: string | undefined; readonly badge: string | undefined },
  by: string | undefined,
): string {
  const parts =
    by === undefined
      ? [
          nickname === undefined ? [] : `is now known as ${nickname}`,
          badge === undefined ? [] : 'changed his/her badge',
        ]
      : [
          nickname === undefined ? [] : `nickname was changed to ${nickname}`,
          badge === undefined ? [] : 'badge was changed',
        ];
  return `${who} ${parts.flat().join(' and ')}${by === undefined ? '' : ` by ${by}`}`;
}

/** How a status is called, and what it shows in the presence of the group (reference 5.5). */
export const STATUS_LABELS: Readonly<Record<Status, string>> = {
  fiesta: 'Fiesta',
  discussion: 'Discussion',
  regulated: 'Regulated',
  limited: 'Limited',
  restricted: 'Restricted',
  inactive: 'Inactive',
};
