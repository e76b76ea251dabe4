import type { BareJid } from '@xmpp-groups/core/jid';
import {
  type ArchivedMessage,
  type Chosen,
  DEFAULT_PREFERENCES,
  type Disclosure,
  type Index,
  type Member,
  type Membership,
  NOTHING_CHOSEN,
  PERMISSIONS,
  type PlacedMessage,
  type Preferences,
  type Privacy,
  type Properties,
  RESTRICTIONS,
  type Restriction,
  type Right,
  type Rights,
  type Status,
  type Subscription,
} from '@xmpp-groups/core/xabber';
import type { AvatarInfo } from '@xmpp-groups/core/xep';
import { damagedRow } from './failure.js';

export interface PropertiesRow {
  readonly name: string;
  readonly description: string;
  readonly privacy: string;
  readonly membership: string;
  readonly listing: string;
  readonly contacts: string;
  readonly domains: string;
}

/**
 * What is read of a member. Of a large group there are thousands: as arrays, and with several flags in one number, they
 * are read in half the time.
 */
export const MEMBER_COLUMNS = `id, member, jid, subscription, nickname, badge, avatar, version, last_seen, joined_at,
  invited_by, (chose_nickname <> 0) + 2 * (chose_avatar <> 0),
  (collects <> 0) + 2 * (accepts_private_chats <> 0) + 4 * (receives_updates <> 0)`;

/** The values of these columns. */
export type MemberRow = readonly [
  id: number,
  member: string,
  jid: string,
  subscription: string,
  nickname: string | null,
  badge: string,
  avatar: string | null,
  version: number,
  lastSeen: number,
  joinedAt: number,
  invitedBy: string | null,
  chosen: number,
  preferences: number,
];

export interface MessageRow {
  readonly stanza_id: number;
  readonly author: string | null;
  readonly message_id: string;
  readonly origin_id: string | null;
  readonly text: string;
  readonly xml: string;
}

/** With the id of the message before it, if there is one. */
export interface PlacedRow extends MessageRow {
  readonly previous: number | null;
}

/** A reader of the values of one word list, which refuses every other value. */
function wordOf<T extends string>(what: string, words: readonly T[]): (text: string) => T {
  const known = new Map<string, T>(words.map((word) => [word, word]));
  return (text) => {
    const word = known.get(text);
    if (word === undefined) throw damagedRow(`the ${what} ${JSON.stringify(text)}`);
    return word;
  };
}

const privacyOf = wordOf<Privacy>('privacy', ['public', 'incognito']);
const membershipOf = wordOf<Membership>('membership', ['open', 'member-only']);
const indexOf = wordOf<Index>('index', ['none', 'local', 'global']);
const subscriptionOf = wordOf<Subscription>('subscription', ['wait', 'both', 'none']);
export const restrictionOf = wordOf<Restriction>('restriction', RESTRICTIONS);
export const disclosureTypeOf = wordOf<Disclosure['type']>('disclosure', ['offer', 'request', 'over']);
export const rightOf = wordOf<Right>('right', [...PERMISSIONS, ...RESTRICTIONS]);
export const statusOf = wordOf<Status>('status', [
  'fiesta',
  'discussion',
  'regulated',
  'limited',
  'restricted',
  'inactive',
]);

/** Every JID was prepared before it was written; to prepare 10,000 of them again would be felt. */
const isStoredJid = (text: string): text is BareJid => text !== '' && !text.includes('/');

export function storedJid(text: string): BareJid {
  if (isStoredJid(text)) return text;
  throw damagedRow(`the JID ${JSON.stringify(text)}`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw damagedRow(`the JSON ${json}`);
  }
}

const NO_TEXTS: readonly string[] = [];

function textsOf(json: string): readonly string[] {
  if (json === '[]') return NO_TEXTS;
  const value = parsed(json);
  if (!Array.isArray(value)) throw damagedRow(`the list ${json}`);
  return value.map((item: unknown) => {
    if (typeof item === 'string') return item;
    throw damagedRow(`the list ${json}`);
  });
}

const NO_JIDS: readonly BareJid[] = [];

const jidsOf = (json: string): readonly BareJid[] => {
  const texts = textsOf(json);
  return texts.length === 0 ? NO_JIDS : texts.map(storedJid);
};

export const propertiesOf = (row: PropertiesRow): Properties => ({
  name: row.name,
  description: row.description,
  privacy: privacyOf(row.privacy),
  membership: membershipOf(row.membership),
  index: indexOf(row.listing),
  contacts: jidsOf(row.contacts),
  domains: textsOf(row.domains),
});

const isAvatar = (value: unknown): value is AvatarInfo =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'bytes' in value &&
  typeof value.bytes === 'number' &&
  'type' in value &&
  typeof value.type === 'string' &&
  (!('url' in value) || typeof value.url === 'string');

export function avatarOf(json: string): AvatarInfo {
  const value = parsed(json);
  if (!isAvatar(value)) throw damagedRow(`the avatar ${json}`);
  return value;
}

/** Of what there are but a few values each is one object, however many members have it. */
const CHOSEN: readonly Chosen[] = [0, 1, 2, 3].map((bits) => ({
  nickname: (bits & 1) !== 0,
  avatar: (bits & 2) !== 0,
}));

const PREFERENCES: readonly Preferences[] = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
  collects: (bits & 1) !== 0,
  acceptsPrivateChats: (bits & 2) !== 0,
  receivesUpdates: (bits & 4) !== 0,
}));

export function memberOf(row: MemberRow, rights: Rights): Member {
  const [
    ,
    id,
    jid,
    subscription,
    nickname,
    badge,
    avatar,
    version,
    lastSeen,
    joinedAt,
    by,
    chosen,
    preferences,
  ] = row;
  return {
    id,
    jid: storedJid(jid),
    subscription: subscriptionOf(subscription),
    invitedBy: by ?? undefined,
    nickname: nickname ?? undefined,
    badge,
    avatar: avatar === null ? undefined : avatarOf(avatar),
    chosen: CHOSEN[chosen] ?? NOTHING_CHOSEN,
    preferences: PREFERENCES[preferences] ?? DEFAULT_PREFERENCES,
    rights,
    version,
    joinedAt,
    lastSeen,
  };
}

export const placedMessageOf = (row: PlacedRow): PlacedMessage => ({
  ...messageOf(row),
  previous: row.previous ?? 0,
});

export const messageOf = (row: MessageRow): ArchivedMessage => ({
  stanzaId: row.stanza_id,
  author: row.author ?? undefined,
  id: row.message_id,
  originId: row.origin_id ?? undefined,
  text: row.text,
  xml: row.xml,
});
