import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../xml/element.js';
import { elementsOf } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { all, has, only, text, texts } from '../testing/reading.js';
import {
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  memberOf,
  NURSE,
  nickname,
  PARIS,
  presenceXml,
  ROMEO,
  SPEAKER,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

const ask = (driver: GroupDriver, from: string, attrs: string, content = '', to?: string): XmlElement =>
  single(
    driver.send(iqXml(from, 'get', `<query xmlns='${NS.groupsMembers}' ${attrs}>${content}</query>`, to)),
  );

const names = (answer: XmlElement): string[] => texts(answer, 'query', 'user', 'nickname');

function household(options?: string): GroupDriver {
  const driver = verona(options);
  join(driver, ROMEO, NURSE);
  return driver;
}

describe('the list of members', () => {
  it.each([SPEAKER, VERONA])('comes from the JID that was asked (T3): %s', (to) => {
    const answer = ask(household(), ROMEO, `version='0'`, '', to);
    expect([answer.attrs.from, answer.attrs.to, answer.attrs.type]).toEqual([to, ROMEO, 'result']);
  });

  it('from the beginning holds those who are in, and nobody else (T5)', () => {
    const driver = household();
    driver.send(presenceXml(PARIS, 'subscribe'));
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    const answer = ask(driver, ROMEO, `version='0'`);
    expect(texts(answer, 'query', 'user', 'jid')).toEqual(['juliet@example.com', 'romeo@example.com']);
    expect(texts(answer, 'query', 'user', 'subscription')).toEqual(['both', 'both']);
    expect(texts(ask(driver, ROMEO, ''), 'query', 'user', 'jid')).toHaveLength(2);
  });

  it('has an integer for its version (T7), which the next question can name', () => {
    const driver = household();
    const { version } = only(ask(driver, ROMEO, `version='0'`), 'query').attrs;
    expect(version).toBe(String(driver.group().version));
    expect(Number.isSafeInteger(Number(version))).toBe(true);
    expect(all(ask(driver, ROMEO, `version='${version}'`), 'query', 'user')).toEqual([]);
    nickname(driver, NURSE, 'Nurse');
    expect(names(ask(driver, ROMEO, `version='${version}'`))).toEqual(['Nurse']);
  });

  it('names who is gone, with the id where xabber-web looks for it (T6)', () => {
    const driver = household();
    const { version } = driver.group();
    const { id } = memberOf(driver, NURSE);
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    const [gone, ...more] = all(ask(driver, ROMEO, `version='${version}'`), 'query', 'user');
    expect(more).toEqual([]);
    expect(gone && [gone.attrs.id, text(gone, 'id'), text(gone, 'subscription')]).toEqual([id, id, 'none']);
  });

  it('tells more of a member than his card in a message does', () => {
    const driver = household();
    nickname(driver, ROMEO, 'Romeo');
    const { id } = memberOf(driver, ROMEO);
    const romeo = only(ask(driver, JULIET, `id='${id}'`), 'query', 'user');
    expect(elementsOf(romeo).map(({ name }) => name)).toEqual([
      'jid',
      'role',
      'nickname',
      'badge',
      'metadata',
      'present',
      'subscription',
    ]);
    expect(['jid', 'role', 'nickname', 'subscription', 'present'].map((name) => text(romeo, name))).toEqual([
      'romeo@example.com',
      'member',
      'Romeo',
      'both',
      '2021-04-15T14:05:45.123Z',
    ]);
  });

  it.each([
    ['a member', ROMEO, true],
    ['the owner', JULIET, true],
    ['somebody who waits', PARIS, true],
    ['a former member', NURSE, false],
    ['a stranger', 'mercutio@example.com/m', false],
  ])('is for %s: %s (error row 24)', (_, from, allowed) => {
    const driver = household();
    driver.send(presenceXml(PARIS, 'subscribe'));
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    for (const attrs of [`version='0'`, `version='5'`, `id=''`, `id='m000000000000001'`]) {
      const answer = ask(driver, from, attrs);
      expect(answer.attrs.type).toBe(allowed ? 'result' : 'error');
      expect(has(answer, 'error', 'not-allowed')).toBe(!allowed);
      expect(has(answer, 'query')).toBe(allowed);
    }
  });
});

describe('one member', () => {
  it.each(['', '0'])('oneself, as %j', (id) => {
    const answer = ask(household(), ROMEO, `id='${id}'`);
    expect(texts(answer, 'query', 'user', 'jid')).toEqual(['romeo@example.com']);
    expect(only(answer, 'query').attrs.version).toMatch(/^\d+$/);
  });

  it('that does not exist is a result without anything (error row 25)', () => {
    const answer = ask(household(), ROMEO, `id='nobody'`);
    expect([answer.attrs.type, answer.children]).toEqual(['result', []]);
  });

  it('is told that he is waiting or gone', () => {
    const driver = household();
    driver.send(presenceXml(PARIS, 'subscribe'));
    expect(text(ask(driver, PARIS, `id=''`), 'query', 'user', 'subscription')).toBe('wait');
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    const gone = ask(driver, ROMEO, `id='${memberOf(driver, NURSE).id}'`);
    expect(text(gone, 'query', 'user', 'subscription')).toBe('none');
  });
});

describe('JIDs in an incognito group', () => {
  const jids = (driver: GroupDriver, from: string): string[] =>
    texts(ask(driver, from, `version='0'`), 'query', 'user', 'jid');

  it('are shown to their bearers and to owners only', () => {
    const driver = household(INCOGNITO);
    expect(jids(driver, ROMEO)).toEqual(['romeo@example.com']);
    expect(jids(driver, JULIET)).toEqual(['juliet@example.com', 'romeo@example.com', 'nurse@example.org']);
    const juliet = memberOf(driver, JULIET).id;
    expect(texts(ask(driver, ROMEO, `id='${juliet}'`), 'query', 'user', 'jid')).toEqual([]);
    expect(texts(ask(driver, ROMEO, `version='1'`), 'query', 'user', 'jid')).toEqual(['romeo@example.com']);
  });

  it.each([
    ['owner', 0, 3],
    ['owner', 1, 1],
    ['change-group', 0, 1],
  ] as const)('are shown to who has the right %s until %i: %i', (right, until, shown) => {
    const driver = household(INCOGNITO);
    const { id } = memberOf(driver, ROMEO);
    driver.happen({ kind: 'rightGranted', member: id, right, until, version: driver.group().version + 1 });
    expect(jids(driver, ROMEO)).toHaveLength(shown);
  });
});

describe('pages of the list', () => {
  const page = (driver: GroupDriver, content: string, attrs = `version='0'`): XmlElement =>
    only(ask(driver, JULIET, attrs, `<set xmlns='${NS.rsm}'>${content}</set>`), 'query');

  function alphabet(): GroupDriver {
    const driver = verona();
    nickname(driver, JULIET, 'E');
    for (const name of ['C', 'A', 'D', 'B', 'A']) {
      const jid = `${name}${driver.group().size}@example.com/x`.toLowerCase();
      join(driver, jid);
      nickname(driver, jid, name);
    }
    return driver;
  }

  const nicknames = (list: XmlElement): string[] => texts(list, 'user', 'nickname');

  it('are in the order of the nicknames, whichever way one goes', () => {
    const driver = alphabet();
    const forward: string[] = [];
    for (let after = ''; ; ) {
      const list = page(driver, `<max>2</max>${after && `<after>${after}</after>`}`);
      if (nicknames(list).length === 0) break;
      expect(text(list, 'set', 'count')).toBe('6');
      expect(only(list, 'set', 'first').attrs.index).toBe(String(forward.length));
      forward.push(...nicknames(list));
      after = text(list, 'set', 'last');
      expect(after).toBe(all(list, 'user').at(-1)?.attrs.id);
    }
    expect(forward).toEqual(['A', 'A', 'B', 'C', 'D', 'E']);
    const last = page(driver, '<max>2</max><before/>');
    expect(nicknames(last)).toEqual(['D', 'E']);
    const before = page(driver, `<max>3</max><before>${text(last, 'set', 'first')}</before>`);
    expect(nicknames(before)).toEqual(['A', 'B', 'C']);
  });

  it('may be empty, to learn the number', () => {
    const list = page(alphabet(), '<max>0</max>');
    expect([nicknames(list), text(list, 'set', 'count'), has(list, 'set', 'first')]).toEqual([
      [],
      '6',
      false,
    ]);
  });

  it('hold changes too', () => {
    const driver = alphabet();
    const { version } = driver.group();
    nickname(driver, JULIET, 'Z');
    expect(nicknames(page(driver, '<max>5</max>', `version='${version}'`))).toEqual(['Z']);
  });

  it('behind somebody who is not there do not exist', () => {
    const answer = ask(verona(), JULIET, `version='0'`, `<set xmlns='${NS.rsm}'><after>nobody</after></set>`);
    expect(has(answer, 'error', 'item-not-found')).toBe(true);
  });
});
