import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { START } from '../testing/clockwork.js';
import { all, only, text, texts } from '../testing/reading.js';
import {
  bare,
  brief,
  grant,
  INCOGNITO,
  JULIET,
  join,
  memberOf,
  NURSE,
  nickname,
  presenceXml,
  ROMEO,
  reaching,
  rightsOf,
  verona,
} from '../testing/scenes.js';

const NOW = Math.floor(START / 1000);

const at = (driver: ReturnType<typeof verona>, second: number) => {
  driver.env.now = second * 1000;
  return driver.command({ kind: 'tick' });
};

describe('rights end at their time', () => {
  it('and everybody is told, with the new card and a new version', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    nickname(driver, ROMEO, 'Romeo');
    grant(driver, ROMEO, ['change-group', 'send-voice'], NOW + 60);
    grant(driver, ROMEO, ['send-audio'], NOW + 61);
    grant(driver, ROMEO, ['send-images']);
    const { version } = driver.group();
    expect(at(driver, NOW + 59)).toEqual([]);
    const sent = at(driver, NOW + 60);
    expect(rightsOf(driver, ROMEO)).toEqual({ 'send-audio': NOW + 61, 'send-images': 0 });
    expect(sent.map(brief)).toEqual([JULIET, ROMEO, NURSE].map((jid) => `message chat > ${bare(jid)}`));
    const [message] = reaching(sent, NURSE);
    if (message === undefined) throw new Error('nothing is said');
    expect(text(message, 'body')).toBe('The time of some rights of Romeo is over');
    const mark = only(message, `x ${NS.groupsSystemMessage}`);
    expect([mark.attrs.type, mark.attrs.version]).toEqual(['update', String(driver.group().version)]);
    expect(texts(mark, 'user', 'role')).toEqual(['member']);
    expect(driver.group().version).toBeGreaterThan(version);
    expect(memberOf(driver, ROMEO).version).toBe(driver.group().version);
    expect(at(driver, NOW + 60)).toEqual([]);
    expect(at(driver, NOW + 61)).toHaveLength(3);
  });

  it('for many at once in one message that names some of them', () => {
    const driver = verona();
    const crowd = Array.from({ length: 25 }, (_, index) => `guest${index}@example.com/x`);
    join(driver, ...crowd);
    for (const guest of crowd) {
      nickname(driver, guest, guest.replace(/@.*/u, ''));
      grant(driver, guest, ['send-messages'], NOW + 1);
    }
    const [message] = reaching(at(driver, NOW + 5), JULIET);
    if (message === undefined) throw new Error('nothing is said');
    expect(text(message, 'body')).toMatch(
      /^The time of some rights of guest0, .*guest19 and 5 more is over$/,
    );
    expect(all(message, 'x', 'user')).toHaveLength(20);
    expect(crowd.map((guest) => rightsOf(driver, guest))).toEqual(crowd.map(() => ({})));
  });

  it('of former members in silence', () => {
    const driver = verona();
    join(driver, ROMEO);
    grant(driver, ROMEO, ['send-messages'], NOW + 60);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(at(driver, NOW + 60)).toEqual([]);
    expect(rightsOf(driver, ROMEO)).toEqual({});
  });

  it('without a JID in an incognito group', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO);
    grant(driver, ROMEO, ['send-messages'], NOW + 60);
    const sent = at(driver, NOW + 60);
    expect(sent).toHaveLength(2);
    expect(sent.filter(({ xml }) => xml.replace(/ to='[^']*'/u, '').includes('romeo@'))).toEqual([]);
  });

  it('not where there is no group', () => {
    const driver = verona();
    driver.happen({ kind: 'groupDeleted' });
    expect(driver.command({ kind: 'tick' })).toEqual([]);
  });
});
