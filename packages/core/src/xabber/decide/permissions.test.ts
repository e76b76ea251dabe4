import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { PERMISSION_NAMES } from '../model/permission-names.js';
import { PERMISSIONS, RESTRICTIONS, type Right } from '../model/rights.js';
import { START } from '../testing/clockwork.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, only, text } from '../testing/reading.js';
import {
  answerIn,
  grant,
  iqXml,
  JULIET,
  memberOf,
  NURSE,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  refusalIn,
  rightsOf,
  single,
  trio,
  VERONA,
} from '../testing/scenes.js';

const NOW = Math.floor(START / 1000);
const P = `xmlns='${NS.permissions}'`;

const get = (driver: GroupDriver, from: string, target: string): XmlElement =>
  single(driver.send(iqXml(from, 'get', `<permissions ${P} target='${target}'/>`, VERONA)));

const set = (driver: GroupDriver, from: string, target: string, entries: string): Sent[] =>
  driver.send(
    iqXml(
      from,
      'set',
      `<permissions ${P} target='${memberOf(driver, target).id}'>${entries}</permissions>`,
      VERONA,
    ),
  );

const entriesIn = (answer: XmlElement, ...path: string[]) =>
  new Map(all(answer, ...path, 'permissions', 'permission').map(({ attrs }) => [attrs.name, attrs]));

describe('permissions of a member', () => {
  it('are listed under all their names, with level and time', () => {
    const driver = trio();
    grant(driver, ROMEO, ['send-messages'], NOW + 60);
    const { id } = memberOf(driver, ROMEO);
    const answer = get(driver, JULIET, id);
    expect([answer.attrs.from, only(answer, `permissions ${NS.permissions}`).attrs.target]).toEqual([
      VERONA,
      id,
    ]);
    const entries = entriesIn(answer);
    expect([...entries.keys()]).toEqual(PERMISSION_NAMES.map(({ name }) => name));
    expect(entries.get('send-messages')).toMatchObject({
      level: 'member',
      status: 'false',
      fixed: 'false',
      seconds: '60',
      expires: String(NOW + 60),
      display: 'Send messages',
    });
    expect(entries.get('send-media')).toMatchObject({ level: 'member', status: 'true', fixed: 'false' });
    expect(entries.get('send-media')).not.toHaveProperty('expires');
    expect(entries.get('block-users')).toMatchObject({ level: 'admin', status: 'false', fixed: 'false' });
    expect(entries.get('pin-messages')).toMatchObject({ status: 'false', fixed: 'true' });
    expect(entries.get('owner')).toMatchObject({ level: 'owner', status: 'false', fixed: 'false' });
  });

  it('follow the levels: what comes from above cannot be changed below', () => {
    const driver = trio();
    grant(driver, ROMEO, ['change-group'], NOW + 60);
    const entries = entriesIn(get(driver, JULIET, memberOf(driver, ROMEO).id));
    expect(entries.get('change-group-settings')).toMatchObject({ status: 'true', fixed: 'false' });
    expect(entries.get('pin-messages')).toMatchObject({ status: 'true', fixed: 'true', seconds: '60' });
    expect(entries.get('block-users')).toMatchObject({ status: 'true', fixed: 'true', seconds: '60' });
  });

  it('of oneself are told and fixed', () => {
    const driver = trio();
    for (const target of ['', memberOf(driver, ROMEO).id]) {
      const entries = entriesIn(get(driver, ROMEO, target));
      expect([...entries.values()].map(({ fixed }) => fixed)).toEqual(PERMISSION_NAMES.map(() => 'true'));
      expect(entries.get('send-messages')?.status).toBe('true');
    }
  });

  it('of others are nobody’s business but of who may change them', () => {
    const driver = trio();
    const romeo = memberOf(driver, ROMEO).id;
    expect(entriesIn(get(driver, NURSE, romeo)).size).toBe(0);
    grant(driver, NURSE, ['set-restrictions']);
    const entries = entriesIn(get(driver, NURSE, romeo));
    expect([...entries.values()].filter(({ fixed }) => fixed === 'false').map(({ name }) => name)).toEqual([
      'send-messages',
      'send-media',
      'add-members',
    ]);
    expect(entriesIn(get(driver, NURSE, memberOf(driver, JULIET).id)).size).toBe(0);
  });

  it('are refused to outsiders, and of outsiders', () => {
    const driver = trio();
    const { id } = memberOf(driver, ROMEO);
    expect(refusalIn(get(driver, PARIS, id))).toMatch(/^405 not-allowed/);
    expect(refusalIn(get(driver, JULIET, 'nobody'))).toMatch(/^404 item-not-found/);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(refusalIn(get(driver, JULIET, id))).toMatch(/^404 item-not-found/);
  });
});

