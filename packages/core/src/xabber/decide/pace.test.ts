import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { Pace } from '../model/group.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { has, only, text } from '../testing/reading.js';

import {
  brief,
  grant,
  iqXml,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  originIdXml,
  PARIS,
  presenceXml,
  ROMEO,
  refusalIn,
  verona,
} from '../testing/scenes.js';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/** Juliet's group, in which Romeo and the nurse have been for more than a day. */
function paced(pace: Partial<Pace>, limits?: { ofMember?: number; ofGroup?: number }): GroupDriver {
  const driver = verona();
  join(driver, ROMEO, NURSE);
  driver.env.now = Math.ceil((driver.env.now + DAY) / 60_000) * 60_000;
  driver.happen({ kind: 'paceChanged', pace: { slowMode: 0, slowModeForNewcomers: 0, ...pace } });
  const { ofMember: memberMessagesPerMinute = 0, ofGroup: groupMessagesPerMinute = 0 } = limits ?? {};
  const host = { ...driver.env.host, limits: { memberMessagesPerMinute, groupMessagesPerMinute } };
  Object.assign(driver.env, { host });
  return driver;
}

let count = 0;
const write = (driver: GroupDriver, from: string, payload = ''): Sent[] =>
  driver.send(messageXml(from, 'Hello', payload, `pace-${++count}`));

/** `taken`, or the refusal of a message. */
function outcome(sent: readonly Sent[]): string {
  const error = sent.find(({ stanza }) => stanza.attrs.type === 'error');
  return error === undefined ? 'taken' : refusalIn(error.stanza);
}

/** What becomes of messages of `from`, each so many seconds after the one before it. */
const outcomes = (driver: GroupDriver, from: string, pauses: readonly number[]): string[] =>
  pauses.map((pause) => {
    driver.env.now += pause * SECOND;
    return outcome(write(driver, from));
  });

const later = (every: string, left: string): string =>
  `406 policy-violation: Slow mode: you can send a message every ${every}. ` +
  `Please wait for ${left} and send it again`;

