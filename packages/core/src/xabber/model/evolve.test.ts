import { describe, expect, it } from 'vitest';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import { bareJid } from '../testing/clockwork.js';
import type { ArchivedMessage, DatedEvent, GroupEvent } from './events.js';
import { evolve } from './evolve.js';
import {
  DEFAULT_PREFERENCES,
  type Member,
  memberByJid,
  NO_PACE,
  NOTHING_CHOSEN,
  type Properties,
  pairKey,
} from './group.js';
import { groupFrom, type LoadedGroup } from './loaded-group.js';
import type { Restriction, Right } from './rights.js';

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

const CREATED: Extract<GroupEvent, { kind: 'groupCreated' }> = {
  kind: 'groupCreated',
  properties: PROPERTIES,
};
const REQUESTED: Extract<GroupEvent, { kind: 'joinRequested' }> = {
  kind: 'joinRequested',
  member: 'r1',
  jid: ROMEO,
  nickname: undefined,
  version: 10,
};
const JOINED: GroupEvent = { kind: 'memberJoined', member: 'r1', version: 11 };
const LEFT: GroupEvent = { kind: 'memberLeft', member: 'r1', version: 12 };
const DELETED: GroupEvent = { kind: 'groupDeleted' };
const INACTIVE: GroupEvent = { kind: 'statusChanged', status: 'inactive' };
const NAMED: GroupEvent = { kind: 'profileTaken', member: 'r1', nickname: 'Romeo', version: 13 };

const granted = (right: Right, until = 0, version = 14): GroupEvent => ({
  kind: 'rightGranted',
  member: 'r1',
  right,
  until,
  version,
});

