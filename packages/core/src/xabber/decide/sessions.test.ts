import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, text, texts } from '../testing/reading.js';
import { deviceOf, household, ROLES } from '../testing/roles.js';
import {
  brief,
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  memberOf,
  NURSE,
  presenceXml,
  ROMEO,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

const MINUTE = 60_000;
const LAPTOP = 'romeo@example.com/laptop';

const chatState = (from: string, state: string): string =>
  `<message from='${from}' to='${VERONA}' type='chat'><${state} xmlns='${NS.chatStates}'/></message>`;

/** The signs by which clients of the three generations say the same. */
const OPEN: readonly [string, (from: string) => string][] = [
  ['#present', (from) => presenceXml(from, undefined, `<x xmlns='${NS.groupsPresent}'/>`)],
  ['active', (from) => chatState(from, 'active')],
];
const CLOSE: readonly [string, (from: string) => string][] = [
  ['#not-present', (from) => presenceXml(from, undefined, `<x xmlns='${NS.groupsNotPresent}'/>`)],
  ['inactive', (from) => chatState(from, 'inactive')],
  ['gone', (from) => chatState(from, 'gone')],
  ['unavailable', (from) => presenceXml(from, 'unavailable')],
];

const opens = (driver: GroupDriver, from: string): Sent[] =>
  driver.send(presenceXml(from, undefined, `<x xmlns='${NS.groupsPresent}'/>`));

const counted = ({ to, stanza }: Sent): string => `${to} ${text(stanza, `x ${NS.groups}`, 'present')}`;

/** The card of somebody in the list of members. */
const cardOf = (driver: GroupDriver, jid: string, since = 0) =>
  all(
    single(driver.send(iqXml(JULIET, 'get', `<query xmlns='${NS.groupsMembers}' version='${since}'/>`))),
    'query',
    'user',
  ).find((card) => texts(card, 'jid').some((own) => jid.startsWith(own)));

function threesome(options?: string): GroupDriver {
  const driver = verona(options);
  join(driver, ROMEO, NURSE);
  return driver;
}

describe.each(OPEN)('opening the chat by %s', (_, open) => {
  it('tells the devices that have it open, and nobody else', () => {
    const driver = threesome();
    expect(driver.send(open(ROMEO)).map(counted)).toEqual([`${ROMEO} 1`]);
    expect(driver.send(open(JULIET)).map(counted).sort()).toEqual([`${JULIET} 2`, `${ROMEO} 2`]);
  });

  it('repeated, or on a second device, tells that device alone', () => {
    const driver = threesome();
    driver.send(open(JULIET));
    driver.send(open(ROMEO));
    expect(driver.send(open(ROMEO)).map(counted)).toEqual([`${ROMEO} 2`]);
    expect(driver.send(open(LAPTOP)).map(counted)).toEqual([`${LAPTOP} 2`]);
    expect(driver.group().sessions.size).toBe(2);
  });

  it.each(ROLES)('is for members: %s', (role) => {
    const driver = household();
    const inside = !['blocked', 'invited', 'joining', 'former', 'stranger'].includes(role);
    expect(driver.send(open(deviceOf(role)))).toHaveLength(inside ? 1 : 0);
    expect(driver.group().sessions.size).toBe(inside ? 1 : 0);
  });
});

describe.each(CLOSE)('closing the chat by %s', (_, close) => {
  it('tells those who still have it open', () => {
    const driver = threesome();
    for (const jid of [JULIET, ROMEO, NURSE]) opens(driver, jid);
    expect(driver.send(close(ROMEO)).map(counted).sort()).toEqual([`${JULIET} 2`, `${NURSE} 2`]);
  });

  it('on one of two devices tells nobody', () => {
    const driver = threesome();
    for (const jid of [JULIET, ROMEO, LAPTOP]) opens(driver, jid);
    expect(driver.send(close(ROMEO))).toEqual([]);
    expect(driver.group().sessions.size).toBe(2);
    expect(driver.send(close(LAPTOP)).map(counted)).toEqual([`${JULIET} 1`]);
  });

  it('where it was not open tells nobody, but he was seen (5.3)', () => {
    const driver = threesome();
    const { version } = driver.group();
    driver.env.now += 10 * MINUTE;
    expect(driver.send(close(ROMEO))).toEqual([]);
    expect(memberOf(driver, ROMEO).lastSeen).toBe(driver.env.now);
    expect(cardOf(driver, ROMEO, version)).toBeDefined();
  });

  it('by somebody who is no member is nothing', () => {
    const driver = threesome();
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    const { version } = driver.group();
    expect(driver.send(close(NURSE))).toEqual([]);
    expect(driver.group().version).toBe(version);
  });
});

describe('who has the chat open', () => {
  it('is counted in every presence of the group, by people and not by devices', () => {
    const driver = threesome();
    for (const jid of [ROMEO, LAPTOP, NURSE]) opens(driver, jid);
    const said = (sent: Sent[]) => text(single(sent), `x ${NS.groups}`, 'present');
    expect(said(driver.send(presenceXml(JULIET)))).toBe('2');
    expect(said(driver.send(`<presence from='${JULIET}' to='${VERONA}' type='probe'/>`))).toBe('2');
    const left = driver.send(presenceXml(NURSE, 'unsubscribe')).filter(({ to }) => to.startsWith('juliet'));
    expect(left.filter(({ stanza }) => stanza.name === 'presence').map(counted)).toEqual([
      'juliet@example.com 1',
    ]);
  });

  it('has no time of being seen in the list of members (8.1); who closed it has', () => {
    const driver = threesome();
    const seen = (since = 0) => {
      const card = cardOf(driver, ROMEO, since);
      return card && texts(card, 'present');
    };
    const before = driver.group().version;
    opens(driver, ROMEO);
    expect(seen(before)).toEqual([]);
    const open = driver.group().version;
    driver.env.now += 3 * MINUTE;
    driver.send(presenceXml(ROMEO, 'unavailable'));
    expect(seen(open)).toEqual(['2021-04-15T14:08:45.123Z']);
    expect(seen(driver.group().version)).toBeUndefined();
  });

  it('is forgotten when he leaves', () => {
    const driver = threesome();
    opens(driver, ROMEO);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(driver.group().sessions.size).toBe(0);
  });

  it('is nobody else for the others of an incognito group', () => {
    const driver = threesome(INCOGNITO);
    const sent = [JULIET, ROMEO, NURSE].flatMap((jid) => opens(driver, jid));
    for (const { to, xml } of sent) {
      for (const jid of ['juliet@', 'romeo@', 'nurse@']) {
        if (!to.startsWith(jid)) expect(xml).not.toContain(jid);
      }
    }
  });

  it('goes offline with all of his devices when his server says so of the account', () => {
    const driver = threesome();
    for (const jid of [JULIET, ROMEO, LAPTOP]) opens(driver, jid);
    const sent = driver.send(`<presence from='romeo@example.com' to='${VERONA}' type='unavailable'/>`);
    expect(sent.map(counted)).toEqual([`${JULIET} 1`]);
  });
});

describe('a sign that is repeated every half minute', () => {
  it('is an event only now and then', () => {
    const driver = threesome();
    opens(driver, ROMEO);
    const { version } = driver.group();
    for (let minutes = 0; minutes < 4; minutes++) {
      driver.env.now += MINUTE;
      expect(opens(driver, ROMEO)).toHaveLength(1);
    }
    expect(driver.group().version).toBe(version);
    driver.env.now += MINUTE;
    opens(driver, ROMEO);
    expect(driver.group().version).toBeGreaterThan(version);
    expect(driver.group().sessions.get(memberOf(driver, ROMEO).id)?.get('orchard')).toBe(driver.env.now);
  });
});

describe('a device that goes silent', () => {
  it('no longer counts after an hour, and those who are left are told', () => {
    const driver = threesome();
    opens(driver, ROMEO);
    opens(driver, LAPTOP);
    driver.env.now += 30 * MINUTE;
    opens(driver, JULIET);
    driver.env.now += 30 * MINUTE - 1;
    expect(driver.command({ kind: 'sweep' })).toEqual([]);
    expect(driver.group().sessions.size).toBe(2);
    driver.env.now += 1;
    expect(driver.command({ kind: 'sweep' }).map(counted)).toEqual([`${JULIET} 1`]);
    expect(driver.group().sessions.size).toBe(1);
  });

  it('is one of two: the other still counts', () => {
    const driver = threesome();
    opens(driver, ROMEO);
    driver.env.now += 40 * MINUTE;
    opens(driver, LAPTOP);
    driver.env.now += 20 * MINUTE;
    expect(driver.command({ kind: 'sweep' })).toEqual([]);
    expect([...(driver.group().sessions.get(memberOf(driver, ROMEO).id)?.keys() ?? [])]).toEqual(['laptop']);
  });
});

describe('what a member decides about himself (5.4)', () => {
  const choice = (name: string, value: string): string => `<${name} xmlns='${NS.groups}'>${value}</${name}>`;

  it('is taken from his presence, and answered as any other', () => {
    const driver = threesome();
    const sent = driver.send(
      presenceXml(ROMEO, undefined, choice('collect', 'false') + choice('peer-to-peer', 'false')),
    );
    expect(sent.map(brief)).toEqual([`presence > ${ROMEO}`]);
    expect(memberOf(driver, ROMEO).preferences).toEqual({
      collects: false,
      acceptsPrivateChats: false,
      receivesUpdates: true,
    });
    driver.send(presenceXml(ROMEO, undefined, choice('collect', 'yes')));
    expect(memberOf(driver, ROMEO).preferences).toMatchObject({ collects: true, acceptsPrivateChats: false });
    driver.send(presenceXml(ROMEO));
    expect(memberOf(driver, ROMEO).preferences).toMatchObject({ collects: true, acceptsPrivateChats: false });
  });

  it('is taken when he asks to join: nobody is asked about him then', () => {
    const driver = verona();
    const before = driver.questions.length;
    driver.send(presenceXml(ROMEO, 'subscribe', choice('collect', 'false')));
    driver.send(presenceXml(ROMEO, 'subscribed'));
    expect(memberOf(driver, ROMEO)).toMatchObject({ subscription: 'both', preferences: { collects: false } });
    expect(driver.questions).toHaveLength(before);
    driver.command({ kind: 'profile', from: memberOf(driver, ROMEO).jid, nickname: 'Romeo' });
    expect(memberOf(driver, ROMEO).nickname).toBeUndefined();
  });

  it('is no business of strangers', () => {
    const driver = verona();
    expect(driver.send(presenceXml(NURSE, undefined, choice('collect', 'false')))).toEqual([]);
  });

  it('that makes no sense is passed over', () => {
    const driver = threesome();
    driver.send(presenceXml(ROMEO, undefined, choice('collect', 'perhaps')));
    expect(memberOf(driver, ROMEO).preferences.collects).toBe(true);
  });
});