describe('slow mode', () => {
  it('is off by default', () => {
    expect(outcomes(verona(), JULIET, [0, 0, 0])).toEqual(['taken', 'taken', 'taken']);
    expect(outcomes(paced({}), ROMEO, [0, 0, 0])).toEqual(['taken', 'taken', 'taken']);
  });

  it('lets a member write when the time since his last message has passed', () => {
    expect(outcomes(paced({ slowMode: 20 }), ROMEO, [0, 0, 5.5, 13.5, 1, 19.999, 0.001])).toEqual([
      'taken',
      later('20 seconds', '20 seconds'),
      later('20 seconds', '15 seconds'),
      later('20 seconds', '1 second'),
      'taken',
      later('20 seconds', '1 second'),
      'taken',
    ]);
  });

  it('refuses with an error to wait, with all that was in the message, and reaches nobody (XEP-0500)', () => {
    const driver = paced({ slowMode: 20 });
    write(driver, ROMEO);
    const [first, second] = write(driver, ROMEO, originIdXml('o2'));
    const error = [first, second].find((sent) => sent?.stanza.attrs.type === 'error')?.stanza;
    if (error === undefined) throw new Error('no error');
    expect(only(error, 'error').attrs).toMatchObject({ type: 'wait', code: '406' });
    expect(has(error, 'error', `policy-violation ${NS.stanzas}`)).toBe(true);
    expect([text(error, 'body'), only(error, 'origin-id').attrs.id]).toEqual(['Hello', 'o2']);
  });

  it('says the same in words to the device that wrote', () => {
    const driver = paced({ slowMode: 20 });
    write(driver, ROMEO);
    const sent = write(driver, ROMEO);
    expect(sent.map(brief).sort()).toEqual([`message chat > ${ROMEO}`, `message error > ${ROMEO}`]);
    const words = sent.find(({ stanza }) => stanza.attrs.type === 'chat');
    expect(words && text(words.stanza, 'body')).toMatch(/every 20 seconds\. Please wait for 20 seconds/);
  });

  it('takes a refused message when it comes again later', () => {
    const driver = paced({ slowMode: 20 });
    write(driver, ROMEO);
    const again = (): Sent[] => driver.send(messageXml(ROMEO, 'Again', originIdXml('again'), 'again'));
    expect(outcome(again())).toMatch(/^406/);
    driver.env.now += 20 * SECOND;
    expect(again().map(brief)).toEqual([
      'message chat > juliet@example.com',
      'message chat > nurse@example.org',
      'message headline > romeo@example.com',
    ]);
  });

  it('does not keep a message that is in the archive from being echoed again', () => {
    const driver = paced({ slowMode: 20 });
    const once = (): Sent[] => driver.send(messageXml(ROMEO, 'Once', originIdXml('once'), 'once'));
    once();
    expect(once().map(brief)).toEqual(['message headline > romeo@example.com']);
  });

  it('is for each member by himself, whatever his device', () => {
    const driver = paced({ slowMode: 20 });
    expect(outcomes(driver, ROMEO, [0])).toEqual(['taken']);
    expect(outcomes(driver, NURSE, [0])).toEqual(['taken']);
    expect(outcomes(driver, 'romeo@example.com/phone', [1])).toEqual([later('20 seconds', '19 seconds')]);
  });

  it.each([
    ['owner', 'taken'],
    ['change-group', 'taken'],
    ['set-permissions', later('20 seconds', '20 seconds')],
    ['set-restrictions', later('20 seconds', '20 seconds')],
    ['change-users', later('20 seconds', '20 seconds')],
    ['delete-messages', later('20 seconds', '20 seconds')],
  ] as const)('binds who has %s: %s', (right, second) => {
    const driver = paced({ slowMode: 20 });
    grant(driver, ROMEO, right);
    expect(outcomes(driver, ROMEO, [0, 0])).toEqual(['taken', second]);
  });

  it('binds somebody again whose right has ended', () => {
    const driver = paced({ slowMode: 20 });
    grant(driver, ROMEO, 'change-group', Math.floor(driver.env.now / 1000) + 10);
    expect(outcomes(driver, ROMEO, [0, 5, 5])).toEqual(['taken', 'taken', later('20 seconds', '15 seconds')]);
  });

  it('comes after what else forbids to write', () => {
    const driver = paced({ slowMode: 20 });
    write(driver, ROMEO);
    grant(driver, ROMEO, 'send-messages');
    expect(outcome(write(driver, ROMEO))).toMatch(/^405 not-allowed/);
    expect(outcome(write(driver, PARIS))).toMatch(/^405 not-allowed/);
  });

  it('counts corrections, in both vocabularies, and no reactions', () => {
    const driver = paced({ slowMode: 20 });
    driver.send(messageXml(ROMEO, 'Helo', originIdXml('c1'), 'c1'));
    const { stanzaId } = driver.archive.at(-1) ?? {};
    const correct = (): Sent[] =>
      driver.send(messageXml(ROMEO, 'Hello', `<replace xmlns='${NS.messageCorrection}' id='c1'/>`, 'c2'));
    const replace = (): Sent[] =>
      driver.send(
        iqXml(
          ROMEO,
          'set',
          `<replace xmlns='${NS.rewrite}' id='${stanzaId}'><message><body>Hello!</body></message></replace>`,
        ),
      );
    const react = (): Sent[] =>
      driver.send(
        `<message type='chat' from='${ROMEO}' to='${driver.jid}' id='r'>` +
          `<reactions xmlns='${NS.reactions}' id='c1'><reaction>👍</reaction></reactions></message>`,
      );
    expect([correct(), replace(), react()].map(outcome)).toEqual([
      later('20 seconds', '20 seconds'),
      later('20 seconds', '20 seconds'),
      'taken',
    ]);
    driver.env.now += 20 * SECOND;
    expect([correct(), replace(), write(driver, ROMEO)].map(outcome)).toEqual([
      'taken',
      later('20 seconds', '20 seconds'),
      later('20 seconds', '20 seconds'),
    ]);
  });

  it('keeps nobody waiting for longer because the clock was set back', () => {
    expect(outcomes(paced({ slowMode: 20 }), ROMEO, [0, -3600])).toEqual(['taken', 'taken']);
  });

  it('counts what was written before it was turned on', () => {
    const driver = paced({});
    write(driver, ROMEO);
    driver.happen({ kind: 'paceChanged', pace: { slowMode: 20, slowModeForNewcomers: 0 } });
    expect(outcomes(driver, ROMEO, [1])).toEqual([later('20 seconds', '19 seconds')]);
  });
});

