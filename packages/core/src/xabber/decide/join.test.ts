import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { memberByJid } from '../model/group.js';
import { bareJid, clockwork } from '../testing/clockwork.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { has, only, text } from '../testing/reading.js';
import {
  bare,
  brief,
  INCOGNITO,
  JULIET,
  join,
  memberOf,
  NURSE,
  nickname,
  presenceXml,
  ROMEO,
  reaching,
  SPEAKER,
  verona,
} from '../testing/scenes.js';

const HAND_SHAKE = [`presence subscribed > ${bare(ROMEO)}`, `presence subscribe > ${bare(ROMEO)}`];
const TURNED_AWAY = [`presence unsubscribed > ${bare(ROMEO)}`];
const TAKEN_IN = [
  'message chat > juliet@example.com',
  'message chat > romeo@example.com',
  'presence > juliet@example.com',
  'presence > romeo@example.com',
];
const SEEN_OFF = [
  'presence unsubscribe > romeo@example.com',
  'presence unavailable > romeo@example.com',
  'message chat > juliet@example.com',
  'presence > juliet@example.com',
];

const subscriptionOf = (driver: GroupDriver, jid: string): string =>
  memberByJid(driver.group(), bareJid(bare(jid)))?.subscription ?? 'unknown';

/** What Romeo has done before. */
const HISTORIES: Readonly<Record<string, readonly string[]>> = {
  stranger: [],
  waiting: ['subscribe'],
  member: ['subscribe', 'subscribed'],
  former: ['subscribe', 'subscribed', 'unsubscribe'],
  refuser: ['subscribe', 'unsubscribed'],
};

const AVAILABLE = [`presence > ${ROMEO}`];

describe('each presence from each kind of user', () => {
  const cases: readonly [who: string, type: string | undefined, sent: readonly string[], after: string][] = [
    ['stranger', 'subscribe', HAND_SHAKE, 'wait'],
    ['stranger', 'subscribed', [], 'unknown'],
    ['stranger', 'unsubscribe', [], 'unknown'],
    ['stranger', 'unsubscribed', [], 'unknown'],
    ['stranger', undefined, [], 'unknown'],
    ['stranger', 'unavailable', [], 'unknown'],
    ['stranger', 'probe', TURNED_AWAY, 'unknown'],
    ['waiting', 'subscribe', HAND_SHAKE, 'wait'],
    ['waiting', 'subscribed', TAKEN_IN, 'both'],
    ['waiting', 'unsubscribe', [], 'none'],
    ['waiting', 'unsubscribed', [], 'none'],
    ['waiting', undefined, [], 'wait'],
    ['waiting', 'unavailable', [], 'wait'],
    ['waiting', 'probe', [`presence subscribe > ${bare(ROMEO)}`], 'wait'],
    ['member', 'subscribe', HAND_SHAKE, 'both'],
    ['member', 'subscribed', [], 'both'],
    ['member', 'unsubscribe', SEEN_OFF, 'none'],
    ['member', 'unsubscribed', SEEN_OFF, 'none'],
    ['member', undefined, AVAILABLE, 'both'],
    ['member', 'unavailable', [], 'both'],
    ['member', 'probe', [`presence > ${bare(ROMEO)}`], 'both'],
    ['former', 'subscribe', HAND_SHAKE, 'wait'],
    ['former', 'subscribed', [], 'none'],
    ['former', 'unsubscribe', [], 'none'],
    ['former', 'unsubscribed', [], 'none'],
    ['former', undefined, [], 'none'],
    ['former', 'probe', TURNED_AWAY, 'none'],
    ['refuser', 'subscribe', HAND_SHAKE, 'wait'],
    ['refuser', 'subscribed', [], 'none'],
    ['refuser', 'probe', TURNED_AWAY, 'none'],
  ];
  it.each(cases)('%s: %s', (who, type, sent, after) => {
    const driver = verona();
    for (const earlier of HISTORIES[who] ?? []) driver.send(presenceXml(ROMEO, earlier));
    const before = driver.archive.length;
    const answers = driver.send(presenceXml(ROMEO, type));
    expect(answers.map(brief)).toEqual(sent);
    expect(subscriptionOf(driver, ROMEO)).toBe(after);
    const size = after === 'both' ? 2 : 1;
    expect(driver.group().size).toBe(size);
    for (const { stanza } of answers) {
      if (has(stanza, `x ${NS.groups}`)) expect(text(stanza, 'x', 'members')).toBe(String(size));
    }
    // A system message is archived exactly when one is sent.
    expect(driver.archive.length - before).toBe(
      Number(answers.some(({ stanza }) => stanza.name === 'message')),
    );
  });
});

