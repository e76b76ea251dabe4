import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { placed } from '../testing/array-archive.js';
import { bareJid, START } from '../testing/clockwork.js';
import { type GroupDriver, groupDriver } from '../testing/group-driver.js';
import { all, has, only, text, texts } from '../testing/reading.js';
import {
  bare,
  brief,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  originIdXml,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  SPEAKER,
  trio,
  VERONA,
  verona,
} from '../testing/scenes.js';
import { decide } from './decide.js';

describe('a message to all', () => {
  it('goes to each other member once, then back to its author', () => {
    const driver = trio();
    expect(driver.send(messageXml(ROMEO, 'Hello')).map(brief)).toEqual([
      'message chat > juliet@example.com',
      'message chat > nurse@example.org',
      'message headline > romeo@example.com',
    ]);
  });

  it('comes from the bare JID of the group, under the id that its author gave it', () => {
    const [copy] = trio().send(messageXml(ROMEO, 'Hello', '', 'my-id'));
    const { from, type, id } = copy?.stanza.attrs ?? {};
    expect([from, type, id]).toEqual([VERONA, 'chat', 'my-id']);
  });

  it('gets an id when its author gave it none', () => {
    const [copy, , echo] = trio().send(
      `<message from='${ROMEO}' to='${VERONA}' type='chat'><body>Hello</body></message>`,
    );
    expect(copy?.stanza.attrs.id).toMatch(/^id-\d+$/);
    expect(echo && only(echo.stanza, 'x', 'message').attrs.id).toBe(copy?.stanza.attrs.id);
  });

  it('does not reach those who are waiting or gone', () => {
    const driver = trio();
    driver.send(presenceXml(PARIS, 'subscribe'));
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    expect(driver.send(messageXml(ROMEO, 'Hello')).map(({ to }) => to)).toEqual([bare(JULIET), bare(ROMEO)]);
  });

  it('of somebody alone comes back to him', () => {
    expect(verona().send(messageXml(JULIET, 'Hello?')).map(brief)).toEqual([
      'message headline > juliet@example.com',
    ]);
  });

  it('is taken at the resource of the group and from any device, also one without presence (T25)', () => {
    const sent = trio().send(
      `<message from='Romeo@example.com/fast' to='${SPEAKER}' id='a'><body>Hello</body></message>`,
    );
    expect(sent.map(({ to }) => to)).toEqual([bare(JULIET), bare(NURSE), bare(ROMEO)]);
  });

  it.each([true, false])('carries the archive hint if the host says so: %s', (archiveHint) => {
    const driver = trio();
    const hinting = { ...driver.env.host, archiveHint };
    Object.assign(driver.env, { host: hinting });
    const sent = driver.send(messageXml(ROMEO, 'Hello'));
    const hinted = sent.map(({ stanza }) => has(stanza, `no-permanent-store ${NS.hints}`));
    expect(hinted).toEqual([archiveHint, archiveHint, false]);
    expect(driver.archive.at(-1)?.xml).not.toContain(NS.hints);
  });
});

describe('the echo', () => {
  const driver = trio();
  const [copy, , echo] = driver.send(messageXml(ROMEO, 'Hello', originIdXml('origin-1'), 'my-id'));
  if (copy === undefined || echo === undefined) throw new Error('no echo');
  const inner = only(echo.stanza, `x ${NS.delivery}`, `message ${NS.client}`);

  it('is a headline from the group to all devices of the author (T22)', () => {
    expect([echo.to, echo.stanza.attrs.from, echo.stanza.attrs.type]).toEqual([
      bare(ROMEO),
      VERONA,
      'headline',
    ]);
    expect(has(echo.stanza, 'body')).toBe(false);
  });

  it('holds the message from the author to the group (T10)', () => {
    const { from, to, id, type } = inner.attrs;
    expect([from, to, id, type]).toEqual([ROMEO, VERONA, 'my-id', 'chat']);
    expect(only(inner, `origin-id ${NS.stanzaIds}`).attrs.id).toBe('origin-1');
    const [stanzaId] = all(inner, 'stanza-id');
    expect([stanzaId?.attrs.by, stanzaId?.attrs.id]).toEqual([
      VERONA,
      String(driver.archive.at(-1)?.stanzaId),
    ]);
    expect(only(inner, `time ${NS.delivery}`).attrs).toEqual({
      xmlns: NS.delivery,
      by: VERONA,
      stamp: '2021-04-15T14:05:45.123003Z',
    });
  });

  it('holds exactly what the others got', () => {
    expect(inner.children).toEqual(copy.stanza.children);
  });
});

