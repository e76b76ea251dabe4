import { NS } from '@xmpp-groups/core/xml';
import {
  attribute,
  childAttribute,
  childBoolean,
  childText,
  integerAttribute,
  parse,
  Registry,
} from 'stanza/jxt/index.js';
import { MESSAGE } from './group-message.js';

/** The message as stanza.js has things declared; nothing else is in its registry, which makes it fast. */
const registry = new Registry();
registry.define([
  {
    element: 'message',
    namespace: NS.client,
    path: 'message',
    fields: {
      from: attribute('from'),
      to: attribute('to'),
      type: attribute('type'),
      id: attribute('id'),
      body: childText(null, 'body'),
      originId: childAttribute(NS.stanzaIds, 'origin-id', 'id'),
      hint: childBoolean(NS.hints, 'no-permanent-store'),
    },
  },
  { element: 'x', namespace: NS.groups, path: 'message.author' },
  {
    element: 'reference',
    namespace: NS.references,
    path: 'message.author.card',
    fields: {
      type: attribute('type'),
      begin: integerAttribute('begin'),
      end: integerAttribute('end'),
    },
  },
  {
    element: 'user',
    namespace: NS.groups,
    path: 'message.author.card.user',
    fields: {
      id: attribute('id'),
      jid: childText(null, 'jid'),
      role: childText(null, 'role'),
      nickname: childText(null, 'nickname'),
    },
  },
  { element: 'metadata', namespace: NS.avatarMetadata, path: 'message.author.card.user.avatar' },
  {
    element: 'info',
    namespace: NS.avatarMetadata,
    aliases: [{ path: 'message.author.card.user.avatar.infos', multiple: true }],
    fields: {
      id: attribute('id'),
      bytes: integerAttribute('bytes'),
      type: attribute('type'),
      url: attribute('url'),
    },
  },
  {
    element: 'stanza-id',
    namespace: NS.stanzaIds,
    aliases: [{ path: 'message.stanzaIds', multiple: true }],
    fields: { by: attribute('by'), id: attribute('id') },
  },
]);

const { member } = MESSAGE;

const AROUND = { namespace: NS.client };

export const treeOfStanza = (text: string): unknown => parse(text);

export const readWithStanza = (text: string): unknown => registry.import(parse(text), AROUND);

export const buildWithStanza = (): string =>
  String(
    registry.export('message', {
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
            id: member.id,
            jid: member.jid,
            role: member.role,
            nickname: MESSAGE.nickname,
            avatar: { infos: [member.avatar] },
          },
        },
      },
      stanzaIds: [{ by: MESSAGE.from, id: MESSAGE.stanzaId }],
      body: MESSAGE.header + MESSAGE.text,
      originId: MESSAGE.id,
      hint: true,
    }),
  );
