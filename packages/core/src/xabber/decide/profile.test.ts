import { describe, expect, it } from 'vitest';
import { bareJid } from '../testing/clockwork.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { text } from '../testing/reading.js';
import {
  bare,
  INCOGNITO,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  nickname,
  PARIS,
  presenceXml,
  ROMEO,
  verona,
} from '../testing/scenes.js';

const AVATAR = { id: 'a1b2c3', bytes: 8211, type: 'image/png' };

const called = (driver: GroupDriver, jid: string): string[] => {
  const member = memberOf(driver, jid);
  return [member.nickname ?? member.jid, member.badge];
};

describe('what a server says of a user', () => {
  it('is taken over, without a word to anybody', () => {
    const driver = verona();
    join(driver, ROMEO);
    const { version, archive } = { version: driver.group().version, archive: driver.archive.length };
    expect(
      driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), nickname: 'Romeo', avatar: AVATAR }),
    ).toEqual([]);
    expect(memberOf(driver, ROMEO)).toMatchObject({ nickname: 'Romeo', badge: '', avatar: AVATAR });
    expect(driver.group().version).toBe(version + 1);
    expect(memberOf(driver, ROMEO).version).toBe(version + 1);
    expect(driver.archive).toHaveLength(archive);
  });

  it('goes before the JID as the name that others read', () => {
    const driver = verona();
    join(driver, ROMEO);
    const bodyOf = () => driver.send(messageXml(ROMEO, 'Hello')).map(({ stanza }) => stanza)[0];
    const before = bodyOf();
    nickname(driver, ROMEO, 'Romeo');
    const after = bodyOf();
    expect(before && text(before, 'body')).toBe('romeo@example.com:\nHello');
    expect(after && text(after, 'body')).toBe('Romeo:\nHello');
  });

  it('is taken over while he waits, so that the first message of him has his name', () => {
    const driver = verona();
    driver.send(presenceXml(ROMEO, 'subscribe'));
    nickname(driver, ROMEO, 'Romeo');
    driver.send(presenceXml(ROMEO, 'subscribed'));
    expect(driver.archive.at(-1)?.text).toBe('Romeo joined chat');
  });

  it('leaves as it is what it does not mention', () => {
    const driver = verona();
    join(driver, ROMEO);
    nickname(driver, ROMEO, 'Romeo');
    driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), avatar: AVATAR });
    driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), nickname: 'Montague' });
    expect(memberOf(driver, ROMEO)).toMatchObject({ nickname: 'Montague', avatar: AVATAR });
  });

  it.each([
    ['nothing', {}],
    ['the same name', { nickname: 'Romeo' }],
    ['the same avatar', { avatar: AVATAR }],
    ['the same avatar in other words', { avatar: { ...AVATAR, url: 'https://example.com/a' } }],
    ['both again', { nickname: 'Romeo', avatar: AVATAR }],
  ])('changes nothing by %s', (_, said) => {
    const driver = verona();
    join(driver, ROMEO);
    driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), nickname: 'Romeo', avatar: AVATAR });
    const before = { ...memberOf(driver, ROMEO) };
    driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), ...said });
    expect(memberOf(driver, ROMEO)).toEqual(before);
    expect(driver.group().version).toBe(before.version);
  });

  it.each([
    ['a stranger', PARIS],
    ['a former member', NURSE],
  ])('is nothing of the group’s if he is %s', (_, jid) => {
    const driver = verona();
    join(driver, NURSE);
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    const { version } = driver.group();
    expect(nickname(driver, jid, 'Somebody')).toEqual([]);
    expect(driver.group().version).toBe(version);
  });

  it('stays out of an incognito group', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO);
    const before = { ...memberOf(driver, ROMEO) };
    driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), nickname: 'Romeo', avatar: AVATAR });
    expect(memberOf(driver, ROMEO)).toEqual(before);
  });
});

describe('a name that is taken', () => {
  it('comes with a number, which stays', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    nickname(driver, ROMEO, 'Romeo');
    nickname(driver, NURSE, 'Romeo');
    const [name, badge] = called(driver, NURSE);
    expect([name, badge]).toEqual(['Romeo', expect.stringMatching(/^[1-9]\d*$/)]);
    expect(called(driver, ROMEO)).toEqual(['Romeo', '']);
    nickname(driver, ROMEO, 'Montague');
    expect(called(driver, NURSE)).toEqual(['Romeo', badge]);
  });

  it('is never twice with the same number', () => {
    const driver = verona();
    const users = Array.from({ length: 40 }, (_, index) => `u${index}@example.com/a`);
    join(driver, ...users);
    for (const jid of users) nickname(driver, jid, 'Romeo');
    const badges = users.map((jid) => called(driver, jid)[1]);
    expect(new Set(badges).size).toBe(users.length);
  });

  it('cannot be that of somebody who is known by his JID', () => {
    const driver = verona();
    join(driver, ROMEO);
    nickname(driver, ROMEO, bare(JULIET));
    expect(called(driver, ROMEO)).toEqual([bare(JULIET), expect.stringMatching(/^\d+$/)]);
  });

  it('stays with who leaves, because he may come back', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    nickname(driver, ROMEO, 'Romeo');
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    nickname(driver, NURSE, 'Romeo');
    join(driver, ROMEO);
    expect(called(driver, ROMEO)).toEqual(['Romeo', '']);
    expect(called(driver, NURSE)[1]).not.toBe('');
  });
});
