import { describe, expect, it } from 'vitest';
import { full } from '../../testing/jids.js';
import { elementIn } from '../../testing/table.js';
import { archiveQuery } from '../../xep/0313-message-archive.js';
import { interpretArchiveQuery } from './archive-query.js';

const from = full('romeo@example.com/orchard');
const version = 'urn:xmpp:mam:2';
const NONE = '';

/** What is asked with these fields of the form, and this page. */
function interpreted(fields: Readonly<Record<string, readonly string[]>>, page: string) {
  const written = Object.entries(fields).map(
    ([name, values]) =>
      `<field var='${name}'>${values.map((value) => `<value>${value}</value>`).join('')}</field>`,
  );
  const read = archiveQuery.parse(
    elementIn(
      `<query xmlns='urn:xmpp:mam:2' queryid='q'>
         <x xmlns='jabber:x:data' type='submit'>
           <field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>${written.join('')}
         </x>
         <set xmlns='http://jabber.org/protocol/rsm'>${page}</set>
       </query>`,
    ),
  );
  if (!read.ok) throw new Error(read.error.reason);
  const asked = interpretArchiveQuery(read.value, from, version);
  return asked.ok ? asked.value : `${asked.error.condition}: ${asked.error.text}`;
}

describe('a part of the archive', () => {
  it.each([
    ['everything, a page of it', NONE, { direction: 'forward', max: 50 }],
    ['the last page', '<max>20</max><before/>', { direction: 'backward', max: 20 }],
    [
      'the page before',
      '<max>20</max><before>161</before>',
      { direction: 'backward', cursor: '161', max: 20 },
    ],
    ['the page after', '<max>20</max><after>161</after>', { direction: 'forward', cursor: '161', max: 20 }],
    ['only the count', '<max>0</max>', { direction: 'forward', max: 0 }],
    ['all at once', '<max>100000</max>', { direction: 'forward', max: 1000 }],
  ])('is %s', (_, set, page) => {
    expect(interpreted({}, set)).toEqual({ kind: 'archive', from, version, queryId: 'q', query: { page } });
  });

  it.each([
    ['since', { start: ['2021-04-15T19:05:45+05:00'] }, { start: Date.UTC(2021, 3, 15, 14, 5, 45) }],
    ['until', { end: ['2021-04-15T14:05:45.123456Z'] }, { end: Date.UTC(2021, 3, 15, 14, 5, 45, 123) }],
    ['after an id', { 'after-id': ['1618495545123456'] }, { afterId: 1618495545123456 }],
    ['before an id', { 'before-id': ['1618495545123456'] }, { beforeId: 1618495545123456 }],
    ['of some ids', { ids: ['1', '2'] }, { ids: [1, 2] }],
    ['of the pinned message', { '{urn:xmpp:sid:0}stanza-id': ['161'] }, { ids: [161] }],
    ['of ids asked for in both ways', { ids: ['1'], '{urn:xmpp:sid:0}stanza-id': ['2'] }, { ids: [1, 2] }],
    ['with a text', { withtext: ['sonnet &amp; so'] }, { withText: 'sonnet & so' }],
    [
      'with nothing in the fields',
      { start: [''], end: [], withtext: [''], with: [''], 'after-id': [''] },
      {},
    ],
    [
      'with an image or a voice message',
      {
        '{https://xabber.com/protocol/archive}filter_image': ['true'],
        '{https://xabber.com/protocol/archive}filter_voice': ['1'],
        '{https://xabber.com/protocol/archive}filter_encrypted': ['false'],
        '{https://xabber.com/protocol/archive}filter_other': ['true'],
      },
      { carrying: ['image', 'voice'] },
    ],
    ['by fields that are not known', { 'conversation-type': ['x'], 'with-tags': ['y'] }, {}],
  ])('is what came %s', (_, fields, conditions) => {
    expect(interpreted(fields, NONE)).toEqual({
      kind: 'archive',
      from,
      version,
      queryId: 'q',
      query: { page: { direction: 'forward', max: 50 }, ...conditions },
    });
  });

  it('is what one member wrote', () => {
    expect(interpreted({ with: ['r0me000011112222'] }, NONE)).toMatchObject({ with: 'r0me000011112222' });
    expect(interpreted({ with: [''] }, NONE)).toMatchObject({ with: undefined });
  });

  it('needs no form and no page', () => {
    const asked = interpretArchiveQuery({}, from, version);
    expect(asked).toEqual({
      ok: true,
      value: { kind: 'archive', from, version, query: { page: { direction: 'forward', max: 50 } } },
    });
  });

  it.each([
    ['no time', { start: ['yesterday'] }, NONE, 'bad-request: start: not a date and time of XEP-0082'],
    ['no time either', { end: ['2021-04-15'] }, NONE, 'bad-request: end: not a date and time of XEP-0082'],
    [
      'an id of another archive',
      { 'after-id': ['abc'] },
      NONE,
      'item-not-found: There is no message with the id abc',
    ],
    ['the same before', { 'before-id': ['-1'] }, NONE, 'item-not-found: There is no message with the id -1'],
    ['one of several ids', { ids: ['1', 'x'] }, NONE, 'item-not-found: There is no message with the id x'],
    [
      'a page of another archive',
      {},
      '<before>x</before>',
      'item-not-found: There is no message with the id x',
    ],
    ['the page after that', {}, '<after>1.5</after>', 'item-not-found: There is no message with the id 1.5'],
  ])('is refused for %s', (_, fields, page, refusal) => {
    expect(interpreted(fields, page)).toBe(refusal);
  });
});
