import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, has, only, text } from '../testing/reading.js';
import { deviceOf, household, ROLES, shutOut, verdict } from '../testing/roles.js';
import {
  bare,
  grant,
  INCOGNITO,
  idOf,
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
  SPEAKER,
  trio,
  VERONA,
} from '../testing/scenes.js';

type State = 'active' | 'composing' | 'paused' | 'inactive' | 'gone';

const shows = (driver: GroupDriver, who: string, state: State): Sent[] =>
  driver.send(
    `<message from='${who}' to='${VERONA}' type='chat'><${state} xmlns='${NS.chatStates}'/></message>`,
  );
const ask = (driver: GroupDriver, who: string, receive = true): Sent[] =>
  driver.send(iqXml(who, 'set', `<typing xmlns='${NS.typing}' receive='${receive}'/>`));
const hears = (driver: GroupDriver, who: string): string | undefined => {
  const [sent] = driver.send(iqXml(who, 'get', `<typing xmlns='${NS.typing}'/>`));
  return sent && only(sent.stanza, 'typing').attrs.receive;
};
const listen = (driver: GroupDriver, who: string): void => {
  shows(driver, who, 'active');
  expect(verdict(ask(driver, who))).toBe('result');
};

const stateIn = (stanza: XmlElement): string | undefined =>
  ['active', 'composing', 'paused', 'inactive', 'gone'].find((state) =>
    has(stanza, `${state} ${NS.chatStates}`),
  );

/** Who is told of whose state, in short: `nurse@example.org/chamber: composing m000000000000002`. */
const told = (sent: readonly Sent[]): string[] =>
  sent
    .filter(({ stanza }) => stanza.name === 'message' && stateIn(stanza) !== undefined)
    .map(({ to, stanza }) => `${to}: ${stateIn(stanza)} ${only(stanza, 'x', 'reference', 'user').attrs.id}`);

/** Juliet, Romeo and the nurse, who listens. */
function listening(options?: string): GroupDriver {
  const driver = trio(options);
  listen(driver, NURSE);
  return driver;
}

const by = (driver: GroupDriver, who: string, state: State): string[] => [
  `${NURSE}: ${state} ${idOf(driver, who)}`,
];

