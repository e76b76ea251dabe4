import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { Right } from '../model/rights.js';
import { START } from '../testing/clockwork.js';
import { only, text, texts } from '../testing/reading.js';
import {
  bare,
  brief,
  grant,
  INCOGNITO,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  refusalIn,
  rightsOf,
  SPEAKER,
  verona,
} from '../testing/scenes.js';

const NOW = Math.floor(START / 1000);

type Row = readonly [
  title: string,
  romeo: readonly Right[],
  nurse: readonly Right[],
  owner: 'romeo' | 'nurse',
];

describe('the last owner leaves (T27)', () => {
  const rows: readonly Row[] = [
    ['the member known for the longest time', [], [], 'romeo'],
    ['an admin before a member', [], ['delete-messages'], 'nurse'],
    ['the higher admin', ['delete-messages'], ['change-group'], 'nurse'],
    ['of equal admins the one known for longer', ['change-group'], ['change-group'], 'romeo'],
    ['a member who is not restricted', ['send-messages'], [], 'nurse'],
    ['an admin with a restriction before a member', ['send-audio', 'delete-messages'], [], 'romeo'],
  ];
  it.each(rows)('the new one is %s', (_, romeo, nurse, owner) => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    grant(driver, ROMEO, romeo);
    grant(driver, NURSE, nurse);
    const sent = driver.send(presenceXml(JULIET, 'unsubscribe'));
    const [heir, other] = owner === 'romeo' ? [ROMEO, NURSE] : [NURSE, ROMEO];
    const kept = [...(owner === 'romeo' ? romeo : nurse)].filter((right) => !right.startsWith('send-'));
    expect(rightsOf(driver, heir)).toEqual({ owner: 0, ...Object.fromEntries(kept.map((r) => [r, 0])) });
    expect(rightsOf(driver, other)).not.toHaveProperty('owner');
    const said = reaching(sent, other);
    expect(said.map(({ name }) => name)).toEqual(['message', 'message', 'presence']);
    const [left, promoted] = said;
    expect(left && text(left, 'body')).toBe('juliet@example.com left chat');
    expect(promoted && text(promoted, 'body')).toBe(`${bare(heir)} was promoted to owner`);
    const mark = promoted && only(promoted, `x ${NS.groupsSystemMessage}`);
    expect(mark && [mark.attrs.type, mark.attrs.version, texts(mark, 'user', 'role')]).toEqual([
      'update',
      String(driver.group().version),
      ['owner'],
    ]);
    const ids = driver.archive.map(({ stanzaId }) => stanzaId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(reaching(sent, JULIET).map(({ attrs }) => attrs.type)).toEqual(['unsubscribe', 'unavailable']);
  });

  it('while there is another one: nothing more happens', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    grant(driver, NURSE, ['owner']);
    const sent = driver.send(presenceXml(JULIET, 'unsubscribe'));
    expect(reaching(sent, ROMEO)).toHaveLength(2);
    expect(rightsOf(driver, ROMEO)).toEqual({});
  });

  it('an owner for a time stays one for ever', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    grant(driver, NURSE, ['owner'], NOW + 60);
    driver.send(presenceXml(JULIET, 'unsubscribe'));
    expect(rightsOf(driver, NURSE)).toEqual({ owner: 0 });
  });

  it('in an incognito group the heir leads, and does not see who the others are', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO, NURSE);
    driver.send(presenceXml(JULIET, 'unsubscribe'));
    expect([rightsOf(driver, ROMEO), rightsOf(driver, NURSE)]).toEqual([{ 'change-group': 0 }, {}]);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(rightsOf(driver, NURSE)).toEqual({ 'change-group': 0 });
  });

  it('in an incognito group an owner for a time is trusted already', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO, NURSE);
    grant(driver, NURSE, ['owner'], NOW + 60);
    driver.send(presenceXml(JULIET, 'unsubscribe'));
    expect(rightsOf(driver, NURSE)).toEqual({ owner: 0 });
  });

  it('one after the other', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE, PARIS);
    driver.send(presenceXml(JULIET, 'unsubscribe'));
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(rightsOf(driver, NURSE)).toEqual({ owner: 0 });
  });

  it('or has been none: the group gets one when somebody leaves', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    const { id: member } = memberOf(driver, JULIET);
    driver.happen({ kind: 'rightRevoked', member, right: 'owner', version: driver.group().version + 1 });
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(rightsOf(driver, JULIET)).toHaveProperty('owner', 0);
  });
});

describe('the last member leaves', () => {
  it('and the group ends, also for who was about to join', () => {
    const driver = verona();
    join(driver, ROMEO);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    driver.send(presenceXml(NURSE, 'subscribe'));
    const sent = driver.send(presenceXml(JULIET, 'unsubscribe'));
    expect(sent.map(brief)).toEqual([
      `presence unsubscribe > ${bare(JULIET)}`,
      `presence unavailable > ${bare(JULIET)}`,
      `presence unsubscribe > ${bare(NURSE)}`,
      `presence unsubscribed > ${bare(NURSE)}`,
    ]);
    expect(sent.every(({ stanza }) => stanza.attrs.from === SPEAKER)).toBe(true);
    expect(driver.exists()).toBe(false);
    const [error] = reaching(driver.send(messageXml(JULIET, 'Anybody?')), JULIET);
    expect(error && refusalIn(error)).toMatch(/^404 item-not-found/);
  });
});
