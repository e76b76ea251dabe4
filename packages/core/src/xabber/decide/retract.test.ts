import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { has, only } from '../testing/reading.js';

import {
  bare,
  brief,
  grant,
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  lastId,
  memberOf,
  messageXml,
  NURSE,
  originIdXml,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  refused,
  SPEAKER,
  trio,
  VERONA,
  verona,
} from '../testing/scenes.js';

/** Juliet, the owner, Romeo and the nurse; Romeo has said `Hello` under the id `hello`. */
function household(options?: string): GroupDriver {
  const driver = trio(options);
  driver.send(messageXml(ROMEO, 'Hello', originIdXml('hello'), 'hello'));
  return driver;
}

const texts = (driver: GroupDriver): string[] =>
  driver.archive.filter(({ author }) => author !== undefined).map(({ text }) => text);

const one = (id: string, attrs = "symmetric='true'"): string =>
  `<retract-message xmlns='${NS.rewrite}' id='${id}' ${attrs}/>`;
const ofUser = (id: string, attrs = "symmetric='true'"): string =>
  `<retract-user xmlns='${NS.rewrite}' id='${id}' ${attrs}/>`;
const everything = (attrs = "symmetric='true'"): string => `<retract-all xmlns='${NS.rewrite}' ${attrs}/>`;

const ask = (driver: GroupDriver, from: string, payload: string, to?: string): Sent[] =>
  driver.send(iqXml(from, 'set', payload, to));

const NO_RIGHT = '405 not-allowed: You need the right delete-messages for that';
const NO_MEMBER = '405 not-allowed: You are not a member of this group';
const NO_MESSAGE = '404 item-not-found: There is no such message in the archive';
const NOT_FOR_ALL =
  '400 bad-request: In a group messages are retracted for everybody: symmetric must be true';

