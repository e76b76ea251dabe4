import { describe, expect, it } from 'vitest';
import { table } from '../testing/table.js';
import * as declarations from './0059-result-set-management.js';
import { pageOf, pageRequest, resultPage } from './0059-result-set-management.js';

const NS = "xmlns='http://jabber.org/protocol/rsm'";

table(declarations, {
  rsm: {
    pairs: {
      'the last page': [`<set ${NS}><max>20</max><before/></set>`, { max: 20, before: '' }],
      'the next page': [
        `<set ${NS}><max>20</max><after>1618495545123456</after></set>`,
        { max: 20, after: '1618495545123456' },
      ],
      'a page by its number': [`<set ${NS}><max>0</max><index>371</index></set>`, { max: 0, index: 371 }],
      'an answer': [
        `<set ${NS}><first index='3'>a</first><last>b</last><count>57</count></set>`,
        { first: { index: 3, id: 'a' }, last: 'b', count: 57 },
      ],
      'an empty answer': [`<set ${NS}><count>0</count></set>`, { count: 0 }],
    },
    reads: {
      'white space around a number, an empty id': [
        `<set ${NS}><before></before><max> 1 </max><first/></set>`,
        { max: 1, before: '', first: { id: '' } },
      ],
    },
    fails: {
      'no number': [`<set ${NS}><max>all</max></set>`, 'set/max', 'not an integer'],
      'a negative one': [`<set ${NS}><max>-1</max></set>`, 'set/max', 'not from 0 to 9007199254740991'],
      'one that a number does not hold': [
        `<set ${NS}><count>${'9'.repeat(17)}</count></set>`,
        'set/count',
        'not an integer',
      ],
      'two cursors': [`<set ${NS}><after>a</after><after>b</after></set>`, 'set/after', 'more than one'],
    },
  },
});

describe('pageRequest', () => {
  it.each([
    ['no set at all', undefined, { direction: 'forward' }],
    ['only a length', { max: 5 }, { direction: 'forward', max: 5 }],
    ['what comes after an item', { max: 5, after: 'c' }, { direction: 'forward', cursor: 'c', max: 5 }],
    ['what comes after nothing', { after: '' }, { direction: 'forward' }],
    ['the end', { max: 5, before: '' }, { direction: 'backward', max: 5 }],
    ['what comes before an item', { before: 'c' }, { direction: 'backward', cursor: 'c' }],
    ['both: backward', { before: 'c', after: 'a' }, { direction: 'backward', cursor: 'c' }],
  ] as const)('%s', (_, request, expected) => {
    expect(pageRequest(request)).toEqual(expected);
  });
});

describe('pageOf', () => {
  const letters = [...'abcde'];
  it.each([
    ['everything', undefined, 'abcde'],
    ['the beginning', { max: 2 }, 'ab'],
    ['the middle', { max: 2, after: 'b' }, 'cd'],
    ['less than a page', { max: 9, after: 'd' }, 'e'],
    ['nothing beyond the end', { max: 2, after: 'e' }, ''],
    ['nothing, for the count', { max: 0 }, ''],
    ['the end', { max: 2, before: '' }, 'de'],
    ['nothing of the end', { max: 0, before: '' }, ''],
    ['before an item', { max: 2, before: 'd' }, 'bc'],
    ['less than a page before an item', { max: 9, before: 'b' }, 'a'],
    ['nothing before the first', { before: 'a' }, ''],
  ] as const)('%s', (_, request, expected) => {
    expect(pageOf(letters, pageRequest(request), (letter) => letter)?.join('')).toBe(expected);
  });

  it.each([{ after: 'x' }, { before: 'x' }])('has no page at an item that is not there: %j', (request) => {
    expect(pageOf(letters, pageRequest(request), (letter) => letter)).toBeUndefined();
  });
});

describe('resultPage', () => {
  const letters = [...'abcde'];
  it.each([
    ['no page was asked for', undefined, 'abcde', undefined],
    [
      'a page in the middle',
      { max: 2, after: 'a' },
      'bc',
      { first: { id: 'b', index: 1 }, last: 'c', count: 5 },
    ],
    ['only the count', { max: 0 }, '', { first: undefined, last: undefined, count: 5 }],
  ] as const)('%s', (_, request, items, rsm) => {
    const page = resultPage(letters, request, (letter) => letter);
    expect([page?.items.join(''), page?.rsm]).toEqual([items, rsm]);
  });

  it('there is none at an item that is not there', () => {
    expect(resultPage(letters, { after: 'x' }, (letter) => letter)).toBeUndefined();
  });
});
