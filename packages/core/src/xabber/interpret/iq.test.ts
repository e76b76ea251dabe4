import { describe, expect, it } from 'vitest';
import type { Result } from '../../result.js';
import type { StanzaError } from '../../stanza/error.js';
import { bare, full } from '../../testing/jids.js';
import { iqIn } from '../../testing/stanzas.js';
import { interpretGroupIq, interpretHostIq } from './iq.js';

const from = full('juliet@example.com/balcony');
const GROUPS = 'https://xabber.com/protocol/groups';
const INFO = "xmlns='http://jabber.org/protocol/disco#info'";
const ITEMS = "xmlns='http://jabber.org/protocol/disco#items'";
const RSM = "xmlns='http://jabber.org/protocol/rsm'";

const iq = (type: string, payload: string) =>
  iqIn(`<iq from='${from}' to='verona@groups.example.com/Group' id='1' type='${type}'>${payload}</iq>`);

/** What a refusal is about, or the command. */
const outcome = <C>(interpreted: Result<C, StanzaError>) =>
  interpreted.ok ? interpreted.value : `${interpreted.error.condition}: ${interpreted.error.text}`;

const SERVICE = [
  ['ping', "<ping xmlns='urn:xmpp:ping'/>"],
  ['version', "<query xmlns='jabber:iq:version'/>"],
  ['time', "<time xmlns='urn:xmpp:time'/>"],
  ['last', "<query xmlns='jabber:iq:last'/>"],
  ['vcard', "<vCard xmlns='vcard-temp'/>"],
] as const;

const NOT_ONE = 'bad-request: A request has exactly one child element';
const NOT_OFFERED = 'service-unavailable: This service is not offered here';

describe.each([
  ['the host', interpretHostIq],
  ['a group', interpretGroupIq],
] as const)('%s', (_, interpretIq) => {
  it.each(SERVICE)('is asked for %s', (kind, payload) => {
    expect(outcome<unknown>(interpretIq(iq('get', payload)))).toEqual({ kind, from });
  });

  it.each([
    ['what it is', `<query ${INFO}/>`, { kind: 'discoInfo', from }],
    ['what a node is', `<query ${INFO} node='${GROUPS}'/>`, { kind: 'discoInfo', from, node: GROUPS }],
    ['what it has', `<query ${ITEMS}/>`, { kind: 'discoItems', from }],
    ['what a node has', `<query ${ITEMS} node='${GROUPS}'/>`, { kind: 'discoItems', from, node: GROUPS }],
  ])('is asked %s', (_, payload, command) => {
    expect(outcome<unknown>(interpretIq(iq('get', payload)))).toEqual(command);
  });

  it.each([
    ['no payload', 'get', '', NOT_ONE],
    ['only text', 'get', 'ping', NOT_ONE],
    ['two payloads', 'get', "<ping xmlns='urn:xmpp:ping'/><ping xmlns='urn:xmpp:ping'/>", NOT_ONE],
    ['what is not known', 'get', "<query xmlns='jabber:iq:private'/>", NOT_OFFERED],
    ['a ping that sets', 'set', "<ping xmlns='urn:xmpp:ping'/>", NOT_OFFERED],
    ['a name that is not known', 'get', `<items ${INFO}/>`, NOT_OFFERED],
    [
      'a part of this protocol that is not known',
      'set',
      `<query xmlns='${GROUPS}#archive'/>`,
      `bad-request: This request is not known here: query in ${GROUPS}#archive`,
    ],
    [
      'a length that is no number',
      'get',
      `<query ${ITEMS}><set ${RSM}><max>many</max></set></query>`,
      'bad-request: query/set/max: not an integer',
    ],
  ])('refuses %s', (_, type, payload, refusal) => {
    expect(outcome<unknown>(interpretIq(iq(type, payload)))).toBe(refusal);
  });
});

const create = (payload: string) => iq('set', `<query xmlns='${GROUPS}#create'>${payload}</query>`);

