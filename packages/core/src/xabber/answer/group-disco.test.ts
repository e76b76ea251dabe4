import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { groupDriver } from '../testing/group-driver.js';
import { all, has, only, text, texts } from '../testing/reading.js';
import { iqXml, JULIET, join, PARIS, ROMEO, SPEAKER, single, VERONA, verona } from '../testing/scenes.js';

const OPTIONS =
  '<name>Masked ball</name><description>Where families fight</description><privacy>incognito</privacy>' +
  '<membership>member-only</membership><index>none</index>';

const ask = (driver: GroupDriver, payload: string, from: string = PARIS, to?: string): XmlElement =>
  single(driver.send(iqXml(from, 'get', payload, to)));

const info = (node?: string): string =>
  `<query xmlns='${NS.discoInfo}'${node === undefined ? '' : ` node='${node}'`}/>`;

const items = (node?: string): string => info(node).replace(NS.discoInfo, NS.discoItems);

describe('what a group is, for everybody to read', () => {
  it.each([SPEAKER, VERONA])('from %s (T3)', (to) => {
    const answer = ask(verona(OPTIONS), info(), PARIS, to);
    expect([answer.attrs.from, answer.attrs.type]).toEqual([to, 'result']);
    expect(only(answer, 'query', 'identity').attrs).toMatchObject({
      category: 'conference',
      type: 'groupchat',
      name: 'Masked ball',
    });
  });

  it('has its access rules under all names that clients read (T23)', () => {
    const form = only(ask(verona(OPTIONS), info()), 'query', `x ${NS.dataForms}`);
    const fields = Object.fromEntries(
      all(form, 'field').map((field) => [field.attrs.var, text(field, 'value')]),
    );
    expect(form.attrs.type).toBe('result');
    expect(fields).toEqual({
      FORM_TYPE: NS.groupsInfo,
      description: 'Where families fight',
      privacy: 'incognito',
      anonymous: 'incognito',
      model: 'member-only',
    });
  });

  it('names what it can do', () => {
    const features = all(ask(verona(), info()), 'query', 'feature').map(({ attrs }) => attrs.var);
    expect(features).toEqual(
      expect.arrayContaining([NS.rewrite, NS.messageRetraction, NS.messageModeration, NS.messageCorrection]),
    );
    expect(features).toEqual(expect.arrayContaining([NS.reactions, NS.reply]));
    expect(features).toEqual(
      expect.arrayContaining([NS.groups, NS.discoInfo, NS.discoItems, NS.mam, NS.vcard, NS.ping]),
    );
    expect(new Set(features).size).toBe(features.length);
  });

  it('is the same at the node of the groups, and nothing at another', () => {
    const answer = ask(verona(), info(NS.groups));
    expect([only(answer, 'query').attrs.node, all(answer, 'query', 'identity').length]).toEqual([
      NS.groups,
      1,
    ]);
    expect(has(ask(verona(), info('urn:example')), 'error', 'item-not-found')).toBe(true);
  });
});

describe('the slow mode of a group (XEP-0500)', () => {
  const paced = (slowMode: number, slowModeForNewcomers: number): GroupDriver => {
    const driver = verona();
    join(driver, ROMEO);
    driver.happen({ kind: 'paceChanged', pace: { slowMode, slowModeForNewcomers } });
    return driver;
  };
  const told = (answer: XmlElement): string | undefined => {
    const form = all(answer, 'query', `x ${NS.dataForms}`).find((candidate) =>
      all(candidate, 'field').some((field) => text(field, 'value') === NS.mucRoomInfo),
    );
    const field =
      form && all(form, 'field').find(({ attrs }) => attrs.var === 'muc#roominfo_slow_mode_duration');
    return field && `${field.attrs.type} ${text(field, 'value')}`;
  };

  it('is not spoken of where there is none', () => {
    expect(told(ask(verona(), info()))).toBeUndefined();
  });

  it.each([
    [20, 0, 'text-single 20', 'text-single 20'],
    [20, 60, 'text-single 60', 'text-single 20'],
    [0, 60, 'text-single 60', 'text-single 0'],
  ])('of %i and %i for newcomers is told each as it is for him', (members, newcomers, his, others) => {
    const driver = paced(members, newcomers);
    expect(told(ask(driver, info(), ROMEO))).toBe(his);
    expect(told(ask(driver, info(), PARIS))).toBe(others);
    expect(told(ask(driver, info(), JULIET))).toBe('text-single 0');
    driver.env.now += 24 * 60 * 60 * 1000;
    expect(told(ask(driver, info(), ROMEO))).toBe(others);
  });

  it('is the same for all at the node of the capabilities', () => {
    const driver = paced(20, 60);
    const answers = [JULIET, ROMEO, PARIS].map((asker) => told(ask(driver, info(`${NS.groups}#old`), asker)));
    expect(answers).toEqual(['text-single 20', 'text-single 20', 'text-single 20']);
  });
});

