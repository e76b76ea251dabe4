import { attr, child, element, fullJid, jid, oneOf, text } from '@xmpp-groups/core/codec';
import { type BareJid, type FullJid, parseBareJid, parseFullJid } from '@xmpp-groups/core/jid';
import { authorMark, body } from '@xmpp-groups/core/xabber';
import { noPermanentStore, originId, stanzaId } from '@xmpp-groups/core/xep';
import { NS } from '@xmpp-groups/core/xml';

/** A member's message as all others get it from a group, as people who use core would declare it. */
export const groupMessage = element('message', NS.client, 'reference 6.2', {
  from: attr('from', jid),
  to: attr('to', fullJid),
  type: attr('type', oneOf('chat', 'groupchat')),
  id: attr('id', text),
  author: child(authorMark),
  stanzaId: child(stanzaId),
  body: child(body),
  originId: child(originId),
  hint: child(noPermanentStore),
});

function bare(address: string): BareJid {
  const read = parseBareJid(address);
  if (!read.ok) throw new Error(`${address}: ${read.error.reason}`);
  return read.value;
}

function full(address: string): FullJid {
  const read = parseFullJid(address);
  if (!read.ok) throw new Error(`${address}: ${read.error.reason}`);
  return read.value;
}

const AVATAR = '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12';

/** What the message says; all libraries write this. */
export const MESSAGE = {
  from: bare('verona@groups.example.com'),
  to: full('juliet@example.com/balcony-7f3a'),
  id: '6f9b52a6-0c1d-4b35-9f6e-000000000001',
  stanzaId: '1618491234567890',
  nickname: 'Romeo Montague',
  header: 'Romeo Montague:\n',
  text: 'Shall we meet at the same place as last time? I bring the wine & some <bread>.',
  member: {
    id: '8fb8f1c2a5d34b21',
    jid: bare('romeo@example.com'),
    role: 'member',
    avatar: {
      id: AVATAR,
      bytes: 16_384,
      type: 'image/png',
      url: `https://groups.example.com/avatars/${AVATAR}.png`,
    },
  },
} as const;

/** The same as a value of the declaration. */
export const MESSAGE_VALUE = {
  from: MESSAGE.from,
  to: MESSAGE.to,
  type: 'chat',
  id: MESSAGE.id,
  author: {
    card: {
      type: 'mutable',
      begin: 0,
      end: MESSAGE.header.length,
      user: {
        id: MESSAGE.member.id,
        jid: MESSAGE.member.jid,
        role: MESSAGE.member.role,
        nickname: MESSAGE.nickname,
        avatar: { infos: [MESSAGE.member.avatar] },
      },
    },
  },
  stanzaId: { by: MESSAGE.from, id: MESSAGE.stanzaId },
  body: { text: MESSAGE.header + MESSAGE.text },
  originId: { id: MESSAGE.id },
  hint: {},
} as const;
