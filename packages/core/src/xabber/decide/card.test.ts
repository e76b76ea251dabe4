import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, only, text } from '../testing/reading.js';
import { holders, inRole, ROLES, type Role, verdict } from '../testing/roles.js';
import {
  bare,
  brief,
  grant,
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  memberOf,
  NURSE,
  nickname,
  ROMEO,
  verona,
} from '../testing/scenes.js';

const change = (driver: GroupDriver, from: string, id: string, children: string): Sent[] =>
  driver.send(
    iqXml(
      from,
      'set',
      `<query xmlns='${NS.groupsMembers}'><user xmlns='${NS.groups}' id='${id}'>${children}</user></query>`,
    ),
  );

const nick = (name: string): string => `<nickname>${name}</nickname>`;
const badge = (name: string): string => `<badge>${name}</badge>`;

/** Nickname and badge of somebody, and the sentence that all read. */
const state = (driver: GroupDriver, jid: string) => {
  const { nickname: name, badge: mark } = memberOf(driver, jid);
  return [name, mark, driver.archive.at(-1)?.text];
};

const troupe = (options?: string): GroupDriver => {
  const driver = verona(options);
  join(driver, ROMEO, NURSE);
  nickname(driver, JULIET, 'Juliet');
  nickname(driver, ROMEO, 'Romeo');
  nickname(driver, NURSE, 'Nurse');
  return driver;
};

const errorText = (sent: readonly Sent[]): string =>
  text(only(sent[0]?.stanza ?? { name: 'x', attrs: {}, children: [] }, 'error'), 'text');

describe('a nickname and a badge', () => {
  const cases: readonly [string, string, string, string, readonly (string | undefined)[]][] = [
    ['his own nickname', ROMEO, '', nick('Montague'), ['Montague', '', 'Romeo is now known as Montague']],
    [
      'his own nickname by 0',
      ROMEO,
      '0',
      nick('Montague'),
      ['Montague', '', 'Romeo is now known as Montague'],
    ],
    [
      'another nickname',
      JULIET,
      'his',
      nick('Montague'),
      ['Montague', '', 'Romeo nickname was changed to Montague by Juliet'],
    ],
    ['another badge', JULIET, 'his', badge('poet'), ['Romeo', 'poet', 'Romeo badge was changed by Juliet']],
    [
      'both of another',
      JULIET,
      'his',
      nick('Montague') + badge('poet'),
      ['Montague', 'poet', 'Romeo nickname was changed to Montague and badge was changed by Juliet'],
    ],
    [
      'spaces in a line',
      ROMEO,
      '',
      nick(' Old\n Montague\t'),
      ['Old Montague', '', 'Romeo is now known as Old Montague'],
    ],
    [
      'a badge that he has already',
      ROMEO,
      '',
      nick('Montague') + badge(''),
      ['Montague', '', 'Romeo is now known as Montague'],
    ],
  ];
  it.each(cases)('%s', (_, from, id, children, expected) => {
    const driver = troupe();
    const target = id === 'his' ? memberOf(driver, ROMEO).id : id;
    expect(verdict(change(driver, from, target, children))).toBe('result');
    expect(state(driver, ROMEO)).toEqual(expected);
  });

  it('of the owner himself, who may choose his badge', () => {
    const driver = troupe();
    change(driver, JULIET, '', badge('host'));
    expect(state(driver, JULIET)).toEqual(['Juliet', 'host', 'Juliet changed his/her badge']);
    change(driver, JULIET, memberOf(driver, JULIET).id, nick('Capulet') + badge('hostess'));
    expect(state(driver, JULIET)).toEqual([
      'Capulet',
      'hostess',
      'Juliet is now known as Capulet and changed his/her badge',
    ]);
  });

  it('are told to all, with the new card and the new version', () => {
    const driver = troupe();
    const { id } = memberOf(driver, ROMEO);
    const before = driver.group().version;
    const sent = change(driver, JULIET, id, nick('Montague') + badge('poet'));
    expect(sent.map(brief)).toEqual([
      `iq result > ${JULIET}`,
      ...[JULIET, ROMEO, NURSE].map((jid) => `message chat > ${bare(jid)}`),
    ]);
    const [, message] = sent.map(({ stanza }) => stanza);
    const mark = message && only(message, `x ${NS.groupsSystemMessage}`);
    expect(mark?.attrs).toMatchObject({ type: 'update', version: String(before + 1) });
    expect(
      mark && [only(mark, 'user').attrs.id, text(mark, 'user', 'nickname'), text(mark, 'user', 'badge')],
    ).toEqual([id, 'Montague', 'poet']);
    expect(message && text(message, 'reference', 'user', 'nickname')).toBe('Juliet');
    expect(driver.group().version).toBe(before + 1);
    expect(memberOf(driver, ROMEO)).toMatchObject({ version: before + 1, chosen: { nickname: true } });
  });

  it('may have 64 and 32 characters, whatever they are made of', () => {
    const driver = troupe();
    const [name, mark] = ['\u{1F339}'.repeat(64), '\u{1F339}'.repeat(32)];
    change(driver, JULIET, '', nick(name) + badge(mark));
    expect(state(driver, JULIET).slice(0, 2)).toEqual([name, mark]);
  });
});