describe('setting them', () => {
  type Row = readonly [
    title: string,
    before: Partial<Record<Right, number>>,
    entries: string,
    after: Partial<Record<Right, number>>,
  ];
  const rows: readonly Row[] = [
    [
      'a restriction for a time',
      {},
      "<permission name='send-messages' status='false' seconds='3600'/>",
      { 'send-messages': NOW + 3600 },
    ],
    [
      'a restriction for ever',
      {},
      "<permission name='send-messages' status='false'/>",
      { 'send-messages': 0 },
    ],
    [
      'a restriction until a moment',
      {},
      `<permission name='add-members' status='false' expires='${NOW + 9}'/>`,
      { 'send-invitations': NOW + 9 },
    ],
    [
      'one name for several rights',
      { 'send-audio': NOW + 5 },
      "<permission name='send-media' status='false' seconds='60.0'/>",
      { 'send-images': NOW + 60, 'send-audio': NOW + 60, 'send-voice': NOW + 60, 'send-stickers': NOW + 60 },
    ],
    [
      'which all end together',
      { 'send-audio': 0, 'send-voice': NOW + 5 },
      "<permission name='send-media' status='true'/>",
      {},
    ],
    ['a permission', {}, "<permission name='block-users' status='true'/>", { 'set-restrictions': 0 }],
    ['no permission', { 'change-group': 0 }, "<permission name='change-group-settings' status='false'/>", {}],
    ['an owner', { 'send-audio': 0 }, "<permission name='owner' status='true'/>", { owner: 0 }],
    [
      'what was shown is no change, though fewer seconds are left',
      { 'send-messages': NOW + 50, 'change-group': NOW + 70 },
      `<permission name='send-messages' status='false' seconds='58' expires='${NOW + 50}'/>` +
        `<permission name='pin-messages' status='true' fixed='true' seconds='77' expires='${NOW + 70}'/>` +
        "<permission name='owner' status='false'/><permission name='send-media' status='false' seconds='0'/>",
      {
        'send-messages': NOW + 50,
        'change-group': NOW + 70,
        'send-images': 0,
        'send-audio': 0,
        'send-voice': 0,
        'send-stickers': 0,
      },
    ],
  ];
  it.each(rows)('%s', (_, before, entries, after) => {
    const driver = trio();
    for (const right of [...PERMISSIONS, ...RESTRICTIONS]) {
      const until = before[right];
      if (until !== undefined) grant(driver, ROMEO, [right], until);
    }
    const sent = set(driver, JULIET, ROMEO, entries);
    expect(answerIn(sent).attrs.type).toBe('result');
    expect(rightsOf(driver, ROMEO)).toEqual(after);
    const [message] = reaching(sent, NURSE);
    expect(message && only(message, `x ${NS.groupsSystemMessage}`).attrs.version).toBe(
      String(driver.group().version),
    );
  });

  it('answers with the list as it is now', () => {
    const driver = trio();
    const sent = set(driver, JULIET, ROMEO, "<permission name='send-messages' status='false' seconds='60'/>");
    expect(entriesIn(answerIn(sent)).get('send-messages')).toMatchObject({ status: 'false', seconds: '60' });
    const [message] = reaching(sent, NURSE);
    expect(message && text(message, 'body')).toBe('romeo@example.com was restricted by juliet@example.com');
  });

  it('to what they are says nothing to anybody', () => {
    const driver = trio();
    const { version } = driver.group();
    const sent = set(driver, JULIET, ROMEO, "<permission name='send-messages' status='true'/>");
    expect(entriesIn(single(sent)).size).toBe(PERMISSION_NAMES.length);
    expect(driver.group().version).toBe(version);
  });

  it.each([
    [
      'an unknown name',
      JULIET,
      "<permission name='fly' status='true'/>",
      '400 bad-request: There is no permission fly',
    ],
    ['no status', JULIET, "<permission name='owner'/>", /^400 bad-request/],
    ['a status that is none', JULIET, "<permission name='owner' status='maybe'/>", /^400 bad-request/],
    [
      'a name that goes with another',
      JULIET,
      "<permission name='pin-messages' status='true'/>",
      '405 not-allowed: pin-messages goes with change-group-settings',
    ],
    [
      'a right that is missing',
      NURSE,
      "<permission name='owner' status='true'/>",
      '405 not-allowed: You need the right owner for that',
    ],
    [
      'all rights missing',
      ROMEO,
      "<permission name='send-messages' status='false'/>",
      '405 not-allowed: You need the right set-restrictions for that',
    ],
    [
      'a stranger',
      PARIS,
      "<permission name='send-messages' status='false'/>",
      /^405 not-allowed: You are not a member/,
    ],
  ])('is refused: %s', (_, from, entries, refusal) => {
    const driver = trio();
    grant(driver, NURSE, ['change-group']);
    const answer = single(set(driver, from, ROMEO, entries));
    if (typeof refusal === 'string') expect(refusalIn(answer)).toBe(refusal);
    else expect(refusalIn(answer)).toMatch(refusal);
    expect(rightsOf(driver, ROMEO)).toEqual({});
  });

  it('cannot take away what comes from above', () => {
    const driver = trio();
    grant(driver, ROMEO, ['change-group']);
    const answer = single(set(driver, JULIET, ROMEO, "<permission name='block-users' status='false'/>"));
    expect(refusalIn(answer)).toBe('405 not-allowed: block-users comes with a higher permission');
  });

  it.each([
    ['oneself', JULIET, JULIET],
    ['an equal', NURSE, ROMEO],
  ])('is refused for %s', (_, from, target) => {
    const driver = trio();
    grant(driver, NURSE, ['change-group']);
    grant(driver, ROMEO, ['delete-messages']);
    const answer = single(set(driver, from, target, "<permission name='send-messages' status='false'/>"));
    expect(refusalIn(answer)).toMatch(/^405 not-allowed/);
  });
});