describe('the items of a group', () => {
  it('are the nodes of its avatar', () => {
    expect(all(ask(verona(), items()), 'query', 'item').map(({ attrs }) => [attrs.jid, attrs.node])).toEqual([
      [VERONA, NS.avatarData],
      [VERONA, NS.avatarMetadata],
    ]);
    expect(all(ask(verona(), items(NS.avatarData)), 'query', 'item')).toEqual([]);
  });

  it('are no avatars yet', () => {
    const answer = ask(
      verona(),
      `<pubsub xmlns='${NS.pubsub}'><items node='${NS.avatarMetadata}'/></pubsub>`,
    );
    expect(has(answer, 'error', 'item-not-found')).toBe(true);
  });
});

describe('the vCard of a group', () => {
  it('holds its properties, for everybody (11.7)', () => {
    const driver = verona(OPTIONS);
    driver.happen({ kind: 'statusChanged', status: 'fiesta' });
    const card = only(ask(driver, `<vCard xmlns='vcard-temp'/>`), `vCard ${NS.vcard}`);
    const parts = [
      'NICKNAME',
      'JABBERID',
      'DESC',
      'X-PRIVACY',
      'X-INDEX',
      'X-MEMBERSHIP',
      'X-STATUS',
      'X-MEMBERS',
    ];
    expect(parts.map((name) => text(card, name))).toEqual([
      'Masked ball',
      VERONA,
      'Where families fight',
      'incognito',
      'none',
      'member-only',
      'Fiesta',
      '1',
    ]);
  });

  it('counts the members (D.12)', () => {
    const driver = verona();
    join(driver, ROMEO);
    expect(texts(ask(driver, `<vCard xmlns='vcard-temp'/>`), 'vCard', 'X-MEMBERS')).toEqual(['2']);
  });
});

describe('a request', () => {
  const requests: readonly [title: string, payload: string][] = [
    ['info', info()],
    ['items', items()],
    ['vCard', `<vCard xmlns='vcard-temp'/>`],
    ['members', `<query xmlns='${NS.groupsMembers}' version='0'/>`],
    ['rights', `<query xmlns='${NS.groupsRights}'/>`],
    ['ping', `<ping xmlns='${NS.ping}'/>`],
  ];
  it.each(requests)('for %s to a group that does not exist finds nothing', (_, payload) => {
    const error = only(ask(groupDriver(), payload), 'error');
    expect([has(error, 'item-not-found'), error.attrs.code]).toEqual([true, '404']);
  });

  it.each([
    ['of the protocol that is not known', 'get', `<query xmlns='${NS.groups}#whatever'/>`, 'bad-request'],
    ['that may not be asked so', 'set', `<query xmlns='${NS.groupsMembers}'/>`, 'bad-request'],
    ['of something else', 'get', `<query xmlns='urn:example'/>`, 'service-unavailable'],
    ['of nothing', 'get', '', 'bad-request'],
    ['of two things', 'get', info() + items(), 'bad-request'],
  ] as const)('%s is refused', (_, type, payload, condition) => {
    const answer = single(verona().send(iqXml(JULIET, type, payload)));
    expect([answer.attrs.type, has(answer, 'error', condition)]).toEqual(['error', true]);
  });
});

describe('what every entity answers', () => {
  it('ping', () => {
    const answer = ask(verona(), `<ping xmlns='${NS.ping}'/>`);
    expect([answer.attrs.type, answer.children]).toEqual(['result', []]);
  });

  it('version, last activity and time', () => {
    expect(text(ask(verona(), `<query xmlns='${NS.version}'/>`), 'query', 'version')).toBe('0.1.0');
    expect(only(ask(verona(), `<query xmlns='${NS.last}'/>`), 'query').attrs.seconds).toBe('0');
    const time = only(ask(verona(), `<time xmlns='${NS.time}'/>`), 'time');
    expect([text(time, 'tzo'), text(time, 'utc')]).toEqual(['+00:00', '2021-04-15T14:05:45.123Z']);
  });
});
