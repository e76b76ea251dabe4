import { describe, expect, it } from 'vitest';
import { BEGINNING, bare, commit, found, GROUP, memberId, posted, query, stanzaId } from '../samples.js';
import type { Open } from './opened.js';

const TEXTS = [
  'Привет, МИР! Ёжик в тумане',
  '100% of "quoted" text_with* (operators) AND NOT -this: ^that',
  'Party 😀😀😀 tonight 👩‍👩‍👧',
  'Straße nach ΣΊΣΥΦΟΣ',
  "it's a back\\slash; DROP TABLE messages; --",
  'й',
  'a b\nc',
  '',
  'мир 100',
];

export function searchContract(open: Open): void {
  it('what messages carry', async () => {
    const store = await open();
    const file = (type: string): string => `<file><media-type>${type}</media-type></file>`;
    const xml = ['', file('image/png'), file('audio/ogg'), file('image/gif') + file('video/mp4'), ''];
    await commit(store, [
      ...BEGINNING,
      ...xml.map((each, at) => posted(at + 1, { xml: each, text: at % 2 === 0 ? 'even' : 'uneven' })),
      posted(6, { author: undefined, originId: undefined, xml: file('image/png') }),
    ]);
    expect(await found(store, { carrying: ['image'] })).toEqual([2, 4, 6]);
    expect(await found(store, { carrying: ['audio', 'video'] })).toEqual([3, 4]);
    expect(await found(store, { carrying: ['sticker'] })).toEqual([]);
    expect(await found(store, { carrying: ['image'], author: memberId(1) })).toEqual([2, 4]);
    expect(await found(store, { carrying: ['audio', 'image'], withText: 'EVEN' })).toEqual([2, 3, 4]);
    expect(await found(store, { carrying: ['image'], ids: [stanzaId(1), stanzaId(4)] })).toEqual([4]);
    const page = await store.page(
      GROUP,
      query({ carrying: ['image'], page: { direction: 'backward', max: 2 } }),
    );
    expect([page.messages.map(({ stanzaId: id }) => id), page.count, page.complete]).toEqual([
      [stanzaId(4), stanzaId(6)],
      3,
      false,
    ]);
  });

  describe('text', () => {
    const searched = async () => {
      const store = await open();
      await commit(store, [...BEGINNING, ...TEXTS.map((text, index) => posted(index + 1, { text }))]);
      await commit(
        store,
        [...BEGINNING, posted(1, { text: TEXTS.join(' ') })],
        bare('mantua@groups.example.com'),
      );
      return store;
    };

    it.each([
      ['a word', 'quoted', [2]],
      ['the middle of a word', 'uote', [2]],
      ['upper for lower case', 'PARTY', [3]],
      ['Cyrillic in the other case', 'пРИВЕТ', [1]],
      ['Cyrillic across words', 'т, мир', [1]],
      ['Cyrillic, three letters', 'мир', [1, 9]],
      ['Cyrillic, two letters', 'МИ', [1, 9]],
      ['Cyrillic, one letter', 'Ё', [1]],
      ['a decomposed letter', 'и\u0306', [6]],
      ['Greek in the other case', 'σίσυφο', [4]],
      ['a final sigma', 'σίσυφος', [4]],
      ['sharp s', 'STRASSE', [4]],
      ['one emoji', '😀', [3]],
      ['three emoji', '😀😀😀', [3]],
      ['four emoji', '😀😀😀😀', []],
      ['an emoji of several characters', '👩‍👩‍👧', [3]],
      ['per cent', '%', [2]],
      ['per cent in a word', '0% of', [2]],
      ['underscore', '_', [2]],
      ['underscore in a word', 'xt_wi', [2]],
      ['a character that an underscore would stand for', 'xtawi', []],
      ['quotes', '"quoted"', [2]],
      ['one quote', '"', [2]],
      ['three quotes', '"""', []],
      ['apostrophe', "it's", [5]],
      ['backslash', 'back\\slash', [5]],
      ['operators', 'AND NOT -this: ^that', [2]],
      ['an operator alone', 'AND', [2]],
      ['an operator that is not in the text', ' OR ', []],
      ['a star', 'with*', [2]],
      ['a star as a wild card', 'par*', []],
      ['brackets', '(operators)', [2]],
      ['words that do not stand side by side', 'Party tonight', []],
      ['trigrams without the text', 'мирмир', []],
      ['one space', ' ', [1, 2, 3, 4, 5, 7, 9]],
      ['a line break', 'b\nc', [7]],
      ['SQL', "'; DROP TABLE", []],
      ['something longer than all texts', 'x'.repeat(10_000), []],
      ['nothing', '', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ])('%s', async (_what, withText, numbers) => {
      const store = await searched();
      expect(await found(store, { withText })).toEqual(numbers);
      expect((await store.page(GROUP, query({ withText }))).count).toBe(numbers.length);
      expect(await found(store, { withText, page: { direction: 'backward', max: 1 } })).toEqual(
        numbers.slice(-1),
      );
    });

    it('is found whatever part of the archive is indexed already', async () => {
      const store = await searched();
      await commit(store, [posted(20, { text: 'Другой МИР' }), posted(21, { text: 'другой' })]);
      expect(await found(store, { withText: 'мир' })).toEqual([1, 9, 20]);
      expect((await store.page(GROUP, query({ withText: 'мир' }))).count).toBe(3);
      expect(await found(store, { withText: 'мир', page: { direction: 'backward', max: 2 } })).toEqual([
        9, 20,
      ]);
    });
  });
}
