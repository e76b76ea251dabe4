import { describe, expect, it } from 'vitest';
import { parseJid } from '../../jid/index.js';
import { readStanza } from '../../stanza/stanza.js';
import { elementIn } from '../../testing/table.js';
import type { XmlElement } from '../../xml/element.js';
import { xml } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { HostQuestion } from '../command.js';
import { interpretHostIq } from '../interpret/iq.js';
import type { GroupSummary } from '../store.js';
import { bareJid, clockwork } from '../testing/clockwork.js';
import { all, only, text, texts } from '../testing/reading.js';
import { verona } from '../testing/scenes.js';
import { answerHost } from './host.js';

const read = parseJid('juliet@example.com/balcony');
if (!read.ok) throw new Error(read.error.reason);
const from = read.value;

const { properties } = verona().group();

const GROUPS: readonly GroupSummary[] = ['a', 'b', 'c', 'd'].map((name) => ({
  jid: bareJid(`${name}@groups.example.com`),
  properties: { ...properties, name: name.toUpperCase() },
  size: 1,
}));

const decided = (command: HostQuestion) => answerHost(command, GROUPS, clockwork());

/** The payload of the answer, in an element of its own. */
function answerTo(command: HostQuestion): XmlElement {
  const [notice, ...more] = decided(command).notices;
  if (notice?.kind !== 'result' || more.length > 0) throw new Error('no answer');
  return xml('answer', {}, notice.payload);
}

const info = (node?: string): HostQuestion => ({ kind: 'discoInfo', from, node });
const items = (node?: string, rsm?: Extract<HostQuestion, { kind: 'discoItems' }>['rsm']): HostQuestion => ({
  kind: 'discoItems',
  from,
  node,
  rsm,
});

const jids = (answer: XmlElement): (string | undefined)[] =>
  all(answer, 'query', 'item').map(({ attrs }) => attrs.jid);

describe('the host', () => {
  it.each([undefined, NS.groups, NS.groupsV0])('is a service for groups, at the node %s', (node) => {
    const query = only(answerTo(info(node)), `query ${NS.discoInfo}`);
    expect(only(query, 'identity').attrs).toMatchObject({ category: 'conference', type: 'server' });
    expect(query.attrs.node).toBe(node);
    const features = all(query, 'feature').map(({ attrs }) => attrs.var);
    expect(features).toEqual(expect.arrayContaining([NS.groups, NS.groupsV0]));
  });

  it('has none of the features that xabber-web would take for the account’s own server (T2)', () => {
    const features = all(answerTo(info()), 'query', 'feature').map(({ attrs }) => attrs.var ?? '');
    expect(
      features.filter((feature) => /rewrite|delivery|archive|auth-tokens|synchronization/.test(feature)),
    ).toEqual([]);
  });

  it('lists itself, with the node that clients look for (D.4)', () => {
    expect(all(answerTo(items()), 'query', 'item').map(({ attrs }) => attrs)).toMatchObject([
      { jid: 'groups.example.com', node: NS.groups },
    ]);
  });

  it.each([NS.groups, NS.groupsV0])('lists its groups at the node %s', (node) => {
    const answer = answerTo(items(node));
    expect(jids(answer)).toEqual(GROUPS.map(({ jid }) => jid));
    expect(all(answer, 'query', 'item').map(({ attrs }) => attrs.name)).toEqual(['A', 'B', 'C', 'D']);
    expect([only(answer, 'query').attrs.node, all(answer, 'query', 'set')]).toEqual([node, []]);
  });

  it.each([
    ['the first two', { max: 2 }, ['a', 'b'], '0'],
    ['those behind', { max: 2, after: 'b@groups.example.com' }, ['c', 'd'], '2'],
    ['the last one', { max: 1, before: '' }, ['d'], '3'],
    ['those before', { max: 2, before: 'd@groups.example.com' }, ['b', 'c'], '1'],
  ])('lists them in pages: %s', (_, rsm, names, index) => {
    const answer = answerTo(items(NS.groups, rsm));
    expect(jids(answer)).toEqual(names.map((name) => `${name}@groups.example.com`));
    const set = only(answer, 'query', 'set');
    expect([text(set, 'first'), text(set, 'last'), text(set, 'count')]).toEqual([
      `${names[0]}@groups.example.com`,
      `${names.at(-1)}@groups.example.com`,
      '4',
    ]);
    expect(only(set, 'first').attrs.index).toBe(index);
  });

  it('may be asked for the number of groups only', () => {
    const set = only(answerTo(items(NS.groups, { max: 0 })), 'query', 'set');
    expect([texts(set, 'count'), texts(set, 'first'), texts(set, 'last')]).toEqual([['4'], [], []]);
  });

  it.each([
    ['another node', info('urn:example')],
    ['the items of another node', items('urn:example')],
    ['a page behind no group', items(NS.groups, { after: 'x@groups.example.com' })],
  ])('knows nothing of %s', (_, command) => {
    expect(decided(command)).toMatchObject({
      events: [],
      notices: [],
      refused: { condition: 'item-not-found' },
    });
  });

  it('has a vCard', () => {
    const answer = answerTo({ kind: 'vcard', from });
    expect([text(answer, 'vCard', 'FN'), text(answer, 'vCard', 'JABBERID')]).toEqual([
      'Group Service',
      'groups.example.com',
    ]);
  });

  it.each([
    ['ping', []],
    ['version', ['query jabber:iq:version']],
    ['time', ['time urn:xmpp:time']],
    ['last', ['query jabber:iq:last']],
  ] as const)('answers %s', (kind, payload) => {
    expect(
      answerTo({ kind, from }).children.map(
        (node) => typeof node !== 'string' && `${node.name} ${node.attrs.xmlns}`,
      ),
    ).toEqual(payload);
  });

  it('answers a search in the words in which it was asked', () => {
    const search = (namespace: string): HostQuestion => {
      const iq = elementIn(
        `<iq from='juliet@example.com/balcony' to='groups.example.com' id='s1' type='get'><search xmlns='${namespace}'/></iq>`,
      );
      const stanza = readStanza(iq);
      const asked = stanza.ok && stanza.value.kind === 'iq' ? interpretHostIq(stanza.value) : undefined;
      if (!asked?.ok || asked.value.kind !== 'search') throw new Error('no search');
      return asked.value;
    };
    for (const namespace of [NS.groups, NS.groupsV0]) {
      expect(texts(answerTo(search(namespace)), `query ${namespace}`, `item ${namespace}`, 'name')).toEqual([
        'A',
        'B',
        'C',
        'D',
      ]);
    }
  });
});
