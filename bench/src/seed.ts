import { createHash } from 'node:crypto';
import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import { type DatedEvent, PERMISSIONS, type Properties } from '@xmpp-groups/core/xabber';
import { openStore } from '@xmpp-groups/storage';

/** A group as it is to be. */
export interface SeedGroup {
  readonly jid: string;
  /** Bare JIDs; the first is the owner. */
  readonly members: readonly string[];
}

function jidOf(text: string): BareJid {
  const jid = parseBareJid(text);
  if (!jid.ok) throw new Error(`${text}: ${jid.error.reason}`);
  return jid.value;
}

const digest = (text: string): Buffer => createHash('sha1').update(text).digest();

/** The id of a member who was seeded. */
export const memberIdOf = (group: string, address: string): string =>
  digest(`${group} ${address}`).toString('hex').slice(0, 16);

/** Each member has an avatar (XEP-0084), as people have; it is in the card of each message. */
const avatarOf = (address: string) => ({
  id: digest(address).toString('hex'),
  bytes: 16_384,
  type: 'image/png',
  url: undefined,
});

/** The events by which a group with these members comes to be: those of its creation and of each joining. */
function eventsOf({ jid, members }: SeedGroup, at: number): DatedEvent[] {
  const properties: Properties = {
    name: 'A group of the benchmark',
    description: '',
    privacy: 'public',
    membership: 'open',
    index: 'local',
    contacts: [],
    domains: [],
  };
  const version = Math.floor(at / 1000);
  const joins = members.flatMap((address, place): DatedEvent[] => {
    const member = memberIdOf(jid, address);
    return [
      {
        kind: 'joinRequested',
        member,
        jid: jidOf(address),
        nickname: `Member ${String(place).padStart(4, '0')}`,
        version,
        at,
      },
      ...(place === 0
        ? PERMISSIONS.map(
            (right): DatedEvent => ({ kind: 'rightGranted', member, right, until: 0, version, at }),
          )
        : []),
      { kind: 'memberJoined', member, version, at },
      { kind: 'profileTaken', member, avatar: avatarOf(address), version, at },
    ];
  });
  return [{ kind: 'groupCreated', properties, at }, ...joins];
}

/** How many groups are written in one transaction. */
const TOGETHER = 500;

/**
 * Writes groups into a store before the daemon opens it. Joining one by one would bring a word about each to
 * all who are there: half a million copies for a thousand members, before anything is measured.
 */
export async function seedGroups(url: string, groups: readonly SeedGroup[]): Promise<void> {
  const store = await openStore(url);
  try {
    for (let from = 0; from < groups.length; from += TOGETHER) {
      const changes = groups.slice(from, from + TOGETHER).map((group) => ({
        group: jidOf(group.jid),
        revision: 0,
        events: eventsOf(group, Date.now()),
      }));
      const outcomes = await store.commit(changes);
      const failed = changes.find((_, at) => outcomes[at] === undefined || outcomes[at] === 'conflict');
      if (failed !== undefined) throw new Error(`${failed.group} could not be written`);
    }
  } finally {
    await store.close();
  }
}

/** How many messages the archives of groups hold, by their JIDs, once the daemon has ended. */
export async function countArchived(url: string, jids: readonly string[]): Promise<Map<string, number>> {
  const store = await openStore(url);
  try {
    const counts = new Map<string, number>();
    for (const jid of jids) {
      const { count } = await store.page(jidOf(jid), { page: { direction: 'forward', max: 1 } });
      counts.set(jid, count ?? 0);
    }
    return counts;
  } finally {
    await store.close();
  }
}
