import { describe, expect, it } from 'vitest';
import { bareJid } from '../testing/clockwork.js';
import type { ArchivedMessage, DatedEvent, GroupEvent } from './events.js';
import { evolve, groupFrom, type LoadedGroup } from './evolve.js';
import type { Member, Properties } from './group.js';
import type { Right } from './rights.js';

const VERONA = bareJid('verona@groups.example.com');
const ROMEO = bareJid('romeo@example.com');
const AVATAR = { id: 'a1', bytes: 1, type: 'image/png' };

const PROPERTIES: Properties = {
  name: 'Verona Square',
  description: '',
  privacy: 'public',
  membership: 'open',
  index: 'local',
  contacts: [],
  domains: [],
};

const CREATED: GroupEvent = { kind: 'groupCreated', properties: PROPERTIES };
const REQUESTED: GroupEvent = {
  kind: 'joinRequested',
  member: 'r1',
  jid: ROMEO,
  nickname: undefined,
  version: 10,
};
const JOINED: GroupEvent = { kind: 'memberJoined', member: 'r1', version: 11 };
const LEFT: GroupEvent = { kind: 'memberLeft', member: 'r1', version: 12 };
const NAMED: GroupEvent = { kind: 'profileTaken', member: 'r1', nickname: 'Romeo', version: 13 };

const granted = (right: Right, until = 0, version = 14): GroupEvent => ({
  kind: 'rightGranted',
  member: 'r1',
  right,
  until,
  version,
});

const posted = (stanzaId: number, author?: string): GroupEvent => ({
  kind: 'messagePosted',
  message: { stanzaId, author, id: 'i', originId: undefined, text: '', xml: '' } satisfies ArchivedMessage,
});

/** The group after the events; each happens a second after the one before it, the first at second 1. */
function after(...events: readonly GroupEvent[]): LoadedGroup {
  let group: LoadedGroup | undefined;
  for (const [index, event] of events.entries()) {
    group = evolve(group, VERONA, { ...event, at: (index + 1) * 1000 });
  }
  if (group === undefined) throw new Error('no events');
  return group;
}

const romeo = (...events: readonly GroupEvent[]): Member | undefined =>
  after(CREATED, REQUESTED, ...events).members.get('r1');

describe('a new group', () => {
  it('is empty', () => {
    expect(after(CREATED)).toEqual({
      jid: VERONA,
      properties: PROPERTIES,
      status: 'discussion',
      pinned: 0,
      createdAt: 1000,
      members: new Map(),
      byJid: new Map(),
      blocks: new Map(),
      size: 0,
      version: 0,
      lastStanzaId: 0,
    });
  });

  it('is created first, and once', () => {
    expect(() => after(CREATED, CREATED)).toThrow('created twice');
    for (const event of [REQUESTED, JOINED, posted(1)])
      expect(() => after(event)).toThrow('before its creation');
  });
});