describe('who may change them (error row 26)', () => {
  const OWN: readonly Role[] = [
    'owner',
    'change-group',
    'set-permissions',
    'set-restrictions',
    'change-users',
    'delete-messages',
    'member',
    'restricted',
  ];
  it.each(ROLES)('%s: his own nickname', (role) => {
    const driver = verona();
    const jid = inRole(driver, role);
    expect(verdict(change(driver, jid, '', nick('X')))).toBe(
      OWN.includes(role) ? 'result' : 'not-allowed 405',
    );
  });

  it.each(ROLES)('%s: his own badge, and the card of a member', (role) => {
    const driver = verona();
    join(driver, NURSE);
    const jid = inRole(driver, role);
    const expected = holders('change-users').includes(role) ? 'result' : 'not-allowed 405';
    expect(verdict(change(driver, jid, '', badge('X')))).toBe(expected);
    expect(verdict(change(driver, jid, memberOf(driver, NURSE).id, nick('Y')))).toBe(expected);
  });

  it('is said with the right that is missing', () => {
    const driver = troupe();
    expect(errorText(change(driver, ROMEO, '', badge('X')))).toBe(
      'You have no rights to change a badge: you need the right change-users',
    );
    expect(errorText(change(driver, ROMEO, memberOf(driver, NURSE).id, nick('X')))).toContain('change-users');
  });

  it('follows the hierarchy', () => {
    const driver = troupe();
    grant(driver, ROMEO, 'change-users');
    grant(driver, NURSE, 'change-users');
    for (const target of [JULIET, NURSE]) {
      expect(verdict(change(driver, ROMEO, memberOf(driver, target).id, nick('X')))).toBe('not-allowed 405');
    }
    expect(verdict(change(driver, JULIET, memberOf(driver, ROMEO).id, nick('X')))).toBe('result');
  });
});

describe('a change is refused', () => {
  const cases: readonly [string, string, string, string][] = [
    ['without a nickname and a badge (error row 28)', '', '', 'bad-request 400'],
    ['of nobody (error row 27)', 'nobody0000000000', nick('X'), 'item-not-found 404'],
    ['of a former member (error row 27)', 'former', nick('X'), 'item-not-found 404'],
    ['of somebody who is joining (error row 27)', 'joining', nick('X'), 'item-not-found 404'],
    ['to what it is (error row 29)', '', nick('Juliet') + badge(''), 'not-allowed 405'],
    ['to what another has (error row 29)', '', nick('Romeo'), 'not-allowed 405'],
    ['to what another had who left (error row 29)', '', nick('Nurse'), 'not-allowed 405'],
    ['to the JID that stands for a name (error row 29)', '', nick('paris@example.net'), 'not-allowed 405'],
    ['to no nickname', '', nick(' '), 'bad-request 400'],
    ['to a nickname of 65 characters', '', nick('a'.repeat(65)), 'bad-request 400'],
    ['to a badge of 33 characters', '', badge('\u{1F339}'.repeat(33)), 'bad-request 400'],
  ];
  it.each(cases)('%s', (_, id, children, expected) => {
    const driver = troupe();
    driver.send(`<presence from='${bare(NURSE)}' to='${driver.jid}' type='unsubscribe'/>`);
    driver.send(`<presence from='paris@example.net' to='${driver.jid}' type='subscribe'/>`);
    const ids: Record<string, string> = {
      former: memberOf(driver, NURSE).id,
      joining: memberOf(driver, 'paris@example.net').id,
    };
    const before = [...driver.group().members.values()];
    expect(verdict(change(driver, JULIET, ids[id] ?? id, children))).toBe(expected);
    expect([...driver.group().members.values()]).toEqual(before);
  });

  it('with the words of the reference when nickname and badge are taken', () => {
    expect(errorText(change(troupe(), ROMEO, '', nick('Nurse')))).toBe(
      'Duplicated combination of nickname and badge is not allowed',
    );
  });

  it.each([
    ['no user', `<query xmlns='${NS.groupsMembers}'/>`],
    [
      'two users',
      `<query xmlns='${NS.groupsMembers}'>${`<user xmlns='${NS.groups}' id=''>${nick('X')}</user>`.repeat(2)}</query>`,
    ],
  ])('when it names %s', (_, payload) => {
    expect(verdict(verona().send(iqXml(JULIET, 'set', payload)))).toBe('bad-request 400');
  });

  it('is not refused when nickname or badge differ from those of another', () => {
    const driver = troupe();
    expect(verdict(change(driver, JULIET, '', nick('Romeo') + badge('2')))).toBe('result');
    expect(verdict(change(driver, JULIET, '', badge('')))).toBe('not-allowed 405');
  });
});

describe('what was chosen', () => {
  it('is not replaced by what a vCard says', () => {
    const driver = troupe();
    change(driver, ROMEO, '', nick('Montague'));
    nickname(driver, ROMEO, 'Romeo');
    expect(memberOf(driver, ROMEO).nickname).toBe('Montague');
  });

  it('may be changed in an incognito group, but to nothing like an address', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO);
    expect(verdict(change(driver, ROMEO, '', nick('Montague')))).toBe('result');
    for (const name of ['juliet@example.com', 'ask nobody@example.org', 'juliet%40example.com']) {
      expect(verdict(change(driver, ROMEO, '', nick(name)))).toBe('not-acceptable 406');
      expect(verdict(change(driver, JULIET, '', badge(name.slice(0, 32))))).toBe('not-acceptable 406');
    }
    const [, message] = change(driver, JULIET, memberOf(driver, ROMEO).id, badge('mask'));
    expect(message && all(message.stanza, `x ${NS.groupsSystemMessage}`, 'user', 'jid')).toEqual([]);
  });
});
