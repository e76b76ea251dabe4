import { describe, expect, it } from 'vitest';
import { elementsOf, textOf } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { bareJid } from '../testing/clockwork.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { ballWithChat } from '../testing/private-chats.js';
import { all, has, only, text } from '../testing/reading.js';
import { deviceOf, household, ROLES, shutOut } from '../testing/roles.js';
import {
  bare,
  brief,
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  refused,
  SPEAKER,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

const STEPS = ['offer', 'request', 'accept', 'decline'] as const;

/** Juliet, Romeo and the Nurse behind their masks. */
function ball(): GroupDriver {
  const driver = verona(INCOGNITO);
  join(driver, ROMEO, NURSE);
  return driver;
}

const idOf = (driver: GroupDriver, jid: string): string => memberOf(driver, jid).id;

const element = (type: string, id: string, reason = ''): string =>
  `<disclosure xmlns='${NS.groups}' type='${type}'><recipient id='${id}'/>${
    reason === '' ? '' : `<reason>${reason}</reason>`
  }</disclosure>`;

/** Takes a step by an IQ. */
const step = (driver: GroupDriver, who: string, type: string, whom: string, reason?: string): Sent[] =>
  driver.send(iqXml(who, 'set', element(type, idOf(driver, whom), reason)));

/** What is said of a disclosure to whom: `offer > romeo@example.com: juliet@example.com`. */
const said = (sent: readonly Sent[]): string[] =>
  sent
    .filter(({ stanza }) => has(stanza, `disclosed ${NS.groups}`))
    .map(({ stanza, to }) => {
      const told = only(stanza, 'disclosed');
      const jid = all(told, 'user', 'jid').map(textOf).join();
      return `${told.attrs.type} > ${to}${jid === '' ? '' : `: ${jid}`}`;
    });

const bodyTo = (sent: readonly Sent[], jid: string): string =>
  reaching(sent, jid)
    .filter(({ name }) => name === 'message')
    .map((stanza) => text(stanza, 'body'))
    .join();

describe('an offer', () => {
  it('tells the own JID at once, to the recipient alone', () => {
    const driver = ball();
    const sent = step(driver, JULIET, 'offer', ROMEO, 'We met at the feast');
    expect(sent.map(brief)).toEqual([`iq result > ${JULIET}`, 'message chat > romeo@example.com']);
    const [, message] = sent;
    if (message === undefined) throw new Error('nobody was told');
    expect(message.stanza.attrs.from).toBe(SPEAKER);
    const told = only(message.stanza, `disclosed ${NS.groups}`);
    expect(told.attrs.type).toBe('offer');
    expect(only(told, 'user').attrs.id).toBe(idOf(driver, JULIET));
    expect(text(told, 'user', 'jid')).toBe('juliet@example.com');
    expect(text(told, 'user', 'nickname')).toBe(memberOf(driver, JULIET).nickname);
    expect(text(told, 'reason')).toBe('We met at the feast');
    const body = text(message.stanza, 'body');
    for (const part of [memberOf(driver, JULIET).nickname, 'juliet@example.com', 'We met at the feast']) {
      expect(body).toContain(part);
    }
  });

  it('is kept by the recipient’s own server when he is away, and not in the archive of the group', () => {
    const driver = ball();
    const before = driver.archive.length;
    const sent = step(driver, JULIET, 'offer', ROMEO);
    expect(driver.archive).toHaveLength(before);
    expect(sent.some(({ stanza }) => elementsOf(stanza).some(({ attrs }) => attrs.xmlns === NS.hints))).toBe(
      false,
    );
  });

  it('accepted: the recipient gives his own JID, to its author alone', () => {
    const driver = ball();
    step(driver, JULIET, 'offer', ROMEO);
    const sent = step(driver, ROMEO, 'accept', JULIET, 'Call me but love');
    expect(sent.map(brief)).toEqual([`iq result > ${ROMEO}`, 'message chat > juliet@example.com']);
    expect(said(sent)).toEqual(['accept > juliet@example.com: romeo@example.com']);
    expect(bodyTo(sent, JULIET)).toMatch(/romeo@example\.com.*\nCall me but love$/u);
    expect(driver.group().disclosures.size).toBe(0);
  });

  it('declined: the recipient has told nobody who he is', () => {
    const driver = ball();
    step(driver, JULIET, 'offer', ROMEO);
    const sent = step(driver, ROMEO, 'decline', JULIET, 'Not now');
    expect(said(sent)).toEqual(['decline > juliet@example.com']);
    expect(sent.map(({ xml }) => xml).join()).not.toMatch(/<jid|to='juliet[^>]*>.*romeo@example.com/u);
    expect(bodyTo(sent, JULIET)).toContain('Not now');
  });
});

describe('a request', () => {
  it('tells no JID', () => {
    const driver = ball();
    const sent = step(driver, JULIET, 'request', ROMEO, 'Who are you?');
    expect(said(sent)).toEqual(['request > romeo@example.com']);
    expect(sent.map(({ xml }) => xml).join()).not.toMatch(/juliet@example\.com[^/]/u);
    expect(bodyTo(sent, ROMEO)).toContain('Who are you?');
  });

  it('accepted: both are told who the other is', () => {
    const driver = ball();
    step(driver, JULIET, 'request', ROMEO);
    expect(said(step(driver, ROMEO, 'accept', JULIET))).toEqual([
      'accept > juliet@example.com: romeo@example.com',
      'accept > romeo@example.com: juliet@example.com',
    ]);
    expect(driver.group().disclosures.size).toBe(0);
  });

  it('declined: nobody is told anything', () => {
    const driver = ball();
    step(driver, JULIET, 'request', ROMEO);
    expect(said(step(driver, ROMEO, 'decline', JULIET))).toEqual(['decline > juliet@example.com']);
  });
});

describe('two who want the same', () => {
  it.each([
    ['offer', 'offer', ['accept > juliet@example.com: romeo@example.com']],
    [
      'request',
      'offer',
      ['accept > juliet@example.com: romeo@example.com', 'accept > romeo@example.com: juliet@example.com'],
    ],
    [
      'request',
      'request',
      ['accept > juliet@example.com: romeo@example.com', 'accept > romeo@example.com: juliet@example.com'],
    ],
  ])('agree: an answer to the %s by the own %s', (first, second, told) => {
    const driver = ball();
    step(driver, JULIET, first, ROMEO);
    expect(said(step(driver, ROMEO, second, JULIET))).toEqual(told);
    expect(driver.group().disclosures.size).toBe(0);
  });

  it('but who asks for what he was told has not told anything by that', () => {
    const driver = ball();
    step(driver, JULIET, 'offer', ROMEO);
    expect(refused(step(driver, ROMEO, 'request', JULIET))).toMatch(/^409 conflict: .*accept or decline$/u);
  });
});

it('works inside a private chat of the two', () => {
  const { chat } = ballWithChat();
  const say = (who: string, type: string, whom: string): Sent[] =>
    chat.send(iqXml(who, 'set', element(type, idOf(chat, whom)), chat.jid));
  expect(said(say(JULIET, 'offer', ROMEO))).toEqual(['offer > romeo@example.com: juliet@example.com']);
  expect(said(say(ROMEO, 'accept', JULIET))).toEqual(['accept > juliet@example.com: romeo@example.com']);
});

describe('a special message', () => {
  const send = (driver: GroupDriver, payload: string, text?: string): Sent[] =>
    driver.send(
      `<message from='${ROMEO}' to='${VERONA}' type='chat' id='m1'>${payload}${
        text === undefined ? '' : `<body>${text}</body>`
      }</message>`,
    );

  it.each(STEPS)('does the same as the request: %s', (type) => {
    const [driver, other] = [ball(), ball()];
    for (const each of [driver, other]) {
      if (type === 'accept' || type === 'decline') step(each, JULIET, 'request', ROMEO);
    }
    const payload = element(type, idOf(driver, JULIET), 'because');
    expect(said(send(driver, payload))).toEqual(said(step(other, ROMEO, type, JULIET, 'because')));
  });

  it('without a type is an offer', () => {
    const driver = ball();
    const payload = `<disclosure xmlns='${NS.groups}'><recipient id='${idOf(driver, JULIET)}'/></disclosure>`;
    expect(said(send(driver, payload))).toEqual(['offer > juliet@example.com: romeo@example.com']);
  });

  it('never reaches all, whatever text it has and whether or not it can be read', () => {
    const driver = ball();
    const before = driver.archive.length;
    const sent = send(driver, element('offer', idOf(driver, JULIET)), 'I am romeo@example.com');
    expect(sent.map(brief)).toEqual(['message chat > juliet@example.com']);
    expect(refused(send(driver, `<disclosure xmlns='${NS.groups}'/>`, 'I am romeo@example.com'))).toMatch(
      /^400 bad-request: disclosure\/recipient/u,
    );
    expect(refused(send(driver, element('accept', idOf(driver, NURSE)), 'I am'))).toMatch(/^404/u);
    expect(driver.archive).toHaveLength(before);
  });

  it('of the group itself cannot be forged by a member', () => {
    const driver = ball();
    const forged =
      `<disclosed xmlns='${NS.groups}' type='offer'><user id='${idOf(driver, JULIET)}'>` +
      `<nickname>Juliet</nickname></user></disclosed>`;
    const sent = driver.send(messageXml(ROMEO, 'Look', forged));
    expect(sent.some(({ stanza }) => has(stanza, 'body'))).toBe(true);
    expect(sent.map(({ xml }) => xml).join()).not.toContain('<disclosed');
  });
});

describe('who may', () => {
  const INSIDE = (role: string): boolean =>
    !['blocked', 'invited', 'joining', 'former', 'stranger'].includes(role);

  it.each(ROLES.flatMap((role) => STEPS.map((type) => [type, role] as const)))('%s: %s', (type, role) => {
    const driver = household(INCOGNITO);
    const other = role === 'owner' ? ROMEO : JULIET;
    if (INSIDE(role)) {
      if (type === 'accept' || type === 'decline') step(driver, other, 'offer', deviceOf(role));
    }
    const answer = driver.send(iqXml(deviceOf(role), 'set', element(type, idOf(driver, other))));
    if (!INSIDE(role)) expect(refused(answer)).toBe('405 not-allowed: You are not a member of this group');
    else if (role === 'restricted' && type !== 'decline') {
      expect(refused(answer)).toBe(
        '405 not-allowed: You have no permission to write in this chat (send-messages)',
      );
    } else expect(said(answer).length).toBe(1);
  });

  it('who is restricted declines without a word', () => {
    const driver = household(INCOGNITO);
    step(driver, JULIET, 'request', deviceOf('restricted'));
    const sent = step(driver, deviceOf('restricted'), 'decline', JULIET, 'a message after all');
    expect(said(sent)).toEqual(['decline > juliet@example.com']);
    expect(sent.map(({ xml }) => xml).join()).not.toContain('after all');
  });

  it.each(['invited', 'joining', 'former'] as const)(
    'nobody can be turned to who is not a member: %s',
    (role) => {
      const driver = household(INCOGNITO);
      expect(refused(step(driver, JULIET, 'offer', deviceOf(role)))).toMatch(
        /^404 item-not-found: There is no member/u,
      );
    },
  );

  it('nor who does not exist, nor oneself', () => {
    const driver = ball();
    for (const id of ['', 'nobody']) {
      expect(refused(driver.send(iqXml(JULIET, 'set', element('offer', id))))).toMatch(
        /^404 item-not-found/u,
      );
    }
    expect(refused(step(driver, JULIET, 'offer', JULIET))).toBe('400 bad-request: This is you yourself');
  });

  it.each(['accept', 'decline'])('without anything to %s', (type) => {
    const driver = ball();
    expect(refused(step(driver, ROMEO, type, JULIET))).toMatch(/^404 item-not-found: .* has neither told/u);
    step(driver, ROMEO, 'offer', JULIET);
    expect(refused(step(driver, ROMEO, type, JULIET))).toMatch(/^404 item-not-found/u);
  });

  it('nobody in a public group: there everybody is seen', () => {
    const driver = verona();
    join(driver, ROMEO);
    expect(refused(step(driver, JULIET, 'offer', ROMEO))).toMatch(
      /^405 not-allowed: There is nothing to disclose/u,
    );
  });

  it('nobody in an inactive group', () => {
    const driver = ball();
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    expect(refused(step(driver, JULIET, 'offer', ROMEO))).toMatch(/^405 not-allowed: The group is inactive/u);
  });

  it('nobody of a domain that was blocked since', () => {
    const driver = ball();
    shutOut(driver, 'example.org');
    expect(refused(step(driver, NURSE, 'offer', ROMEO))).toBe(
      '405 not-allowed: You are blocked in this chat',
    );
  });

  it('and by no question', () => {
    const driver = ball();
    const answer = driver.send(iqXml(ROMEO, 'get', element('offer', idOf(driver, JULIET))));
    expect(refused(answer)).toMatch(/^400 bad-request/u);
  });
});

describe('nobody is pestered', () => {
  it.each(['offer', 'request'])('a second time before he has answered: %s', (type) => {
    const driver = ball();
    step(driver, JULIET, 'offer', ROMEO);
    expect(refused(step(driver, JULIET, type, ROMEO))).toMatch(
      /^409 conflict: .* has not answered you yet$/u,
    );
    expect(said(step(driver, JULIET, type, NURSE))).toHaveLength(1);
  });

  it.each(['offer', 'request'])(
    'again after he has declined, until he turns to the other himself: %s',
    (type) => {
      const driver = ball();
      step(driver, JULIET, 'request', ROMEO);
      step(driver, ROMEO, 'decline', JULIET);
      expect(refused(step(driver, JULIET, type, ROMEO))).toMatch(/^405 not-allowed: .* did not want it/u);
      driver.send(presenceXml(JULIET, 'unsubscribe'));
      join(driver, JULIET);
      expect(refused(step(driver, JULIET, type, ROMEO))).toMatch(/^405 not-allowed: .* did not want it/u);
      expect(said(step(driver, ROMEO, 'request', JULIET))).toEqual(['request > juliet@example.com']);
      expect(said(step(driver, JULIET, 'decline', ROMEO))).toEqual(['decline > romeo@example.com']);
      expect(said(step(driver, JULIET, type, ROMEO))).toHaveLength(1);
    },
  );

  it('by somebody who leaves and comes back', () => {
    const driver = ball();
    step(driver, NURSE, 'offer', ROMEO);
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    join(driver, NURSE);
    expect(refused(step(driver, NURSE, 'offer', ROMEO))).toMatch(/^405 not-allowed/u);
  });

  it('by somebody who has turned to ten others already', () => {
    const driver = ball();
    const crowd = Array.from({ length: 11 }, (_, index) => `guest${index}@example.com/d`);
    join(driver, ...crowd);
    const [first, ...others] = crowd;
    const last = others.at(-1);
    if (first === undefined || last === undefined) throw new Error('nobody is there');
    for (const guest of crowd.slice(0, 10)) step(driver, ROMEO, 'offer', guest);
    expect(refused(step(driver, ROMEO, 'request', last))).toMatch(/^500 resource-constraint: 10 members/u);
    expect(said(step(driver, JULIET, 'request', last))).toHaveLength(1);
    step(driver, first, 'decline', ROMEO);
    expect(said(step(driver, ROMEO, 'request', last))).toHaveLength(1);
  });
});

describe('an unanswered disclosure ends', () => {
  const END: readonly [string, (driver: GroupDriver) => void][] = [
    ['when he leaves', (driver) => driver.send(presenceXml(ROMEO, 'unsubscribe'))],
    [
      'when he is kicked',
      (driver) =>
        driver.send(
          iqXml(JULIET, 'set', `<kick xmlns='${NS.groups}'><id>${idOf(driver, ROMEO)}</id></kick>`),
        ),
    ],
    [
      'when he is blocked',
      (driver) => {
        const id = idOf(driver, ROMEO);
        driver.send(iqXml(JULIET, 'set', `<block xmlns='${NS.groupsBlock}'><id>${id}</id></block>`));
        driver.happen({ kind: 'blockRemoved', address: bareJid(bare(ROMEO)) });
      },
    ],
  ];

  it.each(END)('%s, its author', (_, end) => {
    const driver = ball();
    step(driver, ROMEO, 'request', NURSE);
    end(driver);
    expect(refused(step(driver, NURSE, 'accept', ROMEO))).toMatch(/^404 item-not-found/u);
    join(driver, ROMEO);
    expect(refused(step(driver, NURSE, 'accept', ROMEO))).toMatch(/^404 item-not-found/u);
    expect(said(step(driver, NURSE, 'offer', ROMEO))).toEqual([
      'offer > romeo@example.com: nurse@example.org',
    ]);
  });

  it.each(END)('%s, its recipient', (_, end) => {
    const driver = ball();
    step(driver, NURSE, 'request', ROMEO);
    end(driver);
    join(driver, ROMEO);
    expect(refused(step(driver, ROMEO, 'accept', NURSE))).toMatch(/^404 item-not-found/u);
    expect(said(step(driver, NURSE, 'request', ROMEO))).toEqual(['request > romeo@example.com']);
  });

  it('and those of the others do not', () => {
    const driver = ball();
    step(driver, JULIET, 'request', NURSE);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(said(step(driver, NURSE, 'accept', JULIET))).toHaveLength(2);
  });
});

describe('clients find it', () => {
  const features = (driver: GroupDriver): (string | undefined)[] =>
    all(single(driver.send(iqXml(PARIS, 'get', `<query xmlns='${NS.discoInfo}'/>`))), 'query', 'feature').map(
      ({ attrs }) => attrs.var,
    );

  it('as a feature of incognito groups', () => {
    expect(features(ball())).toContain(NS.disclosure);
    expect(features(verona())).not.toContain(NS.disclosure);
  });
});