describe('a member', () => {
  it('waits at first', () => {
    expect(romeo()).toEqual({
      id: 'r1',
      jid: ROMEO,
      subscription: 'wait',
      nickname: undefined,
      badge: '',
      avatar: undefined,
      rights: new Map(),
      version: 10,
      lastSeen: 2000,
    });
    const group = after(CREATED, REQUESTED);
    expect([group.size, group.version, group.byJid.get(ROMEO)]).toEqual([0, 10, 'r1']);
  });

  const sizes: readonly [title: string, events: readonly GroupEvent[], size: number, version: number][] = [
    ['joined', [JOINED], 1, 11],
    ['joined twice', [JOINED, JOINED], 1, 11],
    ['left', [JOINED, LEFT], 0, 12],
    ['left while waiting', [LEFT], 0, 12],
    ['left twice', [JOINED, LEFT, LEFT], 0, 12],
    ['asked again', [JOINED, LEFT, { ...REQUESTED, version: 15 }], 0, 15],
    ['came back', [JOINED, LEFT, { ...REQUESTED, version: 15 }, { ...JOINED, version: 16 }], 1, 16],
    ['was named', [JOINED, NAMED], 1, 13],
    ['was given a right', [JOINED, granted('owner')], 1, 14],
    ['wrote', [JOINED, posted(7, 'r1')], 1, 11],
  ];
  it.each(sizes)('who %s counts', (_, events, size, version) => {
    const group = after(CREATED, REQUESTED, ...events);
    expect([group.size, group.version, group.members.size]).toEqual([size, version, 1]);
  });

  it('keeps name, badge, avatar and restrictions when he leaves and asks again, but no permission', () => {
    const events: readonly GroupEvent[] = [
      JOINED,
      { ...NAMED, badge: '7', avatar: AVATAR },
      granted('owner'),
      granted('delete-messages'),
      granted('send-messages', 99),
    ];
    const gone = romeo(...events, LEFT);
    expect(gone).toMatchObject({ subscription: 'none', nickname: 'Romeo', badge: '7', avatar: AVATAR });
    expect([...(gone?.rights ?? [])]).toEqual([['send-messages', 99]]);
    const back = romeo(...events, LEFT, REQUESTED, JOINED);
    expect(back).toEqual({ ...gone, subscription: 'both', version: 11, lastSeen: 10_000 });
  });

  it('gets the name of a later request', () => {
    expect(romeo(NAMED, { ...REQUESTED, nickname: 'Mask' })?.nickname).toBe('Mask');
    expect(romeo(NAMED, REQUESTED)?.nickname).toBe('Romeo');
  });

  it('keeps what his profile does not mention', () => {
    const named: GroupEvent = {
      kind: 'profileTaken',
      member: 'r1',
      nickname: 'R',
      badge: '7',
      avatar: AVATAR,
      version: 1,
    };
    const untouched: GroupEvent = { kind: 'profileTaken', member: 'r1', version: 2 };
    expect(romeo(named, untouched)).toMatchObject({ nickname: 'R', badge: '7', avatar: AVATAR });
  });

  it('has each right once, until the last time that was said', () => {
    const rights = romeo(JOINED, granted('owner', 5), granted('send-voice'), granted('owner', 9))?.rights;
    expect([...(rights ?? [])]).toEqual([
      ['owner', 9],
      ['send-voice', 0],
    ]);
  });

  it('was last seen when he wrote', () => {
    expect(romeo(JOINED, posted(7, 'r1'))?.lastSeen).toBe(4000);
    expect(romeo(JOINED, posted(7))?.lastSeen).toBe(3000);
  });

  it.each([
    ['memberJoined', JOINED],
    ['memberLeft', LEFT],
    ['profileTaken', NAMED],
    ['rightGranted', granted('owner')],
  ])('that nobody knows of cannot be the subject of %s', (_, event) => {
    expect(() => after(CREATED, event)).toThrow('the unknown member r1');
  });
});

describe('the group', () => {
  it('counts versions and messages forwards only', () => {
    const group = after(CREATED, REQUESTED, { ...JOINED, version: 5 }, posted(9), posted(8));
    expect([group.version, group.lastStanzaId]).toEqual([10, 9]);
  });

  it('takes a message of an author whom it does not know as that of nobody', () => {
    const group = after(CREATED, posted(9, 'r1'));
    expect([group.lastStanzaId, group.members.size]).toEqual([9, 0]);
  });

  it('keeps blocks and its status', () => {
    const block = { address: bareJid('example.net'), member: undefined };
    const group = after(
      CREATED,
      { kind: 'blockAdded', block },
      { kind: 'blockAdded', block },
      { kind: 'statusChanged', status: 'inactive' },
    );
    expect([...group.blocks]).toEqual([['example.net', block]]);
    expect(group.status).toBe('inactive');
  });

  it('is changed in place, and nothing that was read from it before', () => {
    const group = after(CREATED, REQUESTED);
    const before = group.members.get('r1');
    const event: DatedEvent = { ...JOINED, at: 9000 };
    expect(evolve(group, VERONA, event)).toBe(group);
    expect(before?.subscription).toBe('wait');
  });

  it('is counted anew when it is loaded', () => {
    const group = after(CREATED, REQUESTED, JOINED, {
      kind: 'blockAdded',
      block: { address: ROMEO, member: 'r1' },
    });
    const lists = {
      members: group.members.values(),
      blocks: group.blocks.values(),
      defaultRestrictions: group.defaultRestrictions,
      disclosures: group.disclosures.values(),
    };
    expect(groupFrom(group, lists)).toEqual(group);
  });
});