const revoked = (right: Right): GroupEvent => ({ kind: 'rightRevoked', member: 'r1', right, version: 17 });
const INVITED: GroupEvent = { ...REQUESTED, kind: 'invited', by: 'j1', version: 18 };
const UNINVITED: GroupEvent = { kind: 'invitationEnded', member: 'r1', version: 19 };
const seen = (resource: string, present: boolean): GroupEvent => ({
  kind: 'memberSeen',
  member: 'r1',
  resource,
  present,
  version: 21,
});
const card = (changes: { nickname?: string; badge?: string }): GroupEvent => ({
  kind: 'cardChanged',
  member: 'r1',
  version: 20,
  ...changes,
});
const pictured = (avatar: AvatarInfo | undefined): GroupEvent => ({
  kind: 'avatarChanged',
  member: 'r1',
  avatar,
  version: 22,
});
const PREFERRED: GroupEvent = {
  kind: 'preferencesChanged',
  member: 'r1',
  preferences: { collects: false, acceptsPrivateChats: false, receivesUpdates: false },
};

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
      avatar: undefined,
      parent: undefined,
      pace: NO_PACE,
      defaultRestrictions: new Map(),
      disclosures: new Map(),
      privateChats: new Map(),
      sessions: new Map(),
      recent: { tally: { minute: 0, count: 0 }, byMember: new Map() },
      typing: { states: new Map(), listeners: new Map() },
      members: new Map(),
      byJid: undefined,
      blocks: new Map(),
      size: 0,
      version: 0,
      lastStanzaId: 0,
      newestStanzaId: 0,
      rewriteVersion: 0,
    });
  });

  it('knows the group of which it is a private chat', () => {
    expect(after({ ...CREATED, parent: bareJid('mantua@groups.example.com') }).parent).toBe(
      'mantua@groups.example.com',
    );
  });

  it('knows the addresses of its private chats, whoever of a pair is named first', () => {
    const [first, second] = [bareJid('one@groups.example.com'), bareJid('two@groups.example.com')];
    const group = after(
      CREATED,
      { kind: 'privateChatOpened', pair: pairKey('b', 'a'), chat: first },
      { kind: 'privateChatOpened', pair: pairKey('a', 'c'), chat: first },
      { kind: 'privateChatOpened', pair: pairKey('c', 'a'), chat: second },
    );
    expect([...group.privateChats]).toEqual([
      ['a b', first],
      ['a c', second],
    ]);
  });

  it('is created first, and once', () => {
    expect(() => after(CREATED, CREATED)).toThrow('created twice');
    for (const event of [REQUESTED, JOINED, posted(1)])
      expect(() => after(event)).toThrow('of a group that does not exist');
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
      invitedBy: undefined,
      chosen: NOTHING_CHOSEN,
      preferences: DEFAULT_PREFERENCES,
      rights: new Map(),
      version: 10,
      joinedAt: 0,
      lastSeen: 2000,
    });
    const group = after(CREATED, REQUESTED);
    expect([group.size, group.version, memberByJid(group, ROMEO)?.id]).toEqual([0, 10, 'r1']);
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
    ['lost a right', [JOINED, granted('owner'), revoked('owner')], 1, 17],
    ['was invited again', [INVITED], 0, 18],
    ['was invited though he is in', [JOINED, INVITED], 0, 18],
    ['was uninvited', [INVITED, UNINVITED], 0, 19],
    ['chose a name', [JOINED, card({ nickname: 'R' })], 1, 20],
    ['came in sight', [JOINED, seen('phone', true)], 1, 21],
    ['chose a picture', [JOINED, pictured(AVATAR)], 1, 22],
    ['set his preferences', [JOINED, PREFERRED], 1, 11],
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
    expect(back).toEqual({ ...gone, subscription: 'both', version: 11, joinedAt: 10_000, lastSeen: 10_000 });
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

  it('loses a right, and only it', () => {
    const rights = [granted('owner'), granted('send-voice')];
    expect([...(romeo(...rights, revoked('owner'))?.rights ?? [])]).toEqual([['send-voice', 0]]);
    expect(romeo(...rights, revoked('owner'), revoked('send-voice'))?.rights.size).toBe(0);
    expect(romeo(...rights, revoked('send-audio'))?.rights.size).toBe(2);
  });

  it('knows who invited him while the invitation is open', () => {
    expect(romeo(INVITED)).toMatchObject({ subscription: 'wait', invitedBy: 'j1' });
    for (const [end, subscription] of [
      [JOINED, 'both'],
      [UNINVITED, 'none'],
      [LEFT, 'none'],
      [REQUESTED, 'wait'],
    ] as const) {
      const member = romeo(INVITED, end);
      expect([member?.subscription, member?.invitedBy]).toEqual([subscription, undefined]);
    }
  });

  it('keeps what he chose by hand apart from what was taken from his vCard', () => {
    expect(romeo(NAMED)?.chosen).toEqual(NOTHING_CHOSEN);
    expect(romeo(card({ badge: '7' }))).toMatchObject({ badge: '7', chosen: NOTHING_CHOSEN });
    const named = romeo(card({ nickname: 'R' }), card({ badge: '7' }), LEFT, REQUESTED);
    expect(named).toMatchObject({ nickname: 'R', badge: '7', chosen: { nickname: true, avatar: false } });
    expect(romeo(pictured(AVATAR))).toMatchObject({
      avatar: AVATAR,
      chosen: { nickname: false, avatar: true },
    });
    expect(romeo(pictured(AVATAR), pictured(undefined))).toMatchObject({
      avatar: undefined,
      chosen: { nickname: false, avatar: true },
    });
  });

  it('keeps his preferences when he leaves and comes back', () => {
    const preferences = { collects: false, acceptsPrivateChats: false, receivesUpdates: false };
    expect(romeo(JOINED, PREFERRED, LEFT, INVITED)?.preferences).toEqual(preferences);
  });

  it('is in sight as long as one of his devices shows the chat', () => {
    const sessions = (...events: readonly GroupEvent[]) => [
      ...(after(CREATED, REQUESTED, JOINED, ...events).sessions.get('r1') ?? []),
    ];
    const both = [seen('phone', true), seen('desk', true)];
    expect(sessions(...both)).toEqual([
      ['phone', 4000],
      ['desk', 5000],
    ]);
    expect(sessions(...both, seen('phone', true))).toEqual([
      ['phone', 6000],
      ['desk', 5000],
    ]);
    expect(sessions(...both, seen('phone', false))).toEqual([['desk', 5000]]);
    for (const end of [[seen('phone', false), seen('desk', false)], [LEFT], [INACTIVE]]) {
      expect(after(CREATED, REQUESTED, JOINED, ...both, ...end).sessions.size).toBe(0);
    }
    expect(romeo(JOINED, seen('phone', true), seen('phone', false))?.lastSeen).toBe(5000);
  });

  it('has one id for one JID', () => {
    const twin: GroupEvent = { ...REQUESTED, member: 'r2' };
    expect(() => after(CREATED, REQUESTED, twin)).toThrow('romeo@example.com is the member r1');
    const moved = after(CREATED, REQUESTED, { ...REQUESTED, jid: bareJid('romeo@example.net') });
    expect(memberByJid(moved, bareJid('romeo@example.net'))?.id).toBe('r1');
    expect(memberByJid(moved, ROMEO)).toBeUndefined();
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
    ['rightRevoked', revoked('owner')],
    ['invitationEnded', UNINVITED],
    ['cardChanged', card({ badge: '7' })],
    ['avatarChanged', pictured(undefined)],
    ['preferencesChanged', PREFERRED],
    ['memberSeen', seen('phone', true)],
    ['messagePosted', posted(1, 'r1')],
  ])('that nobody knows of cannot be the subject of %s', (_, event) => {
    expect(() => after(CREATED, event)).toThrow('the unknown member r1');
  });
});

