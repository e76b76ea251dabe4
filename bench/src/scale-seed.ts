import { createHash } from 'node:crypto';
import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import { type DatedEvent, PERMISSIONS, type Properties } from '@xmpp-groups/core/xabber';
import { openStore } from '@xmpp-groups/storage';

/** How many groups there are, and how many members most and the large ones have. */
export interface Scale {
  readonly domain: string;
  /** All groups, the large ones among them: those with the first numbers. */
  readonly groups: number;
  readonly large: number;
  readonly membersOfLarge: number;
  readonly membersOfOthers: number;
  /** The members are so many users in turn: each is in several groups. */
  readonly users: number;
}

/** Groups that are written in one transaction. */
const TOGETHER = 250;

export const membersIn = ({ groups, large, membersOfLarge, membersOfOthers }: Scale): number =>
  large * membersOfLarge + (groups - large) * membersOfOthers;

export const scaleGroup = (scale: Scale, number: number): string =>
  `group-${String(number).padStart(6, '0')}@${scale.domain}`;

/** The owner of a group, who is its first member. */
export const ownerOf = (scale: Scale, number: number): string => userOf(scale, number, 0);

export const sizeOf = ({ large, membersOfLarge, membersOfOthers }: Scale, number: number): number =>
  number < large ? membersOfLarge : membersOfOthers;

/** 7919 is a prime: no two members of a group are the same user as long as there are more users than members. */
const userOf = ({ users }: Scale, group: number, place: number): string =>
  `user${String((group * 7919 + place) % users).padStart(6, '0')}@example.com`;

function jidOf(text: string): BareJid {
  const jid = parseBareJid(text);
  if (!jid.ok) throw new Error(`${text}: ${jid.error.reason}`);
  return jid.value;
}

const digest = (text: string): string => createHash('sha1').update(text).digest('hex');

const PROPERTIES: Properties = {
  name: 'A group among many',
  description: '',
  privacy: 'public',
  membership: 'open',
  index: 'local',
  contacts: [],
  domains: [],
};

/** What happened to a group from its creation to its first message. Each member has an avatar, as people have. */
function eventsOf(scale: Scale, number: number, at: number): DatedEvent[] {
  const version = Math.floor(at / 1000);
  const events: DatedEvent[] = [
    { kind: 'groupCreated', properties: { ...PROPERTIES, name: `Group ${number}` }, at },
  ];
  for (let place = 0; place < sizeOf(scale, number); place += 1) {
    const address = userOf(scale, number, place);
    const member = digest(`${number} ${address}`).slice(0, 16);
    const jid = jidOf(address);
    events.push(
      { kind: 'joinRequested', member, jid, nickname: `Nick ${address.slice(4, 10)}`, version, at },
      { kind: 'memberJoined', member, version, at },
      { kind: 'profileTaken', member, avatar: avatarOf(address), version, at },
    );
    if (place > 0) continue;
    for (const right of PERMISSIONS) {
      events.push({ kind: 'rightGranted', member, right, until: 0, version, at });
    }
    events.push({
      kind: 'messagePosted',
      at,
      message: {
        stanzaId: at * 1000,
        author: member,
        id: 'first',
        originId: 'first',
        text: 'Welcome to all of you',
        xml: '<body>Welcome to all of you</body>',
      },
    });
  }
  return events;
}

const avatarOf = (address: string) => ({
  id: digest(address),
  bytes: 16_384,
  type: 'image/png',
  url: undefined,
});

/** Writes all groups into a new store, as if their members had come one by one. */
export async function seedScale(url: string, scale: Scale, progress: (text: string) => void): Promise<void> {
  const store = await openStore(url);
  try {
    for (let first = 0; first < scale.groups; first += TOGETHER) {
      const count = Math.min(TOGETHER, scale.groups - first);
      const changes = Array.from({ length: count }, (_, place) => ({
        group: jidOf(scaleGroup(scale, first + place)),
        revision: 0,
        events: eventsOf(scale, first + place, Date.now()),
      }));
      const outcomes = await store.commit(changes);
      if (outcomes.includes('conflict')) throw new Error('a group was there already');
      if ((first / TOGETHER) % 40 === 0) progress(`  ${first} of ${scale.groups} groups`);
    }
  } finally {
    await store.close();
  }
}