describe('row 39: who is typing', () => {
  it('is told to the devices that asked, with the card of the author, and to nobody else (T26)', () => {
    const driver = trio();
    for (const who of [NURSE, JULIET]) listen(driver, who);
    driver.send(presenceXml('nurse@example.org/other', undefined, `<x xmlns='${NS.groupsPresent}'/>`));
    const sent = shows(driver, ROMEO, 'composing');
    expect(sent.map(({ to }) => to).sort()).toEqual([JULIET, NURSE].sort());
    const [message] = sent;
    if (message === undefined) throw new Error('nobody is told');
    expect(message.stanza.attrs).toMatchObject({ type: 'headline', from: VERONA });
    const card = only(message.stanza, `x ${NS.groups}`, `reference ${NS.references}`, 'user');
    expect(card.attrs.id).toBe(idOf(driver, ROMEO));
    expect(text(card, 'jid')).toBe(bare(ROMEO));
    expect(only(message.stanza, 'x', 'reference').attrs).toEqual({ xmlns: NS.references, type: 'mutable' });
    expect(has(message.stanza, `no-store ${NS.hints}`)).toBe(true);
    expect(has(message.stanza, 'body')).toBe(false);
  });

  it('is not kept: the archive is as it was, and no Store hears of it', () => {
    const driver = listening();
    const before = driver.archive.length;
    shows(driver, ROMEO, 'composing');
    expect(driver.archive).toHaveLength(before);
  });

  it('says nothing to clients that have not asked', () => {
    const driver = trio();
    for (const who of [JULIET, NURSE]) shows(driver, who, 'active');
    for (const state of ['composing', 'paused', 'composing'] as const) {
      expect(shows(driver, ROMEO, state)).toEqual([]);
    }
  });

  it('in an incognito group has a mask, and no JID of a user', () => {
    const driver = listening(INCOGNITO);
    const [sent] = shows(driver, ROMEO, 'composing');
    expect(sent?.xml).not.toContain('romeo');
    expect(told(sent === undefined ? [] : [sent])).toEqual(by(driver, ROMEO, 'composing'));
  });

  it('is told once for each change', () => {
    const driver = listening();
    const said = (state: State): string[] => told(shows(driver, ROMEO, state));
    expect(said('active')).toEqual([]);
    expect(said('paused')).toEqual([]);
    expect(said('composing')).toEqual(by(driver, ROMEO, 'composing'));
    expect(said('composing')).toEqual([]);
    expect(said('paused')).toEqual(by(driver, ROMEO, 'paused'));
    expect(said('paused')).toEqual([]);
    expect(said('composing')).toEqual(by(driver, ROMEO, 'composing'));
    expect(said('active')).toEqual(by(driver, ROMEO, 'active'));
    expect(said('active')).toEqual([]);
  });

  it('not so fast: who stops and begins again at once is heard a second later', () => {
    const driver = listening();
    shows(driver, ROMEO, 'composing');
    shows(driver, ROMEO, 'active');
    expect(shows(driver, ROMEO, 'composing')).toEqual([]);
    driver.env.now += 1000;
    expect(told(shows(driver, ROMEO, 'composing'))).toEqual(by(driver, ROMEO, 'composing'));
  });

  it.each<[string, State, (driver: GroupDriver) => Sent[]]>([
    ['he shows the chat and writes nothing', 'active', (driver) => shows(driver, ROMEO, 'active')],
    ['he turns to something else', 'inactive', (driver) => shows(driver, ROMEO, 'inactive')],
    ['he closes the chat', 'gone', (driver) => shows(driver, ROMEO, 'gone')],
    [
      'he closes the chat by #not-present',
      'inactive',
      (driver) => driver.send(presenceXml(ROMEO, undefined, `<x xmlns='${NS.groupsNotPresent}'/>`)),
    ],
    ['his device goes', 'gone', (driver) => driver.send(presenceXml(ROMEO, 'unavailable'))],
  ])('ends when %s', (_, state, end) => {
    const driver = listening();
    shows(driver, ROMEO, 'active');
    shows(driver, ROMEO, 'composing');
    expect(told(end(driver))).toEqual(by(driver, ROMEO, state));
    expect(told(end(driver))).toEqual([]);
  });

  it('goes on when another device of his goes, and when his own says once more that the chat is open', () => {
    const driver = listening();
    shows(driver, ROMEO, 'composing');
    expect(told(driver.send(presenceXml('romeo@example.com/other', 'unavailable')))).toEqual([]);
    expect(told(driver.send(presenceXml(ROMEO, undefined, `<x xmlns='${NS.groupsPresent}'/>`)))).toEqual([]);
    shows(driver, 'romeo@example.com/other', 'composing');
    expect(told(driver.send(presenceXml(ROMEO, 'unavailable')))).toEqual([]);
  });

  it('ends with a message, which says so itself', () => {
    const driver = listening();
    shows(driver, ROMEO, 'composing');
    expect(told(driver.send(messageXml(ROMEO, 'Hello', originIdXml('o1'))))).toEqual([]);
    expect(told(shows(driver, ROMEO, 'active'))).toEqual([]);
    expect(told(shows(driver, ROMEO, 'composing'))).toEqual(by(driver, ROMEO, 'composing'));
  });

  it('who asks is told at once who is typing', () => {
    const driver = listening();
    shows(driver, ROMEO, 'composing');
    shows(driver, NURSE, 'composing');
    shows(driver, JULIET, 'active');
    expect(told(ask(driver, JULIET))).toEqual([
      `${JULIET}: composing ${idOf(driver, ROMEO)}`,
      `${JULIET}: composing ${idOf(driver, NURSE)}`,
    ]);
  });
});

