import { createHash } from 'node:crypto';
import { type DatedEvent, PERMISSIONS, type Properties } from '@xmpp-groups/core/xabber';
import { openStore } from '@xmpp-groups/storage';
import { bare } from './bare.js';

/** A group as it is to be. */
export interface SeedGroup {
  readonly jid: string;
  /** Bare JIDs; the first is the owner. */
  readonly members: readonly string[];
  /** The text of a message of the owner, the only one in the archive; absent: the archive is empty. */
  readonly welcome?: string;
}

const digest = (text: string): string => createHash('sha1').update(text).digest('hex');

/** The id of a member who was seeded. */
export const memberIdOf = (group: string, address: string): string =>
  digest(`${group} ${address}`).slice(0, 16);

/** Each member has an avatar (XEP-0084), as people have; it is in the card of each message. */
const avatarOf = (address: string) => ({
  id: digest(address),
  bytes: 16_384,
  type: 'image/png',
  url: undefined,
});

const PROPERTIES: Properties = {
  name: 'A group that was seeded',
  description: '',
  privacy: 'public',
  membership: 'open',
  index: 'local',
  contacts: [],
  domains: [],
};

const welcomed = (author: string, text: string, at: number): DatedEvent => ({
  kind: 'messagePosted',
  at,
  message: {
    stanzaId: at * 1000,
    author,
    id: 'first',
    originId: 'first',
    text,
    xml: `<body>${text}</body>`,
  },
});

/** The events by which a group with these members comes to be: those of its creation and of each joining. */
function eventsOf({ jid, members, welcome }: SeedGroup, at: number): DatedEvent[] {
  const version = Math.floor(at / 1000);
  const events: DatedEvent[] = [{ kind: 'groupCreated', properties: PROPERTIES, at }];
  for (const [place, address] of members.entries()) {
    const member = memberIdOf(jid, address);
    const nickname = `Member ${String(place).padStart(4, '0')}`;
    events.push({ kind: 'joinRequested', member, jid: bare(address), nickname, version, at });
    for (const right of place === 0 ? PERMISSIONS : []) {
      events.push({ kind: 'rightGranted', member, right, until: 0, version, at });
    }
    events.push(
      { kind: 'memberJoined', member, version, at },
      { kind: 'profileTaken', member, avatar: avatarOf(address), version, at },
    );
    if (place === 0 && welcome !== undefined) events.push(welcomed(member, welcome, at));
  }
  return events;
}

/** When groups with so many members have been gathered, they are written in one transaction. */
const TOGETHER = 5_000;

/**
 * Writes groups into a store that no daemon has loaded them from. Joining one by one would bring a word about each to
 * all who are there: half a million copies for a thousand members, before anything else can happen.
 * @throws Error when there is such a group already
 */
export async function seedGroups(url: string, groups: Iterable<SeedGroup>): Promise<void> {
  const store = await openStore(url);
  const write = async (some: readonly SeedGroup[]): Promise<void> => {
    const changes = some.map((group) => ({
      group: bare(group.jid),
      revision: 0,
      events: eventsOf(group, Date.now()),
    }));
    const outcomes = await store.commit(changes);
    const failed = changes.find((_, at) => outcomes[at] === undefined || outcomes[at] === 'conflict');
    if (failed !== undefined) throw new Error(`${failed.group} could not be written`);
  };
  try {
    let some: SeedGroup[] = [];
    let members = 0;
    for (const group of groups) {
      some.push(group);
      members += group.members.length;
      if (members < TOGETHER) continue;
      await write(some);
      some = [];
      members = 0;
    }
    await write(some);
  } finally {
    await store.close();
  }
}
