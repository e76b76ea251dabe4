import { describe, expect, it } from 'vitest';
import { elementsOf, type XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { MEDIA } from '../model/media.js';
import { START } from '../testing/clockwork.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, has, only, text, texts } from '../testing/reading.js';
import {
  bare,
  brief,
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  memberOf,
  messageXml,
  originIdXml,
  PARIS,
  presenceXml,
  ROMEO,
  SPEAKER,
  VERONA,
  verona,
} from '../testing/scenes.js';

const field = (name: string, ...values: readonly string[]): string =>
  `<field var='${name}'>${values.map((value) => `<value>${value}</value>`).join('')}</field>`;

const query = (fields: string, rsm = ''): string =>
  `<query xmlns='${NS.mam}' queryid='q-1'><x xmlns='jabber:x:data' type='submit'>` +
  `${field('FORM_TYPE', NS.mam)}${fields}</x>${rsm && `<set xmlns='${NS.rsm}'>${rsm}</set>`}</query>`;

const ask = (driver: GroupDriver, fields: string, rsm = '', from: string = ROMEO, to?: string): Sent[] =>
  driver.send(iqXml(from, 'set', query(fields, rsm), to));

/** Juliet and Romeo write to each other, a second apart; the first two messages are the group's own. */
function talk(options?: string): GroupDriver {
  const driver = verona(options);
  join(driver, ROMEO);
  for (const [index, word] of ['Lark', 'nightingale', 'lark', 'more light'].entries()) {
    driver.env.now += 1000;
    driver.send(messageXml(index % 2 ? ROMEO : JULIET, word, originIdXml(`o${index}`), `i${index}`));
  }
  return driver;
}

const messagesIn = (sent: readonly Sent[]): XmlElement[] =>
  sent
    .filter(({ stanza }) => stanza.name === 'message')
    .map(({ stanza }) => only(stanza, `result ${NS.mam}`, 'forwarded', `message ${NS.client}`));

/** What was said, without the names in front. */
const words = (sent: readonly Sent[]): string[] =>
  messagesIn(sent).map((message) => text(message, 'body').replace(/^.*:\n/, ''));

const finOf = (sent: readonly Sent[]): XmlElement => {
  const last = sent.at(-1)?.stanza;
  if (last?.name !== 'iq') throw new Error('the end is missing');
  return only(last, `fin ${NS.mam}`);
};

describe('a page of the archive', () => {
  const driver = talk();
  const sent = ask(driver, '');

  it('is the messages, oldest first, then the end, all to the device that asked', () => {
    expect(sent.map(brief)).toEqual([...Array(6).fill(`message > ${ROMEO}`), `iq result > ${ROMEO}`]);
    expect(words(sent)).toEqual([
      'juliet@example.com created public group',
      'romeo@example.com joined chat',
      'Lark',
      'nightingale',
      'lark',
      'more light',
    ]);
  });

  it('has messages without a type (T13), from the JID that was asked', () => {
    for (const to of [VERONA, SPEAKER]) {
      for (const { stanza } of ask(driver, '', '', ROMEO, to)) {
        expect(stanza.attrs.from).toBe(to);
        if (stanza.name === 'message') expect(stanza.attrs.type).toBeUndefined();
      }
    }
  });

  it('has messages from the group to the group (T12), otherwise as they were sent', () => {
    expect(messagesIn(sent).map(({ attrs }) => [attrs.from, attrs.to, attrs.type])).toEqual(
      Array(6).fill([VERONA, VERONA, 'chat']),
    );
    driver.env.now += 1000;
    const [copy] = driver.send(messageXml(JULIET, 'Good night', originIdXml('o9'), 'i9'));
    const archived = messagesIn(ask(driver, '')).at(-1);
    expect(archived?.attrs.id).toBe('i9');
    expect(archived?.children).toEqual(copy?.stanza.children);
  });

  it('tells id and time of each, and the query (12.2)', () => {
    for (const { stanza } of sent.slice(0, -1)) {
      const result = only(stanza, 'result');
      expect(result.attrs.queryid).toBe('q-1');
      expect(result.attrs.id).toBe(only(result, 'forwarded', 'message', 'stanza-id').attrs.id);
    }
    const third = sent[2] && only(sent[2].stanza, 'result', 'forwarded', `delay ${NS.delay}`);
    expect(third?.attrs.stamp).toBe('2021-04-15T14:05:46.123000Z');
  });

  it('ends with the query id, what the page is, and whether it is the last', () => {
    const fin = finOf(sent);
    expect([fin.attrs.queryid, fin.attrs.complete]).toEqual(['q-1', 'true']);
    expect([text(fin, 'set', 'first'), text(fin, 'set', 'last'), text(fin, 'set', 'count')]).toEqual([
      String(START * 1000),
      String((START + 4000) * 1000),
      '6',
    ]);
  });
});

describe('paging', () => {
  const cases: readonly [rsm: string, words: readonly string[], complete: boolean][] = [
    ['<max>2</max><before/>', ['lark', 'more light'], false],
    [`<max>2</max><before>${(START + 3000) * 1000}</before>`, ['Lark', 'nightingale'], false],
    [`<max>9</max><before>${(START + 1000) * 1000}</before>`, ['created', 'joined'], true],
    ['<max>2</max>', ['created', 'joined'], false],
    [`<max>2</max><after>${(START + 1000) * 1000}</after>`, ['nightingale', 'lark'], false],
    [`<max>2</max><after>${(START + 2000) * 1000}</after>`, ['lark', 'more light'], true],
    [`<max>2</max><after>${(START + 4000) * 1000}</after>`, [], true],
    [`<max>2</max><after>${(START + 2000) * 1000 + 5}</after>`, ['lark', 'more light'], true],
    ['<max>0</max>', [], false],
  ];
  it.each(cases)('%s', (rsm, expected, complete) => {
    const sent = ask(talk(), '', rsm);
    expect(words(sent).map((said) => /created|joined/.exec(said)?.[0] ?? said)).toEqual(expected);
    const fin = finOf(sent);
    expect([fin.attrs.complete, text(fin, 'set', 'count')]).toEqual([complete ? 'true' : undefined, '6']);
    expect(has(fin, 'set', 'first')).toBe(expected.length > 0);
  });

  it.each(['<after>x</after>', '<before>-</before>'])('behind no message: %s', (rsm) => {
    const [answer] = ask(talk(), '', rsm);
    expect(answer && has(answer.stanza, 'error', 'item-not-found')).toBe(true);
  });
});

describe('the fields of a query', () => {
  const second = (START + 2000) * 1000;
  const cases: readonly [title: string, fields: string, words: readonly string[]][] = [
    ['a text, whatever its case', field('withtext', 'LARK'), ['Lark', 'lark']],
    ['a text that is only in names', field('withtext', 'romeo@example.com:'), []],
    ['a member by his id', field('with', 'm000000000000002'), ['nightingale', 'more light']],
    ['a member by his JID', field('with', 'Romeo@example.com/home'), ['nightingale', 'more light']],
    ['nobody whom the group knows', field('with', 'paris@example.net'), []],
    ['what is no JID', field('with', '@'), []],
    ['an id', field('{urn:xmpp:sid:0}stanza-id', String(second)), ['nightingale']],
    ['several ids', field('ids', String(second), String(second + 1_000_000)), ['nightingale', 'lark']],
    ['an id that is not there', field('ids', '7'), []],
    ['a start, with a zone', field('start', '2021-04-15T19:05:48+05:00'), ['lark', 'more light']],
    ['an end', field('start', '2021-04-15T14:05:46Z') + field('end', '2021-04-15T14:05:47Z'), ['Lark']],
    [
      'after and before',
      field('after-id', String(second)) + field('before-id', String(second + 2_000_000)),
      ['lark'],
    ],
    [
      'empty ones',
      field('with', '') + field('withtext', '') + field('end', '') + field('ids', String(second)),
      ['nightingale'],
    ],
    [
      'ones that nobody knows',
      field('conversation-type', 'x') + field('ids', String(second)),
      ['nightingale'],
    ],
  ];
  it.each(cases)('%s', (_, fields, expected) => {
    const sent = ask(talk(), fields);
    expect(words(sent)).toEqual(expected);
    expect(text(finOf(sent), 'set', 'count')).toBe(String(expected.length));
  });

  it('name no JIDs in an incognito group, but one’s own', () => {
    const driver = talk(INCOGNITO);
    const with_ = (name: string): string[] => words(ask(driver, field('with', name)));
    expect(with_(bare(JULIET))).toEqual([]);
    expect(with_(bare(ROMEO))).toEqual(['nightingale', 'more light']);
    expect(with_(memberOf(driver, JULIET).id)).toEqual(['Lark', 'lark']);
    expect(
      messagesIn(ask(driver, '')).some(
        (message) => texts(message, 'x', 'reference', 'user', 'jid').length > 0,
      ),
    ).toBe(false);
  });

  it.each([
    ['start', 'yesterday', 'bad-request'],
    ['end', '2021-04-15', 'bad-request'],
    ['ids', 'x', 'item-not-found'],
    ['after-id', 'x', 'item-not-found'],
  ])('%s=%s is refused', (name, value, condition) => {
    const [answer, ...more] = ask(talk(), field(name, value));
    expect(more).toEqual([]);
    expect(answer && has(answer.stanza, 'error', condition)).toBe(true);
  });

  it('can be asked for', () => {
    const [answer] = talk().send(iqXml(ROMEO, 'get', `<query xmlns='${NS.mam}'/>`));
    const form = answer && only(answer.stanza, `query ${NS.mam}`, `x ${NS.dataForms}`);
    expect(form && all(form, 'field').map(({ attrs }) => attrs.var)).toEqual([
      'FORM_TYPE',
      'with',
      'start',
      'end',
      'after-id',
      'before-id',
      'ids',
      'withtext',
      ...MEDIA.map((medium) => `{https://xabber.com/protocol/archive}filter_${medium}`),
    ]);
  });
});

describe('who may read', () => {
  const restrict = (until: number) => (driver: GroupDriver) =>
    driver.happen({
      kind: 'rightGranted',
      member: memberOf(driver, ROMEO).id,
      right: 'read-messages',
      until,
      version: driver.group().version + 1,
    });
  const nothing = () => {};
  const cases: readonly [
    title: string,
    from: string,
    prepare: (driver: GroupDriver) => void,
    may: boolean,
  ][] = [
    ['a member', ROMEO, nothing, true],
    ['the owner', JULIET, nothing, true],
    ['a stranger', PARIS, nothing, false],
    ['somebody who waits', PARIS, (driver) => driver.send(presenceXml(PARIS, 'subscribe')), false],
    ['a former member', ROMEO, (driver) => driver.send(presenceXml(ROMEO, 'unsubscribe')), false],
    ['a member who may not, for ever', ROMEO, restrict(0), false],
    ['a member who may not yet', ROMEO, restrict(START / 1000 + 60), false],
    ['a member who may again', ROMEO, restrict(START / 1000), true],
    ['a newcomer, from the beginning', PARIS, (driver) => join(driver, PARIS), true],
  ];
  it.each(cases)('%s', (_, from, prepare, may) => {
    const driver = talk();
    prepare(driver);
    const sent = ask(driver, '', '', from);
    if (may) expect(words(sent)).toHaveLength(driver.archive.length);
    else {
      expect(sent.map(brief)).toEqual([`iq error > ${from}`]);
      const error = sent[0] && only(sent[0].stanza, 'error');
      expect(error && [error.attrs.code, has(error, 'not-allowed')]).toEqual(['405', true]);
      expect(error && elementsOf(error).map(({ name }) => name)).toEqual(['not-allowed', 'text']);
    }
  });
});

describe('a request in an older version of the extension', () => {
  const older = (version: string): string =>
    query(field('withtext', 'lark'), '<max>1</max><before/>').replaceAll(NS.mam, version);

  it.each([NS.mam, NS.mam1])('%s is answered in it, the end being the result', (version) => {
    const sent = talk().send(iqXml(ROMEO, 'set', older(version)));
    expect(sent.map(brief)).toEqual([`message > ${ROMEO}`, `iq result > ${ROMEO}`]);
    const [item, end] = sent.map(({ stanza }) => stanza);
    expect(item && only(item, `result ${version}`).attrs.queryid).toBe('q-1');
    expect(end && only(end, `fin ${version}`).attrs.queryid).toBe('q-1');
    expect(end && text(end, 'fin', 'set', 'count')).toBe('2');
  });

  it('urn:xmpp:mam:0 is answered in it, the end being a message behind the others', () => {
    const sent = talk().send(iqXml(ROMEO, 'set', older(NS.mam0), VERONA));
    expect(sent.map(brief)).toEqual([`iq result > ${ROMEO}`, `message > ${ROMEO}`, `message > ${ROMEO}`]);
    const [result, item, end] = sent.map(({ stanza }) => stanza);
    expect(result && elementsOf(result)).toEqual([]);
    expect(item && only(item, `result ${NS.mam0}`, 'forwarded', 'message', 'body')).toBeDefined();
    expect(end && [end.attrs.from, end.attrs.type]).toEqual([VERONA, undefined]);
    expect(end && only(end, `fin ${NS.mam0}`).attrs).toMatchObject({ queryid: 'q-1' });
    expect(end && text(end, `fin ${NS.mam0}`, 'set', 'count')).toBe('2');
  });

  it.each([NS.mam1, NS.mam0])('%s gets the form in it', (version) => {
    const [answer] = talk().send(iqXml(ROMEO, 'get', `<query xmlns='${version}'/>`));
    const form = answer && only(answer.stanza, `query ${version}`, `x ${NS.dataForms}`);
    expect(form && all(form, 'field').map((one) => texts(one, 'value'))[0]).toEqual([version]);
  });

  it.each([NS.mam1, NS.mam0])('%s is refused to strangers too (error row 57)', (version) => {
    const sent = talk().send(iqXml(PARIS, 'set', older(version)));
    expect(sent.map(({ stanza }) => [stanza.attrs.type, has(stanza, 'error', 'not-allowed')])).toEqual([
      ['error', true],
    ]);
  });
});