describe('one message is retracted', () => {
  it.each([SPEAKER, VERONA])('by its author, who asks %s (T3)', (to) => {
    const driver = household();
    const id = lastId(driver);
    const sent = ask(
      driver,
      ROMEO,
      one(id, `symmetric='true' by='romeo@example.com' type='${NS.groups}'`),
      to,
    );
    expect(sent.map(brief)).toEqual([
      'message headline > juliet@example.com',
      'message headline > romeo@example.com',
      'message headline > nurse@example.org',
      'message chat > juliet@example.com',
      'message chat > nurse@example.org',
      `iq result > ${ROMEO}`,
    ]);
    expect(sent.at(-1)?.stanza.attrs).toMatchObject({ from: to, id: 'q1' });
    expect(texts(driver)).toEqual([]);
  });

  it('all are told of it as a headline, with all that clients demand', () => {
    const driver = household();
    const id = lastId(driver);
    const [told] = reaching(ask(driver, ROMEO, one(id)), NURSE);
    expect(told?.attrs.from).toBe(SPEAKER);
    expect(told && only(told, 'retract-message').attrs).toEqual({
      xmlns: NS.rewriteNotify,
      id,
      by: bare(ROMEO),
      symmetric: 'true',
      version: '1',
      conversation: VERONA,
      type: NS.groups,
    });
  });

  it('other clients are told of it in their words, under the id that they know', () => {
    const driver = household();
    const [, standard] = reaching(ask(driver, ROMEO, one(lastId(driver))), NURSE);
    expect(standard?.attrs).toMatchObject({ from: VERONA, type: 'chat' });
    expect(standard && only(standard, `retract ${NS.messageRetraction}`).attrs.id).toBe('hello');
    expect(standard && [has(standard, 'body'), has(standard, `store ${NS.hints}`)]).toEqual([false, true]);
  });

  it('the versions count on', () => {
    const driver = household();
    const versions = ['a', 'b', 'c'].map((text) => {
      driver.send(messageXml(ROMEO, text));
      const [told] = ask(driver, ROMEO, one(lastId(driver)));
      return told && only(told.stanza, 'retract-message').attrs.version;
    });
    expect(versions).toEqual(['1', '2', '3']);
  });

  it('nobody learns in an incognito group who did it', () => {
    const driver = household(INCOGNITO);
    const [told] = ask(driver, ROMEO, one(lastId(driver)));
    expect(told && only(told.stanza, 'retract-message').attrs.by).toBeUndefined();
  });

  it('of the group itself, told from where it came', () => {
    const driver = verona();
    join(driver, ROMEO);
    const sent = ask(driver, JULIET, one(lastId(driver)));
    expect(reaching(sent, ROMEO)[1]?.attrs.from).toBe(SPEAKER);
    expect(sent.map(brief)).toContain(`iq result > ${JULIET}`);
  });

  it.each([
    ['delete-messages', 'done'],
    ['change-users', 'done'],
    ['set-restrictions', 'done'],
    ['set-permissions', 'done'],
    ['change-group', 'done'],
    ['owner', 'done'],
    ['send-voice', NO_RIGHT],
    ['read-messages', NO_RIGHT],
  ] as const)('of another: with the right %s', (right, outcome) => {
    const driver = household();
    grant(driver, NURSE, right);
    const sent = ask(driver, NURSE, one(lastId(driver)));
    expect(outcome === 'done' ? sent.map(brief).at(-1) : refused(sent)).toBe(
      outcome === 'done' ? `iq result > ${NURSE}` : outcome,
    );
    expect(texts(driver)).toEqual(outcome === 'done' ? [] : ['Hello']);
  });

  it.each([
    ['a member of another', NURSE, NO_RIGHT],
    ['a stranger', PARIS, NO_MEMBER],
  ])('is refused to %s (error row 59)', (_, from, reason) => {
    const driver = household();
    expect(refused(ask(driver, from, one(lastId(driver))))).toBe(reason);
    expect(texts(driver)).toEqual(['Hello']);
  });

  it('is refused to who has left, also his own', () => {
    const driver = household();
    const id = lastId(driver);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(refused(ask(driver, ROMEO, one(id)))).toBe(NO_MEMBER);
  });

  it('may be taken back by who must not write any more', () => {
    const driver = household();
    grant(driver, ROMEO, 'send-messages');
    expect(ask(driver, ROMEO, one(lastId(driver))).map(brief)).toContain(`iq result > ${ROMEO}`);
  });

  it('is told to those too who may not read any more', () => {
    const driver = household();
    grant(driver, NURSE, 'read-messages');
    const sent = ask(driver, ROMEO, one(lastId(driver)));
    expect(sent.map(brief)).toContain(`iq result > ${ROMEO}`);
    expect(reaching(sent, NURSE)).toHaveLength(2);
  });

  it.each([
    ['1', "symmetric='true'", NO_MESSAGE],
    ['', "symmetric='true'", NO_MESSAGE],
    ['hello', "symmetric='true'", NO_MESSAGE],
    ['1', "symmetric='false'", NOT_FOR_ALL],
    ['1', '', NOT_FOR_ALL],
  ])('is refused with the id "%s" and %s (error row 59)', (id, attrs, reason) => {
    expect(refused(ask(household(), ROMEO, one(id, attrs)))).toBe(reason);
  });

  it('a second time there is none', () => {
    const driver = household();
    const id = lastId(driver);
    ask(driver, ROMEO, one(id));
    expect(refused(ask(driver, ROMEO, one(id)))).toBe(NO_MESSAGE);
  });
});

