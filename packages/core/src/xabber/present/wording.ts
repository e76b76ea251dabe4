import type { DisclosureStep } from '../command.js';
import type { Privacy, Status } from '../model/group.js';
import type { Right, Role } from '../model/rights.js';

const messages = (number: number): string => (number === 1 ? '1 message' : `${number} messages`);

const seconds = (number: number): string => (number === 1 ? '1 second' : `${number} seconds`);

/** What a group says in words (reference 5.5, 7.2): in one place, so that it can be said in another language. */
export const WORDING = {
  /** How somebody is called whose account was erased. */
  deletedAccount: 'Deleted account',
  created: (who: string, privacy: Privacy) => `${who} created ${privacy} group`,
  join: (who: string) => `${who} joined chat`,
  left: (who: string) => `${who} left chat`,
  avatarUpdated: (who: string) => `${who} updated avatar`,
  avatarUpdatedBy: (who: string, by: string) => `${by} updated avatar of ${who}`,
  groupAvatarChanged: (who: string) => `${who} changed group avatar`,
  promotedToOwner: (who: string, by: string) => `${who} was promoted to owner by ${by}`,
  promotedToAdmin: (who: string, by: string) => `${who} was promoted to admin by ${by}`,
  demoted: (who: string, by: string) => `${who} was demoted to member by ${by}`,
  permissionsChanged: (who: string, by: string) => `${who} permissions were changed by ${by}`,
  restricted: (who: string, by: string) => `${who} was restricted by ${by}`,
  restrictionsChanged: (who: string, by: string) => `${who} restrictions were changed by ${by}`,
  restrictionsCanceled: (who: string, by: string) => `${who} restrictions were canceled by ${by}`,
  rightsUpdated: (who: string, by: string) => `${who} rights were updated by ${by}`,
  succeeded: (who: string, role: Role) => `${who} was promoted to ${role}`,
  /** `more`: how many others it concerns besides. */
  expired: (who: readonly string[], more: number) =>
    `The time of some rights of ${who.join(', ')}${more > 0 ? ` and ${more} more` : ''} is over`,
  nameChanged: (who: string) => `${who} changed group name`,
  descriptionChanged: (who: string) => `${who} changed group description`,
  propertiesChanged: (who: string) => `${who} updated group properties`,
  /** Seconds between two messages; `0`: none. */
  paceChanged: (who: string, members: number, newcomers: number) => {
    if (members === 0 && newcomers === 0) return `${who} turned slow mode off`;
    if (newcomers <= members) return `${who} set slow mode: a message every ${seconds(members)}`;
    if (members === 0) return `${who} set slow mode for newcomers: a message every ${seconds(newcomers)}`;
    return `${who} set slow mode: a message every ${seconds(members)}, newcomers every ${seconds(newcomers)}`;
  },
  tooSoon: (slowMode: number, left: number) =>
    `Slow mode: you can send a message every ${seconds(slowMode)}. Please wait for ${seconds(left)} and send it again`,
  tooManyOfMember: (most: number, left: number) =>
    `You can send ${messages(most)} in a minute to a group here. Please wait for ${seconds(left)} and send it again`,
  tooManyInGroup: (most: number, left: number) =>
    `A group takes ${messages(most)} in a minute here. Please wait for ${seconds(left)} and send it again`,
  statusChanged: (who: string, status: string) => `${who} changed group status to ${status}`,
  messagePinned: (who: string) => `${who} pinned a message`,
  kicked: (who: string, whom: readonly string[]) => `${who} kicked ${whom.join(', ')} from chat`,
  blocked: (who: string, whom: readonly string[]) =>
    whom.length === 0
      ? `${who} blocked some users or domains`
      : `${who} blocked ${whom.join(', ')} from chat`,
  privateChatCreated: (who: string) => `${who} created private chat`,
  /** How a private chat is called, and what it is. */
  privateChatName: (who: string, other: string) => `${who} and ${other} chat`,
  privateChat: 'Private chat',
  /** Why somebody is invited to a private chat (reference 13.3). */
  invitedPrivately: (who: string, group: string, as: string) =>
    `${who} from ${group} invited you to chat privately. If you accept this invitation, you won't see each other's ` +
    `real XMPP IDs. You will be known as ${as}`,
  /** The same for clients that know nothing of invitations. */
  addPrivateChat: (reason: string, chat: string) => `${reason}\nAdd ${chat} to the contacts to join the chat`,
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

/** The name that somebody had before, in the words of `cardUpdated`; `undefined`: no name was changed. */
export const formerNameIn = (text: string): string | undefined =>
  /^(.*?) (?:is now known as|nickname was changed to) /su.exec(text)?.[1];

/**
 * What a member is told of another one, and nobody else, when that one discloses his JID, asks for it, or answers.
 * @param jid his real JID, where it is told
 */
export function disclosureText(
  type: DisclosureStep,
  who: string,
  jid: string | undefined,
  reason: string | undefined,
): string {
  const why = reason === undefined ? '' : `\n${reason}`;
  const answer = `\nYou can answer by the command “${COMMAND_NAMES.answerDisclosure}” of this group`;
  switch (type) {
    case 'offer':
      return `${who} tells you alone who he/she is: ${jid}${why}${answer}`;
    case 'request':
      return `${who} asks you who you are, and lets you know who he/she is if you tell${why}${answer}`;
    case 'accept':
      return `${who} is ${jid}, and knows who you are. You can add each other to your contacts${why}`;
    case 'decline':
      return `${who} does not tell you who he/she is${why}`;
  }
}

/** How ad-hoc commands are called. */
export const COMMAND_NAMES = {
  updates: 'Receive updates of this group',
  disclosure: 'Tell a member who I am, or ask who he/she is',
  answerDisclosure: 'Answer a member who told or asked',
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

/** How a right is called in forms (reference 9.2). */
export const RIGHT_LABELS: Readonly<Record<Right, string>> = {
  owner: 'Owner',
  'change-group': 'Change group',
  'set-permissions': 'Set permissions',
  'set-restrictions': 'Set restrictions',
  'change-users': 'Change users',
  'delete-messages': 'Delete messages',
  'send-messages': 'Send messages',
  'read-messages': 'Read messages',
  'send-invitations': 'Send invitations',
  'send-images': 'Send images',
  'send-audio': 'Send audio',
  'send-voice': 'Send voice messages',
  'send-stickers': 'Send stickers',
};

/** How the rights of the first generation are called (reference 9.1, 16). */
export const V0_RIGHT_LABELS = {
  owner: 'Owner',
  administrator: 'Administrator',
  'restrict-participants': 'Restrict participants',
  'block-participants': 'Block participants',
  'change-badges': 'Change badges',
  'change-nicknames': 'Change nicknames',
  'delete-messages': 'Delete messages',
  'send-messages': 'Send messages',
  'read-messages': 'Read messages',
  'send-invitations': 'Send invitations',
  'send-images': 'Send images',
  'send-audio': 'Send audio',
} as const;

/** For how long a right may be given, in seconds, and how that is called (reference 9.3); `0` is for ever. */
export const DURATIONS: readonly (readonly [seconds: number, label: string])[] = [
  [300, '5 minutes'],
  [600, '10 minutes'],
  [900, '15 minutes'],
  [1800, '30 minutes'],
  [3600, '1 hour'],
  [604_800, '1 week'],
  [2_592_000, '1 month'],
  [0, 'Forever'],
];
/** What a status means, for people (reference 5.5). */
export const STATUS_DESCRIPTIONS: Readonly<Record<Status, string>> = {
  fiesta: 'Everything is allowed',
  discussion: 'Regular conversation',
  regulated: 'Text and images, not too many',
  limited: 'Text only, not too much',
  restricted: 'Only administrators write',
  inactive: 'The group is switched off',
};
