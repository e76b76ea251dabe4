import { type DatedEvent, evolve, type LoadedGroup } from '@xmpp-groups/core/xabber';
import {
  asked,
  atRest,
  bare,
  created,
  GROUP,
  joined,
  memberId,
  message,
  NOW,
  posted,
  stanzaId,
} from '../samples.js';

/** The group after some events, as core has it. */
export const evolved = (events: readonly DatedEvent[]): LoadedGroup | undefined =>
  atRest(events.reduce<LoadedGroup | undefined>((group, event) => evolve(group, GROUP, event), undefined));

const AVATAR = { id: 'a'.repeat(40), bytes: 12_345, type: 'image/png', url: 'https://example.com/a.png' };
export const offer = { from: memberId(1), to: memberId(2), type: 'offer', reason: '' } as const;
const request = { from: memberId(2), to: memberId(1), type: 'request', reason: 'кто ты?' } as const;

const invitation = (number: number) => ({
  member: memberId(number),
  jid: bare(`guest${number}@example.com`),
  by: memberId(1),
  at: NOW + number,
});

/** A life with each event that there is, but for the end. */
export const history: readonly DatedEvent[] = [
  created(),
  asked(1),
  joined(1),
  asked(2, 'джульетта@example.com'),
  joined(2),
  asked(3),
  { kind: 'rightGranted', member: memberId(1), right: 'owner', until: 0, version: 10, at: NOW },
  {
    kind: 'rightGranted',
    member: memberId(2),
    right: 'change-group',
    until: 1_800_000_000,
    version: 11,
    at: NOW,
  },
  { kind: 'rightGranted', member: memberId(2), right: 'send-images', until: 0, version: 12, at: NOW },
  { kind: 'rightGranted', member: memberId(2), right: 'send-images', until: 7, version: 13, at: NOW },
  {
    kind: 'profileTaken',
    member: memberId(2),
    nickname: 'Джульетта "J" 😀',
    avatar: AVATAR,
    version: 14,
    at: NOW,
  },
  { kind: 'profileTaken', member: memberId(2), badge: "b'", version: 15, at: NOW },
  posted(20, { author: memberId(2) }),
  posted(21, { author: undefined, originId: undefined }),
  { kind: 'memberLeft', member: memberId(2), version: 22, at: NOW + 30 },
  { kind: 'blockAdded', block: { address: bare('spam.example'), member: undefined }, at: NOW },
  { kind: 'blockAdded', block: { address: bare('tybalt@example.com'), member: undefined }, at: NOW },
  { kind: 'blockAdded', block: { address: bare('tybalt@example.com'), member: memberId(3) }, at: NOW },
  { kind: 'statusChanged', status: 'limited', at: NOW },
  asked(2, 'джульетта@example.com'),
  { kind: 'invited', ...invitation(4), nickname: 'Paris', version: 30 },
  { kind: 'invited', ...invitation(5), nickname: undefined, version: 31 },
  joined(4, 32),
  { kind: 'invited', ...invitation(4), nickname: undefined, version: 33 },
  { kind: 'invitationEnded', member: memberId(5), version: 34, at: NOW + 40 },
  { kind: 'invitationEnded', member: memberId(4), version: 35, at: NOW + 40 },
  { kind: 'rightRevoked', member: memberId(2), right: 'send-images', version: 36, at: NOW + 41 },
  { kind: 'rightRevoked', member: memberId(2), right: 'send-audio', version: 37, at: NOW + 41 },
  { kind: 'defaultRestrictionSet', restriction: 'send-voice', seconds: 3600, at: NOW + 42 },
  { kind: 'defaultRestrictionSet', restriction: 'send-audio', seconds: 0, at: NOW + 42 },
  { kind: 'defaultRestrictionSet', restriction: 'send-voice', seconds: 60, at: NOW + 42 },
  { kind: 'defaultRestrictionSet', restriction: 'send-audio', seconds: undefined, at: NOW + 42 },
  { kind: 'blockRemoved', address: bare('spam.example'), at: NOW + 43 },
  { kind: 'blockRemoved', address: bare('never.example'), at: NOW + 43 },
  {
    kind: 'propertiesChanged',
    properties: {
      ...created().properties,
      name: 'Мантуя',
      index: 'none',
      contacts: [],
      domains: ['a.example', 'b'],
    },
    at: NOW + 44,
  },
  { kind: 'paceChanged', pace: { slowMode: 5, slowModeForNewcomers: 60 }, at: NOW + 45 },
  { kind: 'messagePinned', stanzaId: stanzaId(20), at: NOW + 46 },
  { kind: 'groupAvatarChanged', avatar: AVATAR, at: NOW + 47 },
  { kind: 'cardChanged', member: memberId(1), badge: 'count', version: 40, at: NOW + 48 },
  { kind: 'cardChanged', member: memberId(1), nickname: 'Paris', version: 41, at: NOW + 48 },
  { kind: 'cardChanged', member: memberId(1), badge: '', version: 42, at: NOW + 48 },
  { kind: 'avatarChanged', member: memberId(1), avatar: AVATAR, version: 43, at: NOW + 49 },
  { kind: 'avatarChanged', member: memberId(2), avatar: undefined, version: 44, at: NOW + 49 },
  { kind: 'avatarStored', id: AVATAR.id, mediaType: 'image/png', base64: 'aGVsbG8=', at: NOW + 50 },
  ...[true, false].map(
    (yes): DatedEvent => ({
      kind: 'preferencesChanged',
      member: memberId(yes ? 1 : 2),
      preferences: { collects: yes, acceptsPrivateChats: !yes, receivesUpdates: yes },
      at: NOW + 51,
    }),
  ),
  { kind: 'memberSeen', member: memberId(1), resource: 'x', present: true, version: 50, at: NOW + 52 },
  { kind: 'memberSeen', member: memberId(2), resource: 'x', present: true, version: 51, at: NOW + 53 },
  { kind: 'memberSeen', member: memberId(1), resource: 'x', present: false, version: 52, at: NOW + 54 },
  { kind: 'disclosureOpened', disclosure: offer, at: NOW + 55 },
  { kind: 'disclosureOpened', disclosure: request, at: NOW + 55 },
  { kind: 'disclosureOpened', disclosure: { ...offer, reason: 'я' }, at: NOW + 55 },
  { kind: 'disclosureClosed', from: memberId(2), to: memberId(1), at: NOW + 55 },
  { kind: 'disclosureClosed', from: memberId(2), to: memberId(1), at: NOW + 55 },
  {
    kind: 'messageReplaced',
    message: message(20, { text: 'x' }),
    version: 1,
    notification: 'r',
    at: NOW + 56,
  },
  { kind: 'messageRetracted', stanzaId: stanzaId(20), version: 2, notification: 'm', at: NOW + 57 },
  { kind: 'historyRetracted', author: memberId(2), version: 3, notification: 'u', at: NOW + 58 },
  { kind: 'historyRetracted', author: undefined, version: 4, notification: 'a', at: NOW + 59 },
  { kind: 'groupAvatarChanged', avatar: undefined, at: NOW + 60 },
];
