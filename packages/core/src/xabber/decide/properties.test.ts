import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, has, only, text, texts } from '../testing/reading.js';
import { deviceOf, household, ROLES } from '../testing/roles.js';
import {
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  NURSE,
  ROMEO,
  reaching,
  SPEAKER,
  VERONA,
  verona,
} from '../testing/scenes.js';

const FORM = `x ${NS.dataForms}`;
const QUESTION = `<query xmlns='${NS.groups}'/>`;

const field = (name: string, ...values: readonly string[]): string =>
  `<field var='${name}'>${values.map((value) => `<value>${value}</value>`).join('')}</field>`;

const submit = (...fields: readonly string[]): string =>
  `<query xmlns='${NS.groups}'><x xmlns='${NS.dataForms}' type='submit'>${fields.join('')}</x></query>`;

/** The answer to a request, and everything else that it set off. */
function ask(driver: GroupDriver, from: string, type: 'get' | 'set', payload: string, to?: string) {
  const sent = driver.send(iqXml(from, type, payload, to));
  const [answer] = sent.filter(({ stanza }) => stanza.name === 'iq');
  if (answer === undefined) throw new Error('no answer');
  return { answer: answer.stanza, others: sent.filter((one) => one !== answer) };
}

const valuesIn = (answer: XmlElement): Record<string, string[]> =>
  Object.fromEntries(
    all(answer, 'query', FORM, 'field').map((one) => [one.attrs.var ?? '', texts(one, 'value')]),
  );

const bodies = (sent: readonly Sent[], jid: string): string[] =>
  reaching(sent, jid).flatMap((stanza) => texts(stanza, 'body'));

describe('the form of the properties', () => {
  it.each([SPEAKER, VERONA])('shows all of them, at %s (T3)', (to) => {
    const { answer } = ask(verona(), JULIET, 'get', QUESTION, to);
    expect([answer.attrs.from, answer.attrs.type]).toEqual([to, 'result']);
    expect(only(answer, 'query', FORM).attrs.type).toBe('form');
    expect(valuesIn(answer)).toEqual({
      FORM_TYPE: [NS.groups],
      name: ['Verona Square'],
      description: [''],
      index: ['local'],
      membership: ['open'],
      contacts: [''],
      domains: [''],
      'slow-mode': ['0'],
      'slow-mode-for-newcomers': ['0'],
    });
    const types = all(answer, 'query', FORM, 'field').map(({ attrs }) => attrs.type);
    expect(types).toEqual([
      'hidden',
      'text-single',
      'text-multi',
      'list-single',
      'list-single',
      'jid-multi',
      'jid-multi',
      'text-single',
      'text-single',
    ]);
    const options = all(answer, 'query', FORM, 'field', 'option').map((one) => [
      one.attrs.label,
      text(one, 'value'),
    ]);
    expect(options).toEqual([
      ['None', 'none'],
      ['Local', 'local'],
      ['Global', 'global'],
      ['Member-only', 'member-only'],
      ['Open', 'open'],
    ]);
  });

  it.each(ROLES)('is for who may change them: %s (error row 47)', (role) => {
    const allowed = ['owner', 'change-group'].includes(role);
    const changing = submit(field('name', 'Mantua'));
    for (const [type, payload] of [
      ['get', QUESTION],
      ['set', changing],
    ] as const) {
      const driver = household();
      const { answer } = ask(driver, deviceOf(role), type, payload);
      expect(answer.attrs.type).toBe(allowed ? 'result' : 'error');
      expect(driver.group().properties.name).toBe(allowed && type === 'set' ? 'Mantua' : 'Verona Square');
      if (allowed) continue;
      expect(only(answer, 'error').attrs.code).toBe('405');
      expect(has(answer, 'error', 'not-allowed')).toBe(true);
      const words = text(answer, 'error', 'text');
      expect(words).toContain('You are not allowed to change group properties');
      if (role === 'member') expect(words).toContain('change-group');
    }
  });
});