describe('the id in the archive', () => {
  it('is the moment in microseconds, and grows whatever the clock does', () => {
    const driver = trio();
    const ids: string[] = [];
    const clock = [0, 0, 0, 1, -10_000, -5_000, 0, 1_000, -90_000_000, 2_000];
    for (const offset of clock) {
      driver.env.now = START + offset;
      const [copy] = driver.send(messageXml(ROMEO, 'Hello'));
      ids.push(copy ? (only(copy.stanza, 'stanza-id').attrs.id ?? '') : '');
    }
    const numbers = ids.map(Number);
    expect(ids.every((id) => /^\d+$/.test(id))).toBe(true);
    expect(numbers.slice(1).every((id, index) => id > (numbers[index] ?? 0))).toBe(true);
    expect(numbers[3]).toBe((START + 1) * 1000);
    expect(numbers[7]).toBe((START + 1_000) * 1000);
    expect(driver.archive.map(({ stanzaId }) => String(stanzaId)).slice(-clock.length)).toEqual(ids);
  });
});

describe('the same message again', () => {
  it('comes back to its author as it was, from the device that asked, and to nobody else (T9)', () => {
    const driver = trio();
    const [, , echo] = driver.send(messageXml(ROMEO, 'Hello', originIdXml('o1')));
    driver.env.now += 60_000;
    const again = driver.send(
      messageXml('romeo@example.com/other', 'Hello', `${originIdXml('o1')}<retry xmlns='${NS.delivery}'/>`),
    );
    expect(again.map(brief)).toEqual(['message headline > romeo@example.com']);
    const inner = again.map(({ stanza }) => only(stanza, 'x', 'message'));
    expect(inner[0]?.attrs.from).toBe('romeo@example.com/other');
    expect(inner[0]?.children).toEqual(echo && only(echo.stanza, 'x', 'message').children);
    expect(driver.archive).toHaveLength(4);
  });

  it.each([
    { what: 'before it was archived', since: 0, notices: ['copies', 'echo'], isReplay: true },
    { what: 'after that', since: 1, notices: ['echo'], isReplay: undefined },
  ])(
    'goes to all again when its server took it $what, and may not have been said',
    ({ since, notices, isReplay }) => {
      const driver = trio();
      driver.send(messageXml(ROMEO, 'Hello', originIdXml('o1')));
      const [last] = driver.archive.slice(-1);
      const repeated = last && placed(driver.archive, last);
      const decision = decide(
        driver.group(),
        driver.jid,
        {
          kind: 'post',
          from: bareJid(bare(ROMEO)),
          id: undefined,
          originId: 'o1',
          bodies: [{ text: 'Hello' }],
          payload: [],
          handedOver: driver.env.now + since,
        },
        { repeated },
        driver.env,
      );
      expect(decision.events).toEqual([]);
      expect(decision.notices.map(({ kind }) => kind)).toEqual(notices);
      expect(decision.isReplay).toBe(isReplay);
    },
  );

  it('is known by its id when it is a retry without an origin-id', () => {
    const driver = trio();
    const retry = `<retry xmlns='${NS.delivery}'/>`;
    expect(driver.send(messageXml(ROMEO, 'Hello', retry, 'i1'))).toHaveLength(3);
    expect(driver.send(messageXml(ROMEO, 'Hello', retry, 'i1')).map(brief)).toEqual([
      'message headline > romeo@example.com',
    ]);
  });

  it('is another one when somebody else uses the origin-id, or the id alone is the same', () => {
    const driver = trio();
    driver.send(messageXml(ROMEO, 'Hello', originIdXml('o1'), 'i1'));
    expect(driver.send(messageXml(NURSE, 'Hello', originIdXml('o1'), 'i1'))).toHaveLength(3);
    expect(driver.send(messageXml(ROMEO, 'Hello', originIdXml('o2'), 'i1'))).toHaveLength(3);
    expect(driver.send(messageXml(ROMEO, 'Hello', '', 'i1'))).toHaveLength(3);
  });

  it('is refused to who is no member any more', () => {
    const driver = trio();
    driver.send(messageXml(ROMEO, 'Hello', originIdXml('o1')));
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(driver.send(messageXml(ROMEO, 'Hello', originIdXml('o1'))).map(brief)).toEqual([
      `message error > ${ROMEO}`,
    ]);
  });
});