describe('the host alone', () => {
  it('is asked for a page of the groups', () => {
    const asked = iq('get', `<query ${ITEMS} node='${GROUPS}'><set ${RSM}><max>2</max></set></query>`);
    expect(outcome(interpretHostIq(asked))).toEqual({
      kind: 'discoItems',
      from,
      node: GROUPS,
      rsm: { max: 2 },
    });
  });

  it.each([
    ['as clients write it', ''],
    ['as servers declare it', `xmlns='${GROUPS}'`],
  ])('is asked for a private chat, %s, whatever else is said', (_, xmlns) => {
    const partner = `<peer-to-peer ${xmlns} jid='verona@groups.example.com/Group' id='rom3oMemb'/>`;
    const command = {
      kind: 'openPrivateChat',
      from,
      group: bare('verona@groups.example.com'),
      id: 'rom3oMemb',
    };
    expect(outcome(interpretHostIq(create(partner)))).toEqual(command);
    expect(outcome(interpretHostIq(create(`<name>V</name>${partner}`)))).toEqual(command);
  });

  it('is asked to search', () => {
    const asked = iq('get', `<search xmlns='${GROUPS}'><name>ver</name></search>`);
    expect(outcome(interpretHostIq(asked))).toEqual({ kind: 'search', from, wanted: { name: 'ver' } });
  });

  it.each([
    ['by its name alone', '<name>Verona</name>', { name: 'Verona' }],
    ['with an empty description alone', '<description/>', { description: '' }],
    ['for some domains', '<domains/>', { domains: { jids: [] } }],
    [
      'in full',
      '<name>Verona</name><privacy>incognito</privacy><index>global</index><description>d</description>' +
        '<membership>member-only</membership><localpart>Verona</localpart>' +
        '<contacts><contact>romeo@example.com</contact></contacts><domains><domain>example.com</domain></domains>',
      {
        name: 'Verona',
        privacy: 'incognito',
        index: 'global',
        description: 'd',
        membership: 'member-only',
        localpart: 'Verona',
        contacts: { jids: [bare('romeo@example.com')] },
        domains: { jids: ['example.com'] },
      },
    ],
  ])('is asked for a new group %s', (_, payload, options) => {
    expect(outcome(interpretHostIq(create(payload)))).toEqual({ kind: 'create', from, options });
  });

  it.each([
    ['nothing', create(''), 'bad-request: Nothing is said about the new group: give it at least a name'],
    [
      'what it does not know',
      create('<colour>red</colour>'),
      'bad-request: Nothing is said about the new group: give it at least a name',
    ],
    [
      'an unknown privacy',
      create('<name>V</name><privacy>secret</privacy>'),
      'bad-request: query/privacy: not one of public, incognito',
    ],
    [
      'a question',
      iq('get', `<query xmlns='${GROUPS}#create'><name>V</name></query>`),
      `bad-request: This request is not known here: query in ${GROUPS}#create`,
    ],
    [
      'what only groups answer',
      iq('get', `<query xmlns='${GROUPS}#members' version='0'/>`),
      `bad-request: This request is not known here: query in ${GROUPS}#members`,
    ],
    ['an archive', iq('set', "<query xmlns='urn:xmpp:mam:2'/>"), NOT_OFFERED],
  ])('refuses %s', (_, asked, refusal) => {
    expect(outcome(interpretHostIq(asked))).toBe(refusal);
  });
});