describe('a change of the properties', () => {
  it('comes back as the result, and all are told (11.3)', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    const { answer, others } = ask(
      driver,
      JULIET,
      'set',
      submit(
        field('FORM_TYPE', NS.groups),
        field('name', 'Mantua'),
        field('description', 'Far away', 'from home'),
        field('index', 'global'),
        field('membership', 'member-only'),
        field('contacts', 'Nurse@example.org', 'friar@example.com', ''),
        field('domains', 'example.org', 'example.com'),
      ),
    );
    expect(only(answer, 'query', FORM).attrs.type).toBe('result');
    expect(valuesIn(answer)).toMatchObject({
      name: ['Mantua'],
      description: ['Far away', 'from home'],
      index: ['global'],
      membership: ['member-only'],
      contacts: ['friar@example.com', 'nurse@example.org'],
      domains: ['example.com', 'example.org'],
    });
    expect(driver.group().properties).toEqual({
      name: 'Mantua',
      description: 'Far away\nfrom home',
      privacy: 'public',
      index: 'global',
      membership: 'member-only',
      contacts: ['friar@example.com', 'nurse@example.org'],
      domains: ['example.com', 'example.org'],
    });
    for (const jid of [JULIET, ROMEO, NURSE]) {
      const [presence, message, ...more] = reaching(others, jid);
      expect(more).toEqual([]);
      expect([presence?.name, presence?.attrs.type]).toEqual(['presence', undefined]);
      expect(presence && text(presence, `x ${NS.groups}`, 'name')).toBe('Mantua');
      expect(presence && text(presence, `x ${NS.groups}`, 'membership')).toBe('member-only');
      expect(message?.attrs).toMatchObject({ from: SPEAKER, type: 'chat' });
    }
    expect(driver.archive.at(-1)?.text).toBe('juliet@example.com updated group properties');
  });

  it('is said with a version and, beside the mark, the group as it is now (7.2)', () => {
    const driver = verona();
    join(driver, ROMEO);
    const { others } = ask(driver, JULIET, 'set', submit(field('name', 'Mantua')));
    const message = reaching(others, ROMEO).find(({ name }) => name === 'message');
    if (message === undefined) throw new Error('nothing is said');
    expect(only(message, `x ${NS.groupsSystemMessage}`).attrs).toMatchObject({
      type: 'update',
      version: String(driver.group().version),
    });
    const now = only(message, `x ${NS.groups}`);
    expect(all(now, 'name').map((one) => one.children[0])).toEqual(['Mantua']);
    expect([text(now, 'members'), text(now, 'privacy'), text(now, 'pinned-message')]).toEqual([
      '2',
      'public',
      '0',
    ]);
    expect(text(message, 'reference', 'user', 'jid')).toBe('juliet@example.com');
  });

  it.each([
    [field('name', 'Mantua'), 'changed group name'],
    [field('description', 'Far away'), 'changed group description'],
    [field('index', 'none'), 'updated group properties'],
    [field('name', 'Mantua') + field('description', 'Far away'), 'updated group properties'],
  ])('%s: %s', (fields, words) => {
    const driver = verona();
    const { others } = ask(driver, JULIET, 'set', submit(fields));
    expect(bodies(others, JULIET)).toEqual([`juliet@example.com ${words}`]);
  });

  it.each([
    [['20', '0'], 'set slow mode: a message every 20 seconds'],
    [['20', '10'], 'set slow mode: a message every 20 seconds'],
    [['1', '60'], 'set slow mode: a message every 1 second, newcomers every 60 seconds'],
    [['', '60'], 'set slow mode for newcomers: a message every 60 seconds'],
  ] as const)('may be one of the pace: %j', ([all, newcomers], words) => {
    const driver = verona();
    join(driver, ROMEO);
    const fields = field('slow-mode', all) + field('slow-mode-for-newcomers', newcomers);
    const { answer, others } = ask(driver, JULIET, 'set', submit(fields));
    expect(driver.group().pace).toEqual({ slowMode: Number(all), slowModeForNewcomers: Number(newcomers) });
    expect(valuesIn(answer)['slow-mode']).toEqual([String(Number(all))]);
    expect(bodies(others, ROMEO)).toEqual([`juliet@example.com ${words}`]);
    expect(reaching(others, ROMEO).some(({ name }) => name === 'presence')).toBe(true);
    const off = ask(
      driver,
      JULIET,
      'set',
      submit(field('slow-mode', '0'), field('slow-mode-for-newcomers', '0')),
    );
    expect(bodies(off.others, ROMEO)).toEqual(['juliet@example.com turned slow mode off']);
  });

  it('may be one of the pace and of more at once', () => {
    const driver = verona();
    const { others } = ask(driver, JULIET, 'set', submit(field('slow-mode', '5'), field('name', 'Mantua')));
    expect(bodies(others, JULIET)).toEqual(['juliet@example.com updated group properties']);
    expect([driver.group().pace.slowMode, driver.group().properties.name]).toEqual([5, 'Mantua']);
  });

  it('names nobody by his JID in an incognito group', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO);
    const { others } = ask(driver, JULIET, 'set', submit(field('name', 'Mantua')));
    for (const { xml, to } of others) {
      if (to.startsWith('romeo')) expect(xml).not.toContain('juliet@');
    }
    expect(others).toHaveLength(4);
  });

  it('to what is so already has no effect', () => {
    const driver = verona();
    const before = driver.archive.length;
    const { answer, others } = ask(
      driver,
      JULIET,
      'set',
      submit(field('name', ' Verona Square '), field('index', 'local'), field('contacts', '')),
    );
    expect([answer.attrs.type, others, driver.archive.length]).toEqual(['result', [], before]);
  });

  it.each([
    ['a property that there is not', submit(field('colour', 'red'))],
    ['privacy, which never changes', submit(field('privacy', 'incognito'))],
    ['no name', submit(field('name', '  '))],
    ['two names', submit(field('name', 'a', 'b'))],
    ['a name that is too long', submit(field('name', 'x'.repeat(257)))],
    ['a description that is too long', submit(field('description', 'x'.repeat(4097)))],
    ['an index that there is not', submit(field('index', 'galactic'))],
    ['a membership that there is not', submit(field('membership', 'private'))],
    ['a contact that is no JID', submit(field('contacts', 'a b@example.com'))],
    ['a contact with a resource', submit(field('contacts', 'nurse@example.org/chamber'))],
    ['a domain that is none', submit(field('domains', 'nurse@example.org'))],
    [
      'too many contacts',
      submit(field('contacts', ...Array.from({ length: 101 }, (_, n) => `c${n}@example.com`))),
    ],
    ['a slow mode in words', submit(field('slow-mode', 'slow'))],
    ['a slow mode below zero', submit(field('slow-mode', '-1'))],
    ['a slow mode of more than a day', submit(field('slow-mode', '86401'))],
    ['a slow mode of parts of seconds', submit(field('slow-mode-for-newcomers', '1.5'))],
    ['a form of another kind', submit(field('FORM_TYPE', NS.groupsStatus))],
    ['no form', QUESTION],
    [
      'a form that is given up',
      `<query xmlns='${NS.groups}'><x xmlns='${NS.dataForms}' type='cancel'/></query>`,
    ],
  ])('to %s is a bad request, and changes nothing (error row 48)', (_, payload) => {
    const driver = verona();
    const { answer, others } = ask(driver, JULIET, 'set', payload);
    expect(has(answer, 'error', 'bad-request')).toBe(true);
    expect(only(answer, 'error').attrs.code).toBe('400');
    expect([others, driver.group().properties.name]).toEqual([[], 'Verona Square']);
  });

  it('is not taken by an inactive group (error row 49)', () => {
    const driver = verona();
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    const { answer } = ask(driver, JULIET, 'set', submit(field('name', 'Mantua')));
    expect([has(answer, 'error', 'not-allowed'), only(answer, 'error').attrs.code]).toEqual([true, '405']);
    expect(driver.group().properties.name).toBe('Verona Square');
    expect(ask(driver, JULIET, 'get', QUESTION).answer.attrs.type).toBe('result');
  });

  describe('by xabber-web, which shows one value of a list only,', () => {
    const LISTS =
      '<name>V</name><contacts><contact>a@example.com</contact><contact>b@example.com</contact></contacts>' +
      '<domains><domain>example.com</domain><domain>example.org</domain></domains>';
    const inWeb = [field('contacts', 'a@example.com'), field('domains', 'example.com')];

    it('keeps the lists', () => {
      const driver = verona(LISTS);
      ask(driver, JULIET, 'set', submit(field('name', 'Mantua'), ...inWeb));
      expect(driver.group().properties).toMatchObject({
        name: 'Mantua',
        contacts: ['a@example.com', 'b@example.com'],
        domains: ['example.com', 'example.org'],
      });
    });

    it('but a list by itself can be shortened, and replaced at any time', () => {
      const driver = verona(LISTS);
      ask(driver, JULIET, 'set', submit(field('contacts', 'a@example.com')));
      expect(driver.group().properties.contacts).toEqual(['a@example.com']);
      ask(driver, JULIET, 'set', submit(field('name', 'Mantua'), field('domains', 'example.net')));
      expect(driver.group().properties).toMatchObject({ name: 'Mantua', domains: ['example.net'] });
    });
  });
});
