import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import type {
  ArchivedMessage,
  ArchiveQuery,
  DatedEvent,
  LoadedGroup,
  Properties,
  Store,
} from '@xmpp-groups/core/xabber';
import { expect } from 'vitest';

export function bare(text: string): BareJid {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.reason}`);
  return read.value;
}

export const GROUP = bare('verona@groups.example.com');
/** 2026-01-01T00:00:00Z, in milliseconds. */
export const NOW = 1_767_225_600_000;
/** An id with 16 characters, as members have them. */
export const memberId = (number: number): string => `m${String(number).padStart(15, '0')}`;

export const created = (
  changes: Partial<Properties> = {},
  parent?: BareJid,
): Extract<DatedEvent, { kind: 'groupCreated' }> => ({
  kind: 'groupCreated',
  properties: {
    name: 'Verona',
    description: 'Площадь',
    privacy: 'public',
    membership: 'open',
    index: 'global',
    contacts: [bare('juliet@example.com')],
    domains: ['example.com'],
    ...changes,
  },
  parent,
  at: NOW,
});

export const asked = (
  number: number,
  jid = `user${number}@example.com`,
): Extract<DatedEvent, { kind: 'joinRequested' }> => ({
  kind: 'joinRequested',
  member: memberId(number),
  jid: bare(jid),
  nickname: `Nick ${number}`,
  version: number,
  at: NOW + number,
});

export const joined = (number: number, version = number): DatedEvent => ({
  kind: 'memberJoined',
  member: memberId(number),
  version,
  at: NOW + number,
});

/** A new group with its first member, who writes the messages of these samples. */
export const BEGINNING: readonly DatedEvent[] = [created(), asked(1), joined(1)];

/** The id of the n-th message: one second after the one before it. */
export const stanzaId = (number: number): number => (NOW + number * 1000) * 1000;

export const message = (number: number, changes: Partial<ArchivedMessage> = {}): ArchivedMessage => ({
  stanzaId: stanzaId(number),
  author: memberId(1),
  id: `id-${number}`,
  originId: `origin-${number}`,
  text: `text ${number}`,
  xml: `<body>text ${number}</body>`,
  ...changes,
});

export const posted = (number: number, changes: Partial<ArchivedMessage> = {}): DatedEvent => ({
  kind: 'messagePosted',
  message: message(number, changes),
  at: NOW + number * 1000,
});

/** Commits events to a group at whatever revision it has. */
export async function commit(store: Store, events: readonly DatedEvent[], group = GROUP): Promise<void> {
  const revision = (await store.load(group))?.revision ?? 0;
  const [outcome] = await store.commit([{ group, revision, events }]);
  if (outcome === 'conflict') throw new Error(`${group}: ${outcome}`);
}

/** A group as it comes back from a store: nobody has it open or has just written. */
export const atRest = (group: LoadedGroup | undefined): LoadedGroup | undefined =>
  group && {
    ...group,
    sessions: new Map(),
    typing: { states: new Map(), listeners: new Map() },
    recent: { tally: { minute: 0, count: 0 }, byMember: new Map() },
  };

/** A query for the oldest messages, as many as there are. */
export const query = (changes: Partial<ArchiveQuery> = {}): ArchiveQuery => ({
  page: { direction: 'forward', max: 1000 },
  ...changes,
});

/**
 * The numbers of all messages that a query finds, in the order of the answer. Each of them has to name the one before it
 * in the archive, whatever was asked for.
 */
export async function found(store: Store, changes: Partial<ArchiveQuery>): Promise<number[]> {
  const { messages } = await store.page(GROUP, query(changes));
  const ids = (await store.page(GROUP, query())).messages.map((each) => each.stanzaId);
  const before = new Map(ids.map((id, index) => [id, ids[index - 1] ?? 0]));
  for (const each of messages) expect(each.previous).toBe(before.get(each.stanzaId));
  return messages.map((each) => (each.stanzaId / 1000 - NOW) / 1000);
}
