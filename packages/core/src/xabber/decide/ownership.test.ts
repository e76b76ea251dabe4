import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { PERMISSIONS } from '../model/rights.js';
import { START } from '../testing/clockwork.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { only, text, texts } from '../testing/reading.js';
import {
  bare,
  grant,
  INCOGNITO,
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
} from '../testing/scenes.js';

const NOW = Math.floor(START / 1000);

const transfer = (driver: GroupDriver, from: string, to: string): Sent[] =>
  driver.send(iqXml(from, 'set', `<update xmlns='${NS.groups}'><owner>${to}</owner></update>`));

const OTHERS = Object.fromEntries(PERMISSIONS.slice(1).map((right) => [right, 0]));

describe('handing the group over', () => {
  it.each([
    ['by JID', (_: GroupDriver) => bare(ROMEO)],
    ['by member id', (driver: GroupDriver) => memberOf(driver, ROMEO).id],
  ])('%s: one is the owner, the other stays an admin', (_, name) => {
    const driver = trio();
    grant(driver, ROMEO, ['send-messages']);
    const sent = transfer(driver, JULIET, name(driver));
    const answer = single(sent.filter(({ stanza }) => stanza.name === 'iq'));
    expect([answer.attrs.type, answer.children]).toEqual(['result', []]);
    expect(rightsOf(driver, ROMEO)).toEqual({ owner: 0 });
    expect(rightsOf(driver, JULIET)).toEqual(OTHERS);
    const [message] = reaching(sent, NURSE);
    if (message === undefined) throw new Error('nothing is said');
    expect(text(message, 'body')).toBe('romeo@example.com was promoted to owner by juliet@example.com');
    const mark = only(message, `x ${NS.groupsSystemMessage}`);
    expect([mark.attrs.type, mark.attrs.version]).toEqual(['update', String(driver.group().version)]);
    expect(texts(mark, 'user', 'role')).toEqual(['owner', 'admin']);
  });

  it('lasts as long as the giver would have had it, or the receiver has it', () => {
    const driver = trio();
    grant(driver, ROMEO, ['owner'], NOW + 60);
    transfer(driver, ROMEO, bare(NURSE));
    expect([rightsOf(driver, ROMEO), rightsOf(driver, NURSE)]).toEqual([{}, { owner: NOW + 60 }]);
    transfer(driver, NURSE, bare(JULIET));
    expect([rightsOf(driver, NURSE), rightsOf(driver, JULIET)]).toEqual([{}, { owner: 0, ...OTHERS }]);
  });

  it('in an incognito group tells no JID', () => {
    const driver = trio(INCOGNITO);
    const sent = transfer(driver, JULIET, bare(ROMEO)).filter(({ stanza }) => stanza.name === 'message');
    expect(sent).toHaveLength(3);
    for (const { xml, to } of sent) {
      expect(
        ['juliet@', 'romeo@', 'nurse@'].filter((jid) => xml.includes(jid) && !to.startsWith(jid)),
      ).toEqual([]);
    }
  });

  it.each([
    ['a member', NURSE, bare(ROMEO), '405 not-allowed: You need the right owner for that'],
    ['an admin', ROMEO, bare(NURSE), '405 not-allowed: You need the right owner for that'],
    ['a stranger', PARIS, bare(ROMEO), '405 not-allowed: You are not a member of this group'],
    ['to himself', JULIET, bare(JULIET), '405 not-allowed: You own this group already'],
    ['to a stranger', JULIET, bare(PARIS), '404 item-not-found: There is no member paris@example.net'],
    ['to nobody', JULIET, '', '404 item-not-found: No member is named'],
    ['to no JID', JULIET, 'a@b@c/', /^400 bad-request: /],
  ])('is refused: %s (row 56)', (_, from, to, refusal) => {
    const driver = trio();
    grant(driver, ROMEO, ['change-group']);
    const answer = single(transfer(driver, from, to));
    if (typeof refusal === 'string') expect(refusalIn(answer)).toBe(refusal);
    else expect(refusalIn(answer)).toMatch(refusal);
    expect(rightsOf(driver, JULIET)).toHaveProperty('owner');
  });

  it('not to somebody who has left or only waits', () => {
    const driver = trio();
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    driver.send(presenceXml(PARIS, 'subscribe'));
    for (const name of [bare(ROMEO), bare(PARIS)]) {
      expect(refusalIn(single(transfer(driver, JULIET, name)))).toMatch(/^404 item-not-found/);
    }
  });

  it('says what is to change', () => {
    const answer = single(trio().send(iqXml(JULIET, 'set', `<update xmlns='${NS.groups}'/>`)));
    expect(refusalIn(answer)).toMatch(/^400 bad-request/);
  });
});