describe('all of one member are retracted', () => {
  it('by himself, and only they', () => {
    const driver = household();
    driver.send(messageXml(NURSE, 'Peter!'));
    const { id } = memberOf(driver, ROMEO);
    const sent = ask(driver, ROMEO, ofUser(id));
    expect(sent.map(brief)).toEqual([
      'message headline > juliet@example.com',
      'message headline > romeo@example.com',
      'message headline > nurse@example.org',
      `iq result > ${ROMEO}`,
    ]);
    const [told] = reaching(sent, NURSE);
    expect(told && only(told, 'retract-user').attrs).toEqual({
      xmlns: NS.rewriteNotify,
      id,
      symmetric: 'true',
      version: '1',
      conversation: VERONA,
      type: NS.groups,
    });
    expect(texts(driver)).toEqual(['Peter!']);
  });

  it('also when he has left', () => {
    const driver = household();
    const { id } = memberOf(driver, ROMEO);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(ask(driver, JULIET, ofUser(id)).map(brief)).toContain(`iq result > ${JULIET}`);
    expect(texts(driver)).toEqual([]);
  });

  it.each([
    ['a member without the right', NURSE, NO_RIGHT],
    ['a stranger', PARIS, NO_MEMBER],
  ])('is refused to %s', (_, from, reason) => {
    const driver = household();
    expect(refused(ask(driver, from, ofUser(memberOf(driver, ROMEO).id)))).toBe(reason);
  });

  it('is refused of nobody, and for oneself alone', () => {
    const driver = household();
    expect(refused(ask(driver, JULIET, ofUser('nobody')))).toBe(
      '404 item-not-found: There is no member nobody',
    );
    expect(refused(ask(driver, JULIET, ofUser(memberOf(driver, ROMEO).id, '')))).toBe(NOT_FOR_ALL);
  });
});

describe('everything is retracted', () => {
  it('with delete-messages, what the group said itself included', () => {
    const driver = household();
    grant(driver, NURSE, 'delete-messages');
    const sent = ask(driver, NURSE, everything());
    expect(sent.map(brief).at(-1)).toBe(`iq result > ${NURSE}`);
    const [told] = reaching(sent, ROMEO);
    expect(told && only(told, 'retract-all').attrs).toEqual({
      xmlns: NS.rewriteNotify,
      symmetric: 'true',
      version: '1',
      conversation: VERONA,
      type: NS.groups,
    });
    expect(driver.archive).toEqual([]);
  });

  it.each([
    ['a member', ROMEO, "symmetric='true'", NO_RIGHT],
    ['a stranger', PARIS, "symmetric='true'", NO_MEMBER],
    ['the owner for himself', JULIET, "symmetric='0'", NOT_FOR_ALL],
  ])('is refused to %s', (_, from, attrs, reason) => {
    const driver = household();
    expect(refused(ask(driver, from, everything(attrs)))).toBe(reason);
    expect(driver.archive).toHaveLength(4);
  });
});

describe('a pinned message that is retracted', () => {
  const pinned = (): GroupDriver => {
    const driver = household();
    driver.happen({ kind: 'messagePinned', stanzaId: Number(lastId(driver)) });
    return driver;
  };
  it.each([
    ['alone', (driver: GroupDriver) => one(lastId(driver))],
    ['with all of its author', (driver: GroupDriver) => ofUser(memberOf(driver, ROMEO).id)],
    ['with everything', () => everything()],
  ])('%s is pinned no longer, and presence says so to all', (_, payload) => {
    const driver = pinned();
    const sent = ask(driver, JULIET, payload(driver));
    const presences = sent.filter(({ stanza }) => stanza.name === 'presence');
    expect(presences.map(({ to }) => to)).toEqual([bare(JULIET), bare(ROMEO), bare(NURSE)]);
    for (const { xml } of presences) expect(xml).toContain('<pinned-message>0</pinned-message>');
    expect(driver.group().pinned).toBe(0);
  });

  it('another one stays pinned', () => {
    const driver = pinned();
    driver.send(messageXml(NURSE, 'Peter!'));
    const before = driver.group().pinned;
    ask(driver, JULIET, one(lastId(driver)));
    ask(driver, JULIET, ofUser(memberOf(driver, NURSE).id));
    expect(driver.group().pinned).toBe(before);
  });
});