describe('slow mode for newcomers', () => {
  it('is for the first day of a member', () => {
    const driver = paced({ slowModeForNewcomers: 60 });
    join(driver, PARIS);
    const { joinedAt } = memberOf(driver, PARIS);
    expect(joinedAt).toBe(driver.env.now);
    expect(outcomes(driver, ROMEO, [0, 0])).toEqual(['taken', 'taken']);
    expect(outcomes(driver, PARIS, [0, 30])).toEqual(['taken', later('60 seconds', '30 seconds')]);
    driver.env.now = joinedAt + DAY - SECOND;
    expect(outcomes(driver, PARIS, [0, 0.5, 0.5])).toEqual([
      'taken',
      later('60 seconds', '60 seconds'),
      'taken',
    ]);
  });

  it.each([
    [10, 60, '60 seconds'],
    [60, 10, '60 seconds'],
    [1, 0, '1 second'],
  ])('with %i for all and %i for newcomers is the longer one', (slowMode, slowModeForNewcomers, every) => {
    const driver = paced({ slowMode, slowModeForNewcomers });
    join(driver, PARIS);
    expect(outcomes(driver, PARIS, [0, 0])).toEqual(['taken', later(every, every)]);
  });

  it('is not to be evaded by leaving and coming back', () => {
    const driver = paced({ slowModeForNewcomers: 60 });
    join(driver, PARIS);
    driver.env.now += DAY;
    write(driver, PARIS);
    driver.send(presenceXml(PARIS, 'unsubscribe'));
    join(driver, PARIS);
    expect(outcomes(driver, PARIS, [1])).toEqual([later('60 seconds', '59 seconds')]);
  });
});

describe('the limits of the host', () => {
  const ofMember = (most: string, left: string): string =>
    `406 resource-constraint: You can send ${most} in a minute to a group here. ` +
    `Please wait for ${left} and send it again`;

  it('hold for each member, the owner too, in each minute of the clock', () => {
    const driver = paced({}, { ofMember: 2 });
    for (const from of [ROMEO, JULIET]) {
      driver.env.now = Math.ceil((driver.env.now + 1) / 60_000) * 60_000;
      expect(outcomes(driver, from, [0, 10, 10, 39.5, 0.5])).toEqual([
        'taken',
        'taken',
        ofMember('2 messages', '40 seconds'),
        ofMember('2 messages', '1 second'),
        'taken',
      ]);
    }
  });

  it('hold for a group; what it did not take does not count', () => {
    const driver = paced({}, { ofGroup: 2 });
    grant(driver, NURSE, 'send-messages');
    expect(outcomes(driver, PARIS, [0, 0, 0]).every((said) => said.startsWith('405'))).toBe(true);
    expect(outcomes(driver, NURSE, [0, 0, 0]).every((said) => said.startsWith('405'))).toBe(true);
    expect([...outcomes(driver, ROMEO, [0]), ...outcomes(driver, JULIET, [0, 0])]).toEqual([
      'taken',
      'taken',
      '406 resource-constraint: A group takes 2 messages in a minute here. ' +
        'Please wait for 60 seconds and send it again',
    ]);
  });

  it('refuse with an error to wait; the message is taken later', () => {
    const driver = paced({}, { ofMember: 1 });
    write(driver, ROMEO);
    const again = (): Sent[] => driver.send(messageXml(ROMEO, 'Again', originIdXml('again'), 'again'));
    const error = again().find(({ stanza }) => stanza.attrs.type === 'error');
    expect(error && only(error.stanza, 'error').attrs.type).toBe('wait');
    driver.env.now += 60 * SECOND;
    expect(outcome(again())).toBe('taken');
  });

  it('count reactions, and nothing that the group says itself', () => {
    const driver = paced({}, { ofMember: 1, ofGroup: 2 });
    join(driver, PARIS);
    const react = (): Sent[] =>
      driver.send(
        `<message type='chat' from='${ROMEO}' to='${driver.jid}' id='r'>` +
          `<reactions xmlns='${NS.reactions}' id='c1'><reaction>👍</reaction></reactions></message>`,
      );
    expect([react(), react(), write(driver, NURSE), write(driver, JULIET)].map(outcome)).toEqual([
      'taken',
      expect.stringMatching(/^406 resource-constraint: You can send 1 message in a minute/),
      'taken',
      expect.stringMatching(/^406 resource-constraint: A group takes 2 messages in a minute/),
    ]);
  });
});
