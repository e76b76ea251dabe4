import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { only } from '../testing/reading.js';

import {
  brief,
  grant,
  iqXml,
  JULIET,
  join,
  memberOf,
  messageXml,
  PARIS,
  presenceXml,
  ROMEO,
  refused,
  SPEAKER,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

/** Romeo has taken back as many messages as that. */
function rewritten(times: number): GroupDriver {
  const driver = verona();
  join(driver, ROMEO);
  for (let time = 0; time < times; time++) {
    driver.send(messageXml(ROMEO, 'Hello'));
    const id = driver.archive.at(-1)?.stanzaId;
    driver.send(iqXml(ROMEO, 'set', `<retract-message xmlns='${NS.rewrite}' id='${id}' symmetric='true'/>`));
  }
  return driver;
}

const query = (attrs = ''): string => `<query xmlns='${NS.rewrite}'${attrs}/>`;
const ask = (driver: GroupDriver, attrs?: string, from: string = JULIET, to?: string): Sent[] =>
  driver.send(iqXml(from, 'get', query(attrs), to));

const versionIn = (sent: readonly Sent[]): string | undefined => {
  const answer = sent.at(-1)?.stanza;
  return answer && only(answer, 'query').attrs.version;
};

const told = (sent: readonly Sent[], name: string): (string | undefined)[] =>
  sent.slice(0, -1).map(({ stanza }) => only(stanza, `${name} ${NS.rewriteNotify}`).attrs.version);

describe('what was rewritten while somebody was away', () => {
  it.each([SPEAKER, VERONA])('is told to him again, oldest first, when he asks %s', (to) => {
    const sent = ask(rewritten(3), " version='1' less-than='50'", JULIET, to);
    expect(told(sent, 'retract-message')).toEqual(['2', '3']);
    expect(sent.map(brief)).toEqual([
      `message headline > ${JULIET}`,
      `message headline > ${JULIET}`,
      `iq result > ${JULIET}`,
    ]);
    expect(sent.map(({ stanza }) => stanza.attrs.from)).toEqual([VERONA, VERONA, to]);
    expect(versionIn(sent)).toBe('3');
  });

  it('is what all were told then', () => {
    const driver = verona();
    join(driver, ROMEO);
    driver.send(messageXml(ROMEO, 'Hello'));
    const id = driver.archive.at(-1)?.stanzaId;
    const then = driver.send(
      iqXml(
        ROMEO,
        'set',
        `<replace xmlns='${NS.rewrite}' id='${id}'><message><body>Hi</body></message></replace>`,
      ),
    );
    const again = ask(driver, " version='0'");
    expect(again[0]?.stanza.children).toEqual(then[0]?.stanza.children);
  });

  it.each([
    ['nothing has happened since', " version='3'", 3],
    ['a version that is still to come', " version='99'", 3],
    ['only the version is asked for', '', 3],
    ['nothing has ever happened', " version='0'", 0],
  ])('is nothing: %s', (_, attrs, times) => {
    const sent = ask(rewritten(times), attrs);
    expect(single(sent).attrs.type).toBe('result');
    expect(versionIn(sent)).toBe(String(times));
  });

  it.each([
    ['more than he can take', " version='0' less-than='2'", 3, 1],
    ['just as much', " version='0' less-than='3'", 3, 3],
    ['more than a group tells', " version='0'", 51, 1],
    ['more than a group tells, whatever he can take', " version='0' less-than='1000'", 51, 1],
    ['just as much as a group tells', " version='0' less-than='1000'", 50, 50],
  ])('may be too much: %s', (_, attrs, times, messages) => {
    const sent = ask(rewritten(times), attrs);
    expect(sent).toHaveLength(messages + 1);
    expect(versionIn(sent)).toBe(String(times));
    if (messages !== 1) return;
    const [first] = sent;
    expect(first && only(first.stanza, 'invalidate').attrs).toEqual({
      xmlns: NS.rewriteNotify,
      version: String(times),
      conversation: VERONA,
      type: NS.groups,
    });
  });
});

describe('it is refused', () => {
  it('to strangers and former members (error row 60)', () => {
    const driver = rewritten(1);
    const reason = '405 not-allowed: You are not a member of this group';
    expect(refused(ask(driver, '', PARIS))).toBe(reason);
    expect(refused(ask(driver, " version='0'", PARIS))).toBe(reason);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(memberOf(driver, ROMEO).subscription).toBe('none');
    expect(refused(ask(driver, " version='0'", ROMEO))).toBe(reason);
  });

  it('to who may not read', () => {
    const driver = rewritten(1);
    grant(driver, ROMEO, 'read-messages');
    expect(refused(ask(driver, " version='0'", ROMEO))).toMatch(/^405 not-allowed/);
  });

  it.each([" version='new'", " version='-1'"])('with%s', (attrs) => {
    expect(refused(ask(rewritten(0), attrs))).toMatch(/^400 bad-request/);
  });

  it('as any other request of this protocol', () => {
    const sent = rewritten(0).send(iqXml(ROMEO, 'set', `<activate xmlns='${NS.rewrite}'/>`));
    expect(refused(sent)).toMatch(/^400 bad-request/);
  });
});
