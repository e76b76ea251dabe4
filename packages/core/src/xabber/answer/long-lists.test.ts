import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { members } from '../elements/members.js';
import { bareJid } from '../testing/clockwork.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { all, only, text, texts } from '../testing/reading.js';
import {
  answerIn,
  brief,
  iqXml,
  JULIET,
  memberOf,
  nickname,
  ROMEO,
  SPEAKER,
  trio,
} from '../testing/scenes.js';
import { membersV0 } from '../v0/elements.js';

/** Lets so many more have come into the group, and lets what they did not do be as it is for everybody. */
function crowd(driver: GroupDriver, count: number): GroupDriver {
  const { version } = driver.group();
  for (let at = 0; at < count; at += 1) {
    const member = `c${String(at).padStart(15, '0')}`;
    const jid = bareJid(`crowd${at}@example.net`);
    driver.happen(
      { kind: 'joinRequested', member, jid, nickname: `One & ${at}`, version },
      { kind: 'memberJoined', member, version },
    );
  }
  return driver;
}

const list = (driver: GroupDriver, from: string, namespace: string, version = 0): XmlElement =>
  answerIn(driver.send(iqXml(from, 'get', `<query xmlns='${namespace}' version='${version}'/>`)));

const listed = (answer: XmlElement) => {
  const read = members.parse(only(answer, 'query'));
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};

describe('a list of more members than are made into elements', () => {
  it('says of each what a short list says', () => {
    const driver = trio();
    nickname(driver, ROMEO, 'Romeo');
    const short = listed(list(driver, ROMEO, NS.groupsMembers));
    const answer = list(crowd(driver, 1_000), ROMEO, NS.groupsMembers);
    expect([answer.attrs.from, answer.attrs.to, answer.attrs.type]).toEqual([SPEAKER, ROMEO, 'result']);
    const long = listed(answer);
    expect(long.version).toBe(driver.group().version);
    expect(long.users.slice(0, 3)).toEqual(short.users);
    expect(long.users).toHaveLength(driver.group().size);
    expect(long.users.at(-1)?.nickname).toBe('One & 999');
  });

  it('keeps the same from the same people', () => {
    const driver = crowd(trio('<name>Ball</name><privacy>incognito</privacy>'), 1_000);
    const jids = (from: string) => texts(list(driver, from, NS.groupsMembers), 'query', 'user', 'jid');
    expect(jids(ROMEO)).toEqual(['romeo@example.com']);
    expect(jids(JULIET)).toHaveLength(driver.group().size);
  });

  it('holds who has changed since then, and who is gone', () => {
    const driver = trio();
    const { version } = driver.group();
    driver.env.now += 5_000;
    driver.send(`<presence from='nurse@example.org' to='${driver.jid}' type='unsubscribe'/>`);
    crowd(driver, 1_001);
    const users = all(list(driver, ROMEO, NS.groupsMembers, version), 'query', 'user');
    expect(users).toHaveLength(1_002);
    expect(users.map((user) => text(user, 'subscription')).filter((word) => word === 'none')).toHaveLength(1);
  });

  it('has items in the words of 2018 and 2019', () => {
    const driver = trio();
    const short = only(list(driver, ROMEO, membersV0.namespace), 'query');
    const long = only(list(crowd(driver, 1_000), ROMEO, membersV0.namespace), 'query');
    expect(all(long, 'item').slice(0, 3)).toEqual(all(short, 'item'));
    expect(all(long, 'item')).toHaveLength(driver.group().size);
    expect(membersV0.parse(long).ok).toBe(true);
  });

  it('comes with how many there are to somebody who hears no updates', () => {
    const driver = crowd(trio(), 1_000);
    const { id: member, preferences } = memberOf(driver, ROMEO);
    driver.happen({
      kind: 'preferencesChanged',
      member,
      preferences: { ...preferences, receivesUpdates: false },
    });
    const sent = driver.send(iqXml(ROMEO, 'get', `<query xmlns='${NS.groupsMembers}' version='0'/>`));
    expect(sent.map(brief)).toEqual([`presence > ${ROMEO}`, `iq result > ${ROMEO}`]);
  });
});
