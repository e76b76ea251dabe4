import { describe, expect, it } from 'vitest';
import { xml } from '../../xml/element.js';
import type { SearchRequest } from '../elements/search.js';
import type { GroupSummary } from '../store.js';
import { bareJid } from '../testing/clockwork.js';
import { only, text, texts } from '../testing/reading.js';
import { verona } from '../testing/scenes.js';
import { answerSearch } from './search.js';

const { properties } = verona().group();

const group = (local: string, more: Partial<GroupSummary['properties']>): GroupSummary => ({
  jid: bareJid(`${local}@groups.example.com`),
  properties: { ...properties, ...more },
  size: 12,
});

const LISTED = [
  group('mantua', { name: 'Mantua', description: 'Near Verona', membership: 'member-only' }),
  group('straße', { name: 'Straße', privacy: 'incognito' }),
  group('verona', {
    name: 'Verona Square',
    description: 'Where families fight',
    index: 'global',
    contacts: [bareJid('juliet@example.com'), bareJid('romeo@example.com')],
    domains: ['example.com', 'example.org'],
  }),
];

/** The payload of the answer, or the condition of the refusal. */
function answerTo(wanted: SearchRequest) {
  const { notices, refused } = answerSearch(wanted, LISTED);
  const [notice] = notices;
  if (notice?.kind !== 'result') throw new Error(refused?.condition ?? 'no answer');
  return xml('answer', {}, notice.payload);
}

const found = (wanted: SearchRequest): string[] =>
  texts(answerTo(wanted), 'query', 'item', 'jid').map((jid) => jid.replace(/@.*$/u, ''));

describe('a search for groups (row 89)', () => {
  it.each<[title: string, wanted: SearchRequest, names: readonly string[]]>([
    ['everything', {}, ['mantua', 'straße', 'verona']],
    ['empty fields', { name: '', description: ' ', privacy: '' }, ['mantua', 'straße', 'verona']],
    ['a part of a name', { name: 'ver' }, ['verona']],
    ['in capitals', { name: 'STRAß' }, ['straße']],
    ['a part of a description', { description: 'verona' }, ['mantua']],
    ['a privacy', { privacy: 'incognito' }, ['straße']],
    ['a membership', { membership: 'member-only' }, ['mantua']],
    ['an index', { index: 'global' }, ['verona']],
    ['all of them at once', { name: 'a', description: 'fight', membership: 'open' }, ['verona']],
    ['what there is not', { name: 'padua' }, []],
    ['no pattern', { name: '%' }, []],
  ])('for %s', (_, wanted, names) => {
    expect(found(wanted)).toEqual(names);
  });

  it('says of each group what the clients of that time read', () => {
    const item = only(answerTo({ name: 'square' }), 'query', 'item');
    for (const [name, value] of [
      ['jid', 'verona@groups.example.com'],
      ['name', 'Verona Square'],
      ['anonymous', 'public'],
      ['model', 'open'],
      ['description', 'Where families fight'],
      ['contacts', 'juliet@example.com,romeo@example.com'],
      ['domains', 'example.com,example.org'],
      ['member-count', '12'],
    ] as const) {
      expect(text(item, name)).toBe(value);
    }
  });

  it('comes in pages when it is asked so', () => {
    const answer = answerTo({ rsm: { max: 1, after: 'mantua@groups.example.com' } });
    expect(texts(answer, 'query', 'item', 'name')).toEqual(['Straße']);
    expect(text(answer, 'query', 'set', 'count')).toBe('3');
  });

  it('has no page behind a group that is not there', () => {
    expect(() => answerTo({ rsm: { after: 'padua@groups.example.com' } })).toThrow('item-not-found');
  });
});