describe('what is no message to all (T26)', () => {
  const cases: readonly [title: string, xml: string][] = [
    ['no body', `<composing xmlns='${NS.chatStates}'/>`],
    ['an empty body', '<body/>'],
    ['a body of white space', '<body> \n\t</body>'],
    ['a chat marker', `<displayed xmlns='${NS.chatMarkers}' id='a'/>`],
    ['a receipt', `<received xmlns='${NS.receipts}' id='a'/>`],
    ['an invitation', `<body>Come</body><invite xmlns='${NS.groupsInvite}'/>`],
  ];
  it.each(cases)('%s', (_, xml) => {
    const driver = trio();
    expect(driver.send(`<message from='${ROMEO}' to='${VERONA}' type='chat'>${xml}</message>`)).toEqual([]);
    expect(driver.archive).toHaveLength(3);
  });

  it.each(['error', 'headline'])('a message of type %s', (type) => {
    const driver = trio();
    const xml = `<message from='${ROMEO}' to='${VERONA}' type='${type}'><body>Hello</body></message>`;
    expect(driver.send(xml)).toEqual([]);
  });
});

describe('a refused message (T8, error rows 18, 19, 20, 21)', () => {
  const NOT_ALLOWED = 'You have no permission to write in this chat';
  const restrict = (until: number) => (driver: GroupDriver) =>
    driver.happen({
      kind: 'rightGranted',
      member: memberOf(driver, ROMEO).id,
      right: 'send-messages',
      until,
      version: driver.group().version + 1,
    });
  const block = (address: string) => (driver: GroupDriver) =>
    driver.happen({ kind: 'blockAdded', block: { address: bareJid(address), member: undefined } });
  const nothing = () => {};

  const cases: readonly [
    title: string,
    from: string,
    prepare: (driver: GroupDriver) => void,
    explanation: string | undefined,
    told: number,
  ][] = [
    ['of a stranger', PARIS, nothing, undefined, 0],
    ['of somebody who waits', PARIS, (driver) => driver.send(presenceXml(PARIS, 'subscribe')), undefined, 0],
    ['of a former member', ROMEO, (driver) => driver.send(presenceXml(ROMEO, 'unsubscribe')), undefined, 0],
    ['of a blocked stranger', PARIS, block('paris@example.net'), 'You are blocked in this chat', 0],
    ['of a blocked domain', PARIS, block('example.net'), 'You are blocked in this chat', 0],
    ['of a blocked member', ROMEO, block('romeo@example.com'), 'You are blocked in this chat', 1],
    ['for ever', ROMEO, restrict(0), NOT_ALLOWED, 0],
    ['for a while', ROMEO, restrict(START / 1000 + 60), NOT_ALLOWED, 0],
    [
      'in an inactive group',
      ROMEO,
      (driver) => driver.happen({ kind: 'statusChanged', status: 'inactive' }),
      'Chat is inactive.',
      0,
    ],
  ];
  it.each(cases)('%s', (_, from, prepare, explanation, told) => {
    const driver = trio();
    prepare(driver);
    const before = driver.archive.length;
    const sent = driver.send(messageXml(from, 'Hello', originIdXml('o1'), 'i1'));
    expect(sent.every(({ to }) => to === from)).toBe(true);
    const errors = sent.filter(({ stanza }) => stanza.attrs.type === 'error');
    const others = sent.filter(({ stanza }) => stanza.attrs.type !== 'error');
    expect([errors.length, others.length]).toEqual([1, explanation === undefined ? 0 : 1]);
    const error = errors[0]?.stanza;
    if (error === undefined) throw new Error('no error');
    // xabber-web finds its message by these and tells the refusal by the code alone (T8).
    expect([error.attrs.from, error.attrs.id, only(error, 'origin-id').attrs.id]).toEqual([
      VERONA,
      'i1',
      'o1',
    ]);
    expect([only(error, 'error').attrs.code, only(error, 'error').attrs.type]).toEqual(['405', 'cancel']);
    expect(has(error, 'error', `not-allowed ${NS.stanzas}`)).toBe(true);
    expect(text(error, 'error', 'text')).not.toBe('');
    for (const { stanza } of others) {
      expect([stanza.attrs.from, stanza.attrs.type]).toEqual([SPEAKER, 'chat']);
      expect(text(stanza, 'body')).toBe(explanation);
      expect(all(stanza, `x ${NS.groupsSystemMessage}`, 'user')).toHaveLength(told);
    }
    expect(driver.archive).toHaveLength(before);
  });

  it('to a group that does not exist', () => {
    const driver = groupDriver();
    const [error] = driver.send(messageXml(ROMEO, 'Hello'));
    expect(error && has(error.stanza, 'error', 'item-not-found')).toBe(true);
  });

  it('of type groupchat says what to do instead', () => {
    const [error] = trio().send(
      `<message from='${ROMEO}' to='${VERONA}' type='groupchat' id='i1'><body>Hello</body></message>`,
    );
    expect(error && has(error.stanza, 'error', 'bad-request')).toBe(true);
    expect(error && text(error.stanza, 'error', 'text')).toContain('type chat');
  });

  it('is allowed again when the restriction has expired, to the second', () => {
    const driver = trio();
    const until = Math.ceil(START / 1000) + 60;
    restrict(until)(driver);
    driver.env.now = until * 1000 - 1;
    expect(driver.send(messageXml(ROMEO, 'Hello')).map(brief)).toContain(`message error > ${ROMEO}`);
    driver.env.now = until * 1000;
    expect(driver.send(messageXml(ROMEO, 'Hello'))).toHaveLength(3);
  });

  it('says how rarely it may be explained: once a minute', () => {
    const driver = trio();
    restrict(0)(driver);
    const decision = decide(
      driver.group(),
      driver.jid,
      {
        kind: 'post',
        from: bareJid(bare(ROMEO)),
        id: undefined,
        originId: undefined,
        bodies: [{ text: 'a' }],
        payload: [],
      },
      {},
      driver.env,
    );
    expect(decision.notices).toMatchObject([{ kind: 'explanation', every: 60_000 }]);
  });
});

describe('everybody sees the same', () => {
  it('in the same order, the system messages among it', () => {
    const driver = verona();
    const sent = [
      ...join(driver, ROMEO, NURSE),
      ...driver.send(messageXml(JULIET, 'one')),
      ...driver.send(messageXml(ROMEO, 'two')),
      ...driver.send(presenceXml(NURSE, 'unsubscribe')),
      ...driver.send(messageXml(JULIET, 'three')),
    ];
    const heard = (jid: string): string[] =>
      reaching(sent, jid).flatMap((stanza) => [
        ...texts(stanza, 'body'),
        ...texts(stanza, 'x', 'message', 'body'),
      ]);
    const all = [
      'romeo@example.com joined chat',
      'nurse@example.org joined chat',
      'juliet@example.com:\none',
      'romeo@example.com:\ntwo',
      'nurse@example.org left chat',
      'juliet@example.com:\nthree',
    ];
    expect(heard(JULIET)).toEqual(all);
    expect(heard(ROMEO)).toEqual(all);
    expect(heard(NURSE)).toEqual(all.slice(1, 4));
  });
});
