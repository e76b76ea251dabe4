import {
  type ArchivedMessage,
  type DatedEvent,
  type LoadedGroup,
  PERMISSIONS,
  RESTRICTIONS,
  type Status,
} from '@xmpp-groups/core/xabber';
import fc from 'fast-check';
import { asked, bare, created, memberId, message } from '../samples.js';

/** A step of a random history: what happens, to which of a few members, how long after the step before. */
export const step = fc.record({
  kind: fc.constantFrom<DatedEvent['kind']>(
    'groupCreated',
    'groupDeleted',
    'joinRequested',
    'invited',
    'invitationEnded',
    'memberJoined',
    'memberJoined',
    'memberLeft',
    'profileTaken',
    'rightGranted',
    'rightRevoked',
    'defaultRestrictionSet',
    'blockAdded',
    'blockRemoved',
    'propertiesChanged',
    'statusChanged',
    'paceChanged',
    'messagePinned',
    'groupAvatarChanged',
    'cardChanged',
    'avatarChanged',
    'avatarStored',
    'preferencesChanged',
    'memberSeen',
    'memberSeen',
    'disclosureOpened',
    'disclosureEnded',
    'disclosureClosed',
    'privateChatOpened',
    'avatarForgotten',
    'messagesCleaned',
    'accountErased',
    'messageRetracted',
    'historyRetracted',
    'messageReplaced',
    'messagePosted',
    'messagePosted',
    'messagePosted',
    'messagePosted',
  ),
  who: fc.integer({ min: 1, max: 4 }),
  whom: fc.integer({ min: 1, max: 4 }),
  wait: fc.integer({ min: 0, max: 3 }),
  yes: fc.boolean(),
  word: fc.option(fc.string({ unit: fc.constantFrom('a', 'b', 'ab', '😀'), maxLength: 6 }), {
    nil: undefined,
  }),
  right: fc.constantFrom(...PERMISSIONS, ...RESTRICTIONS),
  restriction: fc.constantFrom(...RESTRICTIONS),
  status: fc.constantFrom<Status>('fiesta', 'discussion', 'regulated', 'limited', 'restricted', 'inactive'),
  ends: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The event that a step stands for, or `undefined` when it cannot happen to the group as it is. */
export function eventOf(
  group: LoadedGroup | undefined,
  archive: readonly ArchivedMessage[],
  each: Step,
  at: number,
): DatedEvent | undefined {
  if (group === undefined) return each.kind === 'groupCreated' ? { ...created(), at } : undefined;
  return (
    groupEventOf(group, each, at) ??
    archiveEventOf(group, archive, each, at) ??
    (group.members.has(memberId(each.who)) ? memberEventOf(group, each, at) : undefined)
  );
}

function groupEventOf(group: LoadedGroup, each: Step, at: number): DatedEvent | undefined {
  const { kind, who, whom, word, yes } = each;
  const member = memberId(who);
  const version = group.version + 1;
  const address = bare(`d${who}.example`);
  switch (kind) {
    case 'groupDeleted':
      // Seldom, or nothing else would be tried.
      return yes && who === 1 && whom === 1 ? { kind, at } : undefined;
    case 'joinRequested':
      return { ...asked(who), kind, member, nickname: word, version, at };
    case 'invited':
      return {
        kind,
        member,
        jid: bare(`user${who}@example.com`),
        nickname: word,
        by: memberId(whom),
        version,
        at,
      };
    case 'defaultRestrictionSet':
      return { kind, restriction: each.restriction, seconds: yes ? who : undefined, at };
    case 'blockAdded':
      return { kind, block: { address, member: word }, at };
    case 'blockRemoved':
      return { kind, address, at };
    case 'propertiesChanged':
      return {
        kind,
        properties: { ...group.properties, name: word ?? '', index: yes ? 'none' : 'local' },
        at,
      };
    case 'statusChanged':
      return { kind, status: each.status, at };
    case 'paceChanged':
      return { kind, pace: { slowMode: who, slowModeForNewcomers: whom }, at };
    case 'messagePinned':
      return { kind, stanzaId: who, at };
    case 'groupAvatarChanged':
      return { kind, avatar: avatarOf(each), at };
    case 'avatarStored':
      return { kind, id: `a${who}`, mediaType: 'image/png', base64: word ?? '', at };
    case 'avatarForgotten':
      return { kind, id: `a${who}`, at };
    case 'disclosureOpened': {
      const disclosure = { from: member, to: memberId(whom), reason: word ?? '' };
      return { kind, disclosure: { ...disclosure, type: yes ? 'offer' : 'request' }, at };
    }
    case 'disclosureEnded':
    case 'disclosureClosed':
      return { kind, from: member, to: memberId(whom), at };
    case 'privateChatOpened':
      return { kind, pair: `${who} ${whom}`, chat: bare(`d${who}@groups.example.com`), at };
    default:
      return undefined;
  }
}

function archiveEventOf(
  group: LoadedGroup,
  archive: readonly ArchivedMessage[],
  { kind, who, whom, word, yes }: Step,
  at: number,
): DatedEvent | undefined {
  const chosen = archive[(who * 4 + whom) % Math.max(1, archive.length)];
  const rewrite = { version: group.rewriteVersion + 1, notification: word ?? '', at };
  switch (kind) {
    case 'messagePosted': {
      const author = yes && group.members.has(memberId(who)) ? memberId(who) : undefined;
      const stanzaId = Math.max(at * 1000, group.lastStanzaId + 1);
      const originId = word === undefined ? undefined : `${word}${stanzaId}`;
      return { kind, message: message(0, { stanzaId, author, originId, text: word ?? '' }), at };
    }
    case 'messageRetracted':
      return leaving(archive, { kind, stanzaId: chosen?.stanzaId ?? 1, newest: 0, ...rewrite });
    case 'historyRetracted': {
      const author = who === 1 && whom === 1 ? undefined : memberId(who);
      return leaving(archive, { kind, author, newest: 0, ...rewrite });
    }
    case 'messagesCleaned':
      return (
        chosen && { kind, messages: [{ ...chosen, id: 'clean', text: word ?? '', xml: word ?? '' }], at }
      );
    case 'messageReplaced':
      return chosen && { kind, message: { ...chosen, text: word ?? '', xml: word ?? '' }, ...rewrite };
    default:
      return undefined;
  }
}

/** A retraction that says what it leaves. */
const leaving = (
  archive: readonly ArchivedMessage[],
  event: Extract<DatedEvent, { kind: 'messageRetracted' | 'historyRetracted' }>,
): DatedEvent => ({ ...event, newest: archiveAfter(archive, event).at(-1)?.stanzaId ?? 0 });

function memberEventOf(group: LoadedGroup, each: Step, at: number): DatedEvent | undefined {
  const { kind, who, word, right, yes } = each;
  const changed = { member: memberId(who), version: group.version + 1, at };
  switch (kind) {
    case 'invitationEnded':
    case 'memberJoined':
    case 'memberLeft':
      return { kind, ...changed };
    case 'accountErased': {
      const jid = group.members.get(memberId(who))?.jid;
      // Seldom: nothing is left of a member afterwards.
      return jid === undefined || !yes ? undefined : { kind, jid, ...changed };
    }
    case 'profileTaken':
      return { kind, nickname: word, badge: word, avatar: yes ? 'none' : avatarOf(each), ...changed };
    case 'rightGranted':
      return { kind, right, until: yes ? at : 0, ...changed };
    case 'rightRevoked':
      return { kind, right, ...changed };
    case 'cardChanged':
      return { kind, nickname: yes ? word : undefined, badge: word, ...changed };
    case 'avatarChanged':
      return { kind, avatar: avatarOf(each), ...changed };
    case 'preferencesChanged': {
      const preferences = { collects: yes, acceptsPrivateChats: !yes, receivesUpdates: who % 2 === 0 };
      return { kind, member: memberId(who), preferences, at };
    }
    case 'memberSeen':
      return { kind, resource: word ?? '', present: yes, ...changed };
    default:
      return undefined;
  }
}

const avatarOf = ({ who, whom }: Step) =>
  who % 2 === 0 ? { id: `a${whom}`, bytes: whom, type: 'image/png', url: undefined } : undefined;

/** What is left of an archive after an event: the plainest way to say what each of them does. */
export function archiveAfter(
  archive: readonly ArchivedMessage[],
  event: DatedEvent,
): readonly ArchivedMessage[] {
  switch (event.kind) {
    case 'groupDeleted':
      return [];
    case 'messagePosted':
      return [...archive, event.message];
    case 'messageRetracted':
      return archive.filter(({ stanzaId }) => stanzaId !== event.stanzaId);
    case 'historyRetracted':
      return event.author === undefined ? [] : archive.filter(({ author }) => author !== event.author);
    case 'messagesCleaned':
      return archive.map((each) => event.messages.find((now) => now.stanzaId === each.stanzaId) ?? each);
    case 'messageReplaced':
      return archive.map((each) => (each.stanzaId === event.message.stanzaId ? event.message : each));
    default:
      return archive;
  }
}
