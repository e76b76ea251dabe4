import xmppXml from '@xmpp/xml';
import parseXmppXml from '@xmpp/xml/lib/parse.js';
import { NS, parse } from '@xmpp-groups/core/xml';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { createElement, parse as parseLtx } from 'ltx';
import { groupMessage, MESSAGE, MESSAGE_VALUE } from './group-message.js';
import { buildWithStanza, readWithStanza, treeOfStanza } from './stanza-definitions.js';

/** A library that reads and writes XML. */
export interface Library {
  readonly name: string;
  /** Reads the text as far as its elements. */
  parse(text: string): unknown;
  /** Reads the text as far as values that are checked and have names; `undefined`: the library has no such thing. */
  read: ((text: string) => unknown) | undefined;
  /** Makes the text of {@link MESSAGE}, from its parts. */
  build(): string;
}

const { member } = MESSAGE;

/** By the function that both `ltx` and `@xmpp/xml` have. */
const withElements = (make: typeof xmppXml): string => {
  const { avatar } = member;
  return make(
    'message',
    { from: MESSAGE.from, to: MESSAGE.to, type: 'chat', id: MESSAGE.id },
    make(
      'x',
      { xmlns: NS.groups },
      make(
        'reference',
        { xmlns: NS.references, type: 'mutable', begin: '0', end: String(MESSAGE.header.length) },
        make(
          'user',
          { xmlns: NS.groups, id: member.id },
          make('jid', {}, member.jid),
          make('role', {}, member.role),
          make('nickname', {}, MESSAGE.nickname),
          make(
            'metadata',
            { xmlns: NS.avatarMetadata },
            make('info', {
              id: avatar.id,
              bytes: String(avatar.bytes),
              type: avatar.type,
              url: avatar.url,
            }),
          ),
        ),
      ),
    ),
    make('stanza-id', { xmlns: NS.stanzaIds, by: MESSAGE.from, id: MESSAGE.stanzaId }),
    make('body', {}, MESSAGE.header + MESSAGE.text),
    make('origin-id', { xmlns: NS.stanzaIds, id: MESSAGE.id }),
    make('no-permanent-store', { xmlns: NS.hints }),
  ).toString();
};

const fastParser = new XMLParser({ ignoreAttributes: false, preserveOrder: true, parseTagValue: false });
const fastBuilder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

const withFastXml = (): string => {
  const { avatar } = member;
  return fastBuilder.build({
    message: {
      '@_from': MESSAGE.from,
      '@_to': MESSAGE.to,
      '@_type': 'chat',
      '@_id': MESSAGE.id,
      x: {
        '@_xmlns': NS.groups,
        reference: {
          '@_xmlns': NS.references,
          '@_type': 'mutable',
          '@_begin': '0',
          '@_end': String(MESSAGE.header.length),
          user: {
            '@_xmlns': NS.groups,
            '@_id': member.id,
            jid: member.jid,
            role: member.role,
            nickname: MESSAGE.nickname,
            metadata: {
              '@_xmlns': NS.avatarMetadata,
              info: {
                '@_id': avatar.id,
                '@_bytes': String(avatar.bytes),
                '@_type': avatar.type,
                '@_url': avatar.url,
              },
            },
          },
        },
      },
      'stanza-id': { '@_xmlns': NS.stanzaIds, '@_by': MESSAGE.from, '@_id': MESSAGE.stanzaId },
      body: MESSAGE.header + MESSAGE.text,
      'origin-id': { '@_xmlns': NS.stanzaIds, '@_id': MESSAGE.id },
      'no-permanent-store': { '@_xmlns': NS.hints },
    },
  });
};

/** The core, as it is for who uses it. */
export const OWN = 'xmpp-groups';

export const LIBRARIES: readonly Library[] = [
  {
    name: OWN,
    parse: (text) => parse(text),
    read: (text) => {
      const tree = parse(text);
      return tree.ok ? groupMessage.parse(tree.value) : tree;
    },
    build: () => groupMessage.print(MESSAGE_VALUE, NS.client),
  },
  { name: 'ltx', parse: parseLtx, read: undefined, build: () => withElements(createElement) },
  { name: '@xmpp/xml', parse: parseXmppXml, read: undefined, build: () => withElements(xmppXml) },
  { name: 'stanza', parse: treeOfStanza, read: readWithStanza, build: buildWithStanza },
  {
    name: 'fast-xml-parser',
    parse: (text) => fastParser.parse(text),
    read: undefined,
    build: withFastXml,
  },
];