describe('the group', () => {
  it('counts versions and messages forwards only', () => {
    const group = after(CREATED, REQUESTED, { ...JOINED, version: 5 }, posted(9), posted(8));
    expect([group.version, group.lastStanzaId]).toEqual([10, 9]);
  });

  it('ends with its deletion, and can be created again', () => {
    expect(() => after(CREATED, DELETED)).toThrow('no events');
    expect(after(CREATED, REQUESTED, DELETED, CREATED)).toEqual({ ...after(CREATED), createdAt: 4000 });
    expect(() => after(CREATED, DELETED, REQUESTED)).toThrow('of a group that does not exist');
  });

  it('keeps what was set last', () => {
    const properties = { ...PROPERTIES, name: 'Mantua' };
    const pace = { slowMode: 5, slowModeForNewcomers: 60 };
    const group = after(
      CREATED,
      { kind: 'propertiesChanged', properties },
      { kind: 'paceChanged', pace },
      { kind: 'messagePinned', stanzaId: 7 },
      { kind: 'groupAvatarChanged', avatar: AVATAR },
    );
    expect(group).toMatchObject({ properties, pace, pinned: 7, avatar: AVATAR });
    expect(evolve(group, VERONA, { kind: 'groupAvatarChanged', avatar: undefined, at: 1 })?.avatar).toBe(
      undefined,
    );
  });

  it('keeps what newcomers may not do', () => {
    const restrict = (restriction: Restriction, seconds: number | undefined): GroupEvent => ({
      kind: 'defaultRestrictionSet',
      restriction,
      seconds,
    });
    const events = [restrict('send-voice', 5), restrict('send-audio', 0), restrict('send-voice', 9)];
    expect([...after(CREATED, ...events, restrict('send-audio', undefined)).defaultRestrictions]).toEqual([
      ['send-voice', 9],
    ]);
  });

  it('has one disclosure from one member to another, until it is closed', () => {
    const offer = { from: 'r1', to: 'j1', type: 'offer', reason: '' } as const;
    const request = { ...offer, type: 'request', reason: 'who?' } as const;
    const back = { ...offer, from: 'j1', to: 'r1' };
    const opened = [offer, request, back].map(
      (disclosure): GroupEvent => ({ kind: 'disclosureOpened', disclosure }),
    );
    expect([...after(CREATED, ...opened).disclosures.values()]).toEqual([request, back]);
    const closed = after(CREATED, ...opened, { kind: 'disclosureClosed', from: 'r1', to: 'j1' });
    expect([...closed.disclosures.values()]).toEqual([back]);
    const ended = after(CREATED, ...opened, { kind: 'disclosureEnded', from: 'r1', to: 'j1' });
    expect([...ended.disclosures.values()]).toEqual([{ ...request, type: 'over', reason: '' }, back]);
  });

  it('counts how often its archive was rewritten, and keeps no image', () => {
    const rewrite = { notification: '' };
    const message = { stanzaId: 5, author: 'r1', id: 'i', originId: undefined, text: '', xml: '' };
    const group = after(
      CREATED,
      { kind: 'messageRetracted', stanzaId: 5, newest: 4, version: 1, ...rewrite },
      { kind: 'historyRetracted', author: undefined, newest: 3, version: 2, ...rewrite },
      { kind: 'messageReplaced', message, version: 4, ...rewrite },
      { kind: 'messageReplaced', message, version: 3, ...rewrite },
      { kind: 'avatarStored', id: 'a', mediaType: 'image/png', base64: 'aGVsbG8=' },
    );
    expect(group).toEqual({
      ...after(CREATED),
      rewriteVersion: 4,
      newestStanzaId: 3,
      recent: expect.anything(),
    });
  });

  it('knows the newest message that is still there, and the highest id that there was', () => {
    const message = { stanzaId: 5, author: 'r1', id: 'i', originId: undefined, text: '', xml: '' };
    const rewrite = { notification: '', version: 1 };
    const posted = after(CREATED, REQUESTED, { kind: 'messagePosted', message });
    expect(posted).toMatchObject({ newestStanzaId: 5, lastStanzaId: 5 });
    const retracted = after(
      CREATED,
      REQUESTED,
      { kind: 'messagePosted', message },
      { kind: 'messageRetracted', stanzaId: 5, newest: 2, ...rewrite },
    );
    expect(retracted).toMatchObject({ newestStanzaId: 2, lastStanzaId: 5 });
  });

  it('keeps blocks and its status', () => {
    const block = { address: bareJid('example.net'), member: undefined };
    const group = after(
      CREATED,
      { kind: 'blockAdded', block },
      { kind: 'blockAdded', block },
      { kind: 'blockAdded', block: { address: ROMEO, member: 'r1' } },
      { kind: 'blockRemoved', address: ROMEO },
      INACTIVE,
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
      privateChats: group.privateChats,
    };
    expect(groupFrom(group, lists)).toEqual(group);
  });
});