describe('of whom it is told', () => {
  it('not of who may not write: what was heard of him ends', () => {
    const driver = listening();
    grant(driver, ROMEO, 'send-messages');
    expect(shows(driver, ROMEO, 'composing')).toEqual([]);
    shows(driver, JULIET, 'composing');
    grant(driver, JULIET, 'send-messages');
    expect(told(shows(driver, JULIET, 'paused'))).toEqual(by(driver, JULIET, 'inactive'));
    expect(told(shows(driver, JULIET, 'composing'))).toEqual([]);
  });

  it.each<[string, (driver: GroupDriver) => void]>([
    ['blocked', (driver) => shutOut(driver, ROMEO)],
    ['gone', (driver) => driver.send(presenceXml(ROMEO, 'unsubscribe'))],
    [
      'kicked',
      (driver) =>
        driver.send(
          iqXml(JULIET, 'set', `<kick xmlns='${NS.groups}'><id>${idOf(driver, ROMEO)}</id></kick>`),
        ),
    ],
  ])('not of who is %s', (_, leave) => {
    const driver = listening();
    leave(driver);
    expect(told(shows(driver, ROMEO, 'composing'))).toEqual([]);
  });

  it('nor of somebody unknown, nor in an inactive group', () => {
    const driver = listening();
    expect(shows(driver, PARIS, 'composing')).toEqual([]);
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    expect(shows(driver, ROMEO, 'composing')).toEqual([]);
  });

  it('what was heard of somebody is forgotten when he goes', () => {
    const driver = listening();
    shows(driver, ROMEO, 'composing');
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect([...driver.group().typing.states]).toEqual([]);
  });

  it('and after an hour of silence', () => {
    const driver = listening();
    shows(driver, ROMEO, 'composing');
    driver.env.now += 60 * 60_000;
    driver.command({ kind: 'sweep' });
    expect([...driver.group().typing.states]).toEqual([]);
    expect(hears(driver, NURSE)).toBe('false');
  });
});

describe('who may ask', () => {
  const inside = (name: string): boolean =>
    !['blocked', 'invited', 'joining', 'former', 'stranger'].includes(name);

  it.each(ROLES)('%s', (name) => {
    const driver = household();
    const device = deviceOf(name);
    shows(driver, device, 'active');
    const mayRead = inside(name) && name !== 'restricted';
    expect(verdict(ask(driver, device))).toBe(mayRead ? 'result' : 'not-allowed 405');
    if (inside(name)) expect(hears(driver, device)).toBe(String(mayRead));
    else
      expect(verdict(driver.send(iqXml(device, 'get', `<typing xmlns='${NS.typing}'/>`)))).toBe(
        'not-allowed 405',
      );
  });

  it.each([SPEAKER, VERONA])('of the group at %s (T3)', (to) => {
    const driver = trio();
    shows(driver, NURSE, 'active');
    const [answer] = driver.send(iqXml(NURSE, 'set', `<typing xmlns='${NS.typing}' receive='true'/>`, to));
    expect(answer?.stanza.attrs).toMatchObject({ type: 'result', from: to });
  });

  it('only a device that has the chat open', () => {
    const driver = trio();
    expect(verdict(ask(driver, NURSE))).toBe('unexpected-request 400');
    shows(driver, 'nurse@example.org/other', 'active');
    expect(verdict(ask(driver, NURSE))).toBe('unexpected-request 400');
  });

  it.each([
    ['without a choice', ''],
    ['with another one', " receive='sometimes'"],
  ])('and says which it wants: %s', (_, attrs) => {
    const driver = trio();
    shows(driver, NURSE, 'active');
    expect(verdict(driver.send(iqXml(NURSE, 'set', `<typing xmlns='${NS.typing}'${attrs}/>`)))).toBe(
      'bad-request 400',
    );
  });
});

describe('who hears no more', () => {
  it.each<[string, (driver: GroupDriver) => void]>([
    ['who says so', (driver) => ask(driver, NURSE, false)],
    ['who closes the chat', (driver) => shows(driver, NURSE, 'inactive')],
    ['whose device goes', (driver) => driver.send(presenceXml(NURSE, 'unavailable'))],
    ['who leaves', (driver) => driver.send(presenceXml(NURSE, 'unsubscribe'))],
    ['who may not read any more', (driver) => grant(driver, NURSE, 'read-messages')],
  ])('%s', (_, end) => {
    const driver = listening();
    end(driver);
    expect(told(shows(driver, ROMEO, 'composing'))).toEqual([]);
  });

  it('who opens the chat again has to ask again', () => {
    const driver = listening();
    shows(driver, NURSE, 'inactive');
    shows(driver, NURSE, 'active');
    expect(hears(driver, NURSE)).toBe('false');
  });

  it('who left and came back is a member who has not asked', () => {
    const driver = listening();
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    join(driver, NURSE);
    expect(memberOf(driver, NURSE).subscription).toBe('both');
    expect(told(shows(driver, ROMEO, 'composing'))).toEqual([]);
  });
});

it('a group says that it can do so', () => {
  const [info] = trio().send(iqXml(NURSE, 'get', `<query xmlns='${NS.discoInfo}'/>`));
  if (info === undefined) throw new Error('no answer');
  expect(all(info.stanza, 'query', 'feature').map(({ attrs }) => attrs.var)).toContain(NS.typing);
});