describe('the access of somebody who asks (error row 8)', () => {
  const block = (address: string) => (driver: GroupDriver) =>
    driver.happen({ kind: 'blockAdded', block: { address: bareJid(address), member: undefined } });
  const nothing = () => {};
  const groupMark = `<x xmlns='${NS.groups}'><name>Mantua</name><members>3</members></x>`;
  const cases: readonly [
    title: string,
    options: string,
    who: string,
    prepare: (driver: GroupDriver) => void,
    payload: string,
    admitted: boolean,
  ][] = [
    ['open', '<name>V</name>', 'stranger', nothing, '', true],
    ['blocked', '<name>V</name>', 'stranger', block('romeo@example.com'), '', false],
    ['blocked in capitals', '<name>V</name>', 'stranger', block('ROMEO@Example.COM'), '', false],
    ['of a blocked domain', '<name>V</name>', 'stranger', block('example.com'), '', false],
    ['another is blocked', '<name>V</name>', 'stranger', block('paris@example.com'), '', true],
    ['blocked since he left', '<name>V</name>', 'former', block('romeo@example.com'), '', false],
    ['blocked since he asked', '<name>V</name>', 'waiting', block('romeo@example.com'), '', false],
    [
      'of an allowed domain',
      '<domains><domain>example.com</domain></domains>',
      'stranger',
      nothing,
      '',
      true,
    ],
    ['of another domain', '<domains><domain>example.org</domain></domains>', 'stranger', nothing, '', false],
    ['of a sub-domain', '<domains><domain>com</domain></domains>', 'stranger', nothing, '', false],
    ['not invited', '<membership>member-only</membership>', 'stranger', nothing, '', false],
    ['a group (T17)', '<name>V</name>', 'stranger', nothing, groupMark, false],
    ['a client with an empty mark', '<name>V</name>', 'stranger', nothing, `<x xmlns='${NS.groups}'/>`, true],
    ['a member, whatever his client says', '<name>V</name>', 'member', nothing, groupMark, true],
  ];
  it.each(cases)('%s', (_, options, who, prepare, payload, admitted) => {
    const driver = verona(options);
    for (const earlier of HISTORIES[who] ?? []) driver.send(presenceXml(ROMEO, earlier));
    prepare(driver);
    const before = subscriptionOf(driver, ROMEO);
    const answers = driver.send(presenceXml(ROMEO, 'subscribe', payload));
    expect(answers.map(brief)).toEqual(admitted ? HAND_SHAKE : TURNED_AWAY);
    if (!admitted) {
      expect(subscriptionOf(driver, ROMEO)).toBe(before);
      expect(answers[0]?.stanza.children).toEqual([]);
      expect(answers[0]?.stanza.attrs.from).toBe(SPEAKER);
    }
  });

  it('a member-only group takes in who was invited, and no former member', () => {
    const driver = verona('<membership>member-only</membership>');
    const invited = { kind: 'joinRequested', member: 'r0me000011112222', nickname: undefined } as const;
    driver.happen({ ...invited, jid: bareJid(bare(ROMEO)), version: driver.group().version + 1 });
    expect(driver.send(presenceXml(ROMEO, 'subscribe')).map(brief)).toEqual(HAND_SHAKE);
    expect(driver.send(presenceXml(ROMEO, 'subscribed')).map(brief)).toEqual(TAKEN_IN);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(driver.send(presenceXml(ROMEO, 'subscribe')).map(brief)).toEqual(TURNED_AWAY);
    expect(subscriptionOf(driver, ROMEO)).toBe('none');
  });

  it('who is blocked between request and approval does not come in', () => {
    for (const address of ['romeo@example.com', 'example.com']) {
      const driver = verona();
      driver.send(presenceXml(ROMEO, 'subscribe'));
      block(address)(driver);
      expect(driver.send(presenceXml(ROMEO, 'subscribed')).map(brief)).toEqual(TURNED_AWAY);
      expect(subscriptionOf(driver, ROMEO)).toBe('none');
      expect([driver.group().size, driver.archive.length]).toEqual([1, 1]);
    }
  });
});