describe('a group alone', () => {
  it.each([
    ['the members', `<query xmlns='${GROUPS}#members' version='0'/>`, { kind: 'members', from, since: 0 }],
    ['the changes', `<query xmlns='${GROUPS}#members' version='3'/>`, { kind: 'members', from, since: 3 }],
    ['the members, without a version', `<query xmlns='${GROUPS}#members'/>`, { kind: 'members', from }],
    [
      'a page of the members',
      `<query xmlns='${GROUPS}#members'><set ${RSM}><max>50</max><after>a</after></set></query>`,
      { kind: 'members', from, rsm: { max: 50, after: 'a' } },
    ],
    ['oneself', `<query xmlns='${GROUPS}#members' id=''/>`, { kind: 'member', from, id: '' }],
    ['a member', `<query xmlns='${GROUPS}#members' id='a' version='3'/>`, { kind: 'member', from, id: 'a' }],
    ['all rights', `<query xmlns='${GROUPS}#rights'/>`, { kind: 'allRights', from }],
    [
      'the rights of a member',
      `<query xmlns='${GROUPS}#rights'><user xmlns='${GROUPS}' id='a'/></query>`,
      { kind: 'rights', from, id: 'a' },
    ],
    [
      'the own rights',
      `<query xmlns='${GROUPS}#rights'><user xmlns='${GROUPS}' id=''/></query>`,
      { kind: 'rights', from, id: '' },
    ],
    [
      'an avatar',
      "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data#a'/></pubsub>",
      { kind: 'readAvatar', from, node: 'urn:xmpp:avatar:data#a', part: 'data', owner: 'a' },
    ],
    ['the invitations', `<query xmlns='${GROUPS}#invite'/>`, { kind: 'invitations', from }],
    ['who is blocked', `<query xmlns='${GROUPS}#block'/>`, { kind: 'blocks', from }],
    [
      'what the archive can be searched by',
      "<query xmlns='urn:xmpp:mam:2'/>",
      { kind: 'archiveForm', from, version: 'urn:xmpp:mam:2' },
    ],
  ])('is asked for %s', (_, payload, command) => {
    expect(outcome(interpretGroupIq(iq('get', payload)))).toEqual(command);
  });

  const PARIS = bare('paris@example.net');
  it.each([
    [
      'to invite somebody',
      `<invite xmlns='${GROUPS}#invite'><jid>Paris@example.net/crypt</jid><send>1</send><reason> Come </reason></invite>`,
      { kind: 'invite', from, jid: PARIS, send: true, reason: 'Come' },
    ],
    [
      'to let him be told by others',
      `<invite xmlns='${GROUPS}#invite'><jid>paris@example.net</jid><reason/></invite>`,
      { kind: 'invite', from, jid: PARIS, send: false, reason: undefined },
    ],
    ['to forget an invitation', `<decline xmlns='${GROUPS}#invite'/>`, { kind: 'decline', from }],
    [
      'to take some back',
      `<revoke xmlns='${GROUPS}#invite'><jid>paris@example.net</jid><jid>Paris@example.net</jid></revoke>`,
      { kind: 'revoke', from, jids: [PARIS] },
    ],
    [
      'to kick members',
      `<kick xmlns='${GROUPS}'><id>a</id><jid>paris@example.net/crypt</jid></kick>`,
      { kind: 'kick', from, ids: ['a'], jids: [full('paris@example.net/crypt')] },
    ],
    [
      'to block people and domains',
      `<block xmlns='${GROUPS}#block'><domain>Evil.example</domain><id>a</id><jid>paris@example.net</jid></block>`,
      { kind: 'block', from, ids: ['a'], addresses: [PARIS, bare('evil.example')] },
    ],
    [
      'to unblock them',
      `<unblock xmlns='${GROUPS}#block'><jid>paris@example.net</jid></unblock>`,
      { kind: 'unblock', from, ids: [], addresses: [PARIS] },
    ],
  ])('is asked %s', (_, payload, command) => {
    expect(outcome(interpretGroupIq(iq('set', payload)))).toEqual(command);
  });

  it('is asked for the archive', () => {
    expect(outcome(interpretGroupIq(iq('set', "<query xmlns='urn:xmpp:mam:2' queryid='q'/>")))).toEqual({
      kind: 'archive',
      from,
      version: 'urn:xmpp:mam:2',
      queryId: 'q',
      query: { page: { direction: 'forward', max: 50 } },
    });
  });

  it.each([
    [
      'a version that does not compare',
      iq('get', `<query xmlns='${GROUPS}#members' version='v'/>`),
      'bad-request: query@version: not an integer',
    ],
    [
      'a user without an id',
      iq('get', `<query xmlns='${GROUPS}#rights'><user xmlns='${GROUPS}'/></query>`),
      'bad-request: query/user@id: missing',
    ],
    [
      'an invitation of nobody',
      iq('set', `<invite xmlns='${GROUPS}#invite'><send>true</send></invite>`),
      'bad-request: invite/jid: missing',
    ],
    ['to kick nobody', iq('set', `<kick xmlns='${GROUPS}'/>`), 'bad-request: Nobody is named'],
    ['to revoke nothing', iq('set', `<revoke xmlns='${GROUPS}#invite'/>`), 'bad-request: Nobody is named'],
    ['to block nobody', iq('set', `<block xmlns='${GROUPS}#block'/>`), 'bad-request: Nobody is named'],
    [
      'to block what is no domain',
      iq('set', `<block xmlns='${GROUPS}#block'><domain>a@b</domain></block>`),
      'not-allowed: a@b: a JID, not a domain',
    ],
    [
      'a new group',
      create('<name>V</name>'),
      `bad-request: This request is not known here: query in ${GROUPS}#create`,
    ],
    [
      'an archive of another kind',
      iq('set', "<query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data'/></query>"),
      'bad-request: query/x@type: missing',
    ],
  ])('refuses %s', (_, asked, refusal) => {
    expect(outcome(interpretGroupIq(asked))).toBe(refusal);
  });
});