describe('in an inactive group', () => {
  const asleep = (): GroupDriver => {
    const driver = household();
    grant(driver, NURSE, 'delete-messages');
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    return driver;
  };

  it.each([
    ['one message, by its author', ROMEO, (driver: GroupDriver) => one(lastId(driver))],
    ['one message, with the right', NURSE, (driver: GroupDriver) => one(lastId(driver))],
    ['all of one member', NURSE, (driver: GroupDriver) => ofUser(memberOf(driver, ROMEO).id)],
    ['everything', NURSE, () => everything()],
    [
      'one message, in the words of XEP-0425',
      NURSE,
      (driver: GroupDriver) =>
        `<moderate xmlns='${NS.messageModeration}' id='${lastId(driver)}'>` +
        `<retract xmlns='${NS.messageRetraction}'/></moderate>`,
    ],
  ])('%s can be taken out', (_, from, payload) => {
    const driver = asleep();
    expect(ask(driver, from, payload(driver)).map(brief)).toContain(`iq result > ${from}`);
    expect(texts(driver)).toEqual([]);
  });

  it.each([
    ['of another, without the right', ROMEO, NO_RIGHT],
    ['by a stranger', PARIS, NO_MEMBER],
  ])('nothing can be taken out %s', (_, from, reason) => {
    const driver = asleep();
    driver.happen({ kind: 'statusChanged', status: 'discussion' });
    driver.send(messageXml(NURSE, 'Peter!'));
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    expect(refused(ask(driver, from, one(lastId(driver))))).toBe(reason);
  });
});

describe('a retraction in the words of XEP-0424', () => {
  const retract = (from: string, id: string, id2 = 'r1'): string =>
    `<message from='${from}' to='${VERONA}' type='chat' id='${id2}'>` +
    `<retract xmlns='${NS.messageRetraction}' id='${id}'/><body>I took it back</body></message>`;

  it.each(['hello', 'the id of the archive'])('by %s does the same, without a result', (name) => {
    const driver = household();
    const id = name === 'hello' ? name : lastId(driver);
    const sent = driver.send(retract(ROMEO, id));
    expect(sent.map(brief)).toEqual([
      'message headline > juliet@example.com',
      'message headline > romeo@example.com',
      'message headline > nurse@example.org',
      'message chat > juliet@example.com',
      'message chat > nurse@example.org',
    ]);
    expect(texts(driver)).toEqual([]);
  });

  it('finds a message without an origin-id', () => {
    const driver = household();
    driver.send(messageXml(ROMEO, 'Again', '', 'plain-1'));
    driver.send(retract(ROMEO, 'plain-1'));
    expect(texts(driver)).toEqual(['Hello']);
  });

  it('means the own message where two have the same id', () => {
    const driver = household();
    driver.send(messageXml(NURSE, 'Peter!', originIdXml('hello'), 'hello'));
    driver.send(retract(ROMEO, 'hello'));
    expect(texts(driver)).toEqual(['Peter!']);
  });

  it.each([
    ['of another', NURSE, 'hello', NO_RIGHT],
    ['of no message', ROMEO, 'other', NO_MESSAGE],
    ['of a stranger', PARIS, 'hello', NO_MEMBER],
  ])('%s is refused', (_, from, id, reason) => {
    const driver = household();
    expect(refused(driver.send(retract(from, id)))).toBe(reason);
    expect(texts(driver)).toEqual(['Hello']);
  });

  it('of another counts with the right', () => {
    const driver = household();
    driver.send(retract(JULIET, 'hello'));
    expect(texts(driver)).toEqual([]);
  });
});

describe('a moderation in the words of XEP-0425', () => {
  const moderate = (id: string, what = `<retract xmlns='${NS.messageRetraction}'/>`): string =>
    `<moderate xmlns='${NS.messageModeration}' id='${id}'>${what}<reason>Spam</reason></moderate>`;

  it('does the same for who holds delete-messages', () => {
    const driver = household();
    expect(ask(driver, JULIET, moderate(lastId(driver))).map(brief)).toContain(`iq result > ${JULIET}`);
    expect(texts(driver)).toEqual([]);
  });

  it('knows nothing else, and asks for the right', () => {
    const driver = household();
    expect(refused(ask(driver, NURSE, moderate(lastId(driver))))).toBe(NO_RIGHT);
    expect(refused(ask(driver, JULIET, moderate('1', '')))).toBe(
      '501 feature-not-implemented: A message can be retracted and nothing else',
    );
  });
});