describe('joining', () => {
  it('tells the newcomer at once that this is a group, and from its resource (T4)', () => {
    const driver = verona('<name>Verona &amp; Mantua</name><description>d</description>');
    for (const { stanza } of driver.send(presenceXml(ROMEO, 'subscribe'))) {
      expect(stanza.attrs.from).toBe(SPEAKER);
      const mark = only(stanza, `x ${NS.groups}`);
      const shown = ['members', 'name', 'privacy', 'index', 'membership', 'description', 'pinned-message'];
      expect(shown.map((name) => text(mark, name))).toEqual([
        '1',
        'Verona & Mantua',
        'public',
        'local',
        'open',
        'd',
        '0',
      ]);
      expect(text(stanza, 'status')).toBe('Discussion');
    }
  });

  it('tells everybody who joined, then how many they are now', () => {
    const driver = verona();
    const sent = join(driver, ROMEO, NURSE);
    for (const jid of [JULIET, ROMEO, NURSE]) {
      const [message, presence] = reaching(sent, jid).slice(-2);
      expect(message && text(message, 'body')).toBe('nurse@example.org joined chat');
      expect(presence && text(presence, 'x', 'members')).toBe('3');
    }
  });

  it('gives ids that differ, and keeps those of who comes back', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    const ids = [JULIET, ROMEO, NURSE].map((jid) => memberOf(driver, jid).id);
    expect(new Set(ids).size).toBe(3);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    driver.send(presenceXml('mercutio@example.com', 'subscribe'));
    expect(ids).not.toContain(memberOf(driver, 'mercutio@example.com').id);
    join(driver, ROMEO);
    expect(memberOf(driver, ROMEO).id).toBe(ids[1]);
    expect(driver.group().members.size).toBe(4);
  });

  it('is one membership for all devices and spellings', () => {
    const driver = verona();
    driver.send(`<presence from='Romeo@EXAMPLE.com/a' to='${driver.jid}' type='subscribe'/>`);
    driver.send(`<presence from='romeo@example.com/b' to='${SPEAKER}' type='subscribed'/>`);
    expect([driver.group().size, driver.group().members.size]).toEqual([2, 2]);
  });

  it('asks for the vCard, and once he is in for the avatar; in incognito groups for nothing', () => {
    const driver = verona();
    driver.send(presenceXml(ROMEO, 'subscribe'));
    expect(driver.questions.slice(1)).toEqual(['romeo@example.com vcard']);
    driver.send(presenceXml(ROMEO, 'subscribed'));
    expect(driver.questions.slice(1)).toEqual(['romeo@example.com vcard', 'romeo@example.com avatar']);
    const masked = verona(INCOGNITO);
    join(masked, ROMEO);
    expect(masked.questions).toEqual([]);
  });

  it('gives a random name in an incognito group, and the same one to who comes back', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO);
    const { nickname: mask } = memberOf(driver, ROMEO);
    expect(mask).toMatch(/^\w+ \w+ \d+$/);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    join(driver, ROMEO);
    expect(memberOf(driver, ROMEO).nickname).toBe(mask);
  });

  it('draws again when somebody in an incognito group has the name already', () => {
    const env = clockwork();
    const draws = [4, 7, 416, 4, 7, 416, 4, 7, 417];
    const driver = verona(INCOGNITO, { ...env, random: () => draws.shift() ?? 0 });
    expect(memberOf(driver, JULIET).nickname).toBe('Crimson Hedgehog 417');
    join(driver, ROMEO);
    expect(memberOf(driver, ROMEO).nickname).toBe('Crimson Hedgehog 418');
  });

  it('keeps the nickname of who comes back', () => {
    const driver = verona();
    join(driver, ROMEO);
    nickname(driver, ROMEO, 'Romeo');
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    const sent = join(driver, ROMEO);
    expect(reaching(sent, JULIET).some((stanza) => stanza.name === 'message')).toBe(true);
    expect(driver.archive.at(-1)?.text).toBe('Romeo joined chat');
  });
});