describe.each(['defaults', 'newbies'])('%s', (list) => {
  const ask = (driver: GroupDriver, from: string) =>
    single(driver.send(iqXml(from, 'get', `<${list} ${P}/>`, VERONA)));
  const change = (driver: GroupDriver, from: string, entries: string) =>
    single(
      driver.send(
        iqXml(from, 'set', `<${list} ${P}><permissions>${entries}</permissions></${list}>`, VERONA),
      ),
    );

  it('are the restrictions of newcomers', () => {
    const driver = trio();
    driver.happen({ kind: 'defaultRestrictionSet', restriction: 'send-messages', seconds: 3600 });
    const entries = entriesIn(ask(driver, JULIET), list);
    expect([...entries.keys()]).toEqual(['send-messages', 'send-media', 'add-members']);
    expect(entries.get('send-messages')).toMatchObject({ status: 'false', seconds: '3600', fixed: 'false' });
    expect(entries.get('add-members')).toMatchObject({ status: 'true' });
  });

  it('are set and lifted', () => {
    const driver = trio();
    const answer = change(
      driver,
      JULIET,
      "<permission name='send-media' status='false'/><permission name='add-members' status='false' seconds='60'/>",
    );
    expect(entriesIn(answer, list).get('send-media')?.status).toBe('false');
    expect(Object.fromEntries(driver.group().defaultRestrictions)).toEqual({
      'send-images': 0,
      'send-audio': 0,
      'send-voice': 0,
      'send-stickers': 0,
      'send-invitations': 60,
    });
    change(driver, JULIET, "<permission name='send-media' status='true'/>");
    expect(Object.fromEntries(driver.group().defaultRestrictions)).toEqual({ 'send-invitations': 60 });
  });

  it.each([
    [
      'a member',
      NURSE,
      "<permission name='send-media' status='false'/>",
      /^405 not-allowed: You need the right change-group/,
    ],
    [
      'a stranger',
      PARIS,
      "<permission name='send-media' status='false'/>",
      /^405 not-allowed: You are not a member/,
    ],
    [
      'a permission',
      JULIET,
      "<permission name='pin-messages' status='true'/>",
      /^405 not-allowed: pin-messages is given/,
    ],
    ['an unknown name', JULIET, "<permission name='fly' status='true'/>", /^400 bad-request/],
  ])('are refused: %s', (_, from, entries, refusal) => {
    const driver = trio();
    expect(refusalIn(change(driver, from, entries))).toMatch(refusal);
    if (from !== JULIET) expect(refusalIn(ask(driver, from))).toMatch(refusal);
    expect(driver.group().defaultRestrictions.size).toBe(0);
  });
});

it('what is not known of these permissions is a mistake', () => {
  const answer = single(trio().send(iqXml(JULIET, 'get', `<query ${P}/>`, VERONA)));
  expect(refusalIn(answer)).toMatch(/^400 bad-request: This request is not known here/);
});
