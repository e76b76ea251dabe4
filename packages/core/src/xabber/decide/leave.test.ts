import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { text } from '../testing/reading.js';
import {
  bare,
  brief,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  presenceXml,
  ROMEO,
  reaching,
  SPEAKER,
  verona,
} from '../testing/scenes.js';

describe('leaving', () => {
  it.each(['unsubscribe', 'unsubscribed'])('by %s ends all at once', (type) => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    const sent = driver.send(presenceXml(ROMEO, type));
    expect(reaching(sent, ROMEO).map(({ name, attrs }) => `${name} ${attrs.type} ${attrs.from}`)).toEqual([
      `presence unsubscribe ${SPEAKER}`,
      `presence unavailable ${SPEAKER}`,
    ]);
    for (const jid of [JULIET, NURSE]) {
      const [message, presence, ...more] = reaching(sent, jid);
      expect(more).toEqual([]);
      expect(message && text(message, 'body')).toBe('romeo@example.com left chat');
      expect(presence && text(presence, `x ${NS.groups}`, 'members')).toBe('2');
    }
  });

  it('happens once: a server says it in both directions', () => {
    const driver = verona();
    join(driver, ROMEO);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    const { version } = driver.group();
    expect(driver.send(presenceXml(ROMEO, 'unsubscribed'))).toEqual([]);
    expect(driver.send(presenceXml(ROMEO, 'unsubscribe'))).toEqual([]);
    expect([driver.group().version, driver.archive.length]).toEqual([version, 3]);
  });

  it('ends permissions and keeps restrictions, over coming back too', () => {
    const driver = verona();
    join(driver, ROMEO);
    const granted = { kind: 'rightGranted', member: memberOf(driver, ROMEO).id, until: 0 } as const;
    driver.happen(
      { ...granted, right: 'change-group', version: driver.group().version + 1 },
      { ...granted, right: 'send-messages', version: driver.group().version + 2 },
    );
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    join(driver, ROMEO);
    expect([...memberOf(driver, ROMEO).rights.keys()]).toEqual(['send-messages']);
    expect(driver.send(messageXml(ROMEO, 'Hello')).map(brief)).toContain(`message error > ${ROMEO}`);
  });

  it('stops the messages', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    const sent = driver.send(messageXml(NURSE, 'Where is he?'));
    expect(sent.map(({ to }) => to)).toEqual([bare(JULIET), bare(NURSE)]);
  });

  it('of somebody who was no member yet is nobody else’s business', () => {
    const driver = verona();
    driver.send(presenceXml(ROMEO, 'subscribe'));
    const { version } = driver.group();
    expect(driver.send(presenceXml(ROMEO, 'unsubscribed'))).toEqual([]);
    expect(driver.archive).toHaveLength(1);
    expect(driver.group().version).toBeGreaterThan(version);
  });
});
