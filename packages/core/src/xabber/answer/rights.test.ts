import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { PERMISSIONS, RESTRICTIONS, type Right } from '../model/rights.js';
import { START } from '../testing/clockwork.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { all, has, only, text, texts } from '../testing/reading.js';
import {
  iqXml,
  JULIET,
  join,
  memberOf,
  PARIS,
  presenceXml,
  ROMEO,
  SPEAKER,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

const query = (content = ''): string => `<query xmlns='${NS.groupsRights}'>${content}</query>`;
const user = (id: string): string => `<user xmlns='${NS.groups}' id='${id}'/>`;

const ask = (driver: GroupDriver, from: string, content?: string, to?: string): XmlElement =>
  single(driver.send(iqXml(from, 'get', query(content), to)));

/** The rights with a value in the form, and their values. */
const held = (answer: XmlElement): Record<string, string> =>
  Object.fromEntries(
    all(answer, 'query', 'x', 'field')
      .filter(
        (field) =>
          has(field, 'value') && [...PERMISSIONS, ...RESTRICTIONS].some((r) => r === field.attrs.var),
      )
      .map((field) => [field.attrs.var, text(field, 'value')]),
  );

function grant(driver: GroupDriver, right: Right, until: number): void {
  const { id } = memberOf(driver, ROMEO);
  driver.happen({ kind: 'rightGranted', member: id, right, until, version: driver.group().version + 1 });
}

describe('all rights there are (T24, error row 34)', () => {
  it.each([SPEAKER, VERONA])('from %s', (to) => {
    const answer = ask(verona(), JULIET, '', to);
    expect([answer.attrs.type, answer.attrs.from]).toEqual(['result', to]);
    const named = (kind: string) => all(answer, 'query', kind).map(({ attrs }) => attrs.name);
    expect([named('permission'), named('restriction')]).toEqual([[...PERMISSIONS], [...RESTRICTIONS]]);
    const labels = all(answer, 'query', 'permission').map(({ attrs }) => attrs.translation);
    expect(labels[0]).toBe('Owner');
    expect(labels).not.toContain(undefined);
  });
});

describe('one’s own rights', () => {
  it('of the owner: all permissions, for ever, and no restriction', () => {
    const answer = ask(verona(), JULIET, user(''));
    expect(held(answer)).toEqual(Object.fromEntries(PERMISSIONS.map((right) => [right, '0'])));
  });

  it('are a form as xabber-web reads it', () => {
    const form = only(ask(verona(), JULIET, user('')), 'query', `x ${NS.dataForms}`);
    expect(form.attrs.type).toBe('form');
    expect(text(form, 'title')).toBe(`Group user's rights`);
    const fields = all(form, 'field');
    expect(fields.map(({ attrs }) => attrs.var)).toEqual([
      'FORM_TYPE',
      'user-id',
      'permission',
      ...PERMISSIONS,
      'restriction',
      ...RESTRICTIONS,
    ]);
    expect(fields.map(({ attrs }) => attrs.type)).toEqual([
      'hidden',
      'hidden',
      ...Array(fields.length - 2).fill('fixed'),
    ]);
    expect(fields.slice(0, 3).flatMap((field) => texts(field, 'value'))).toEqual([
      NS.groupsRights,
      '',
      'Permissions',
    ]);
  });

  it('of a member: none', () => {
    const driver = verona();
    join(driver, ROMEO);
    expect(held(ask(driver, ROMEO, user('')))).toEqual({});
  });

  it('say until when they are in force, and nothing any more when they have expired', () => {
    const driver = verona();
    join(driver, ROMEO);
    const until = Math.ceil(START / 1000) + 60;
    grant(driver, 'send-messages', until);
    grant(driver, 'change-group', until);
    grant(driver, 'send-voice', 0);
    // A permission includes those below it, as each client looks for the one it needs.
    const permissions = PERMISSIONS.slice(1).map((right) => [right, String(until)]);
    expect(held(ask(driver, ROMEO, user('')))).toEqual({
      ...Object.fromEntries(permissions),
      'send-messages': String(until),
      'send-voice': '0',
    });
    driver.env.now = until * 1000;
    expect(held(ask(driver, ROMEO, user('')))).toEqual({ 'send-voice': '0' });
  });

  it('can be asked for by one’s own id, also by who is waiting', () => {
    const driver = verona();
    driver.send(presenceXml(ROMEO, 'subscribe'));
    const { id } = memberOf(driver, ROMEO);
    const answer = ask(driver, ROMEO, user(id));
    expect(texts(answer, 'query', 'x', 'field', 'value')).toContain(id);
  });
});

describe('who is refused', () => {
  const cases: readonly [title: string, from: string, id: string, condition: string, code: string][] = [
    ['a stranger', PARIS, '', 'not-allowed', '405'],
    ['a member who asks for nobody', ROMEO, 'nobody', 'item-not-found', '404'],
    ['a former member', 'nurse@example.org/c', '', 'not-allowed', '405'],
  ];
  it.each(cases)('%s', (_, from, id, condition, code) => {
    const driver = verona();
    join(driver, ROMEO, 'nurse@example.org/c');
    driver.send(presenceXml('nurse@example.org/c', 'unsubscribe'));
    const answer = ask(driver, from, user(id));
    expect(answer.attrs.type).toBe('error');
    expect([only(answer, 'error').attrs.code, has(answer, 'error', condition)]).toEqual([code, true]);
    expect(has(answer, 'query')).toBe(false);
  });
});
