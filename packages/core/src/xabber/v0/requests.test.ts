import { describe, expect, it } from 'vitest';
import { localpartOf } from '../../jid/index.js';
import { elementIn } from '../../testing/table.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { decide } from '../decide/decide.js';
import { LATEST } from '../decide/named.js';

import { pageFrom } from '../testing/array-archive.js';
import { type GroupDriver, groupDriver } from '../testing/group-driver.js';
import { ball, enter } from '../testing/private-chats.js';
import { all, has, only, text, texts } from '../testing/reading.js';

import {
  answerIn,
  grant,
  idOf,
  iqXml,
  JULIET,
  memberOf,
  messageXml,
  NURSE,
  originIdXml,
  ROMEO,
  reaching,
  refusalIn,
  refused,
  rightsOf,
  single,
  trio,
  VERONA,
  verona,
} from '../testing/scenes.js';

const V0 = NS.groupsV0;

/** The answer to a request. */
const answer = (driver: GroupDriver, from: string, type: 'get' | 'set', payload: string): XmlElement =>
  answerIn(driver.send(iqXml(from, type, payload, VERONA)));

/** A change of a member, as clients of 2019 ask for it. */
const change = (id: string, children: string): string =>
  `<query xmlns='${V0}#members'><item id='${id}'>${children}</item></query>`;

const names = (element: XmlElement, ...path: string[]): (string | undefined)[] =>
  all(element, ...path).map(({ attrs }) => attrs.name);

describe('creation in the words of 2018 and 2019', () => {
  const create = (children: string, from = JULIET) => {
    const driver = groupDriver();
    const payload = `<create xmlns='${V0}'>${children}</create>`;
    return { driver, sent: driver.send(iqXml(from, 'set', payload, 'groups.example.com')) };
  };

  it('answers with the JID of the group, and what was decided', () => {
    const { sent } = create('<name>Verona</name><privacy>public</privacy><index>none</index>');
    const created = only(sent[0]?.stanza ?? single([]), `created ${V0}`);
    expect(text(created, 'jid')).toBe(VERONA);
    expect(
      ['name', 'privacy', 'index', 'membership', 'description', 'pinned-message'].map((name) =>
        text(created, name),
      ),
    ).toEqual(['Verona', 'public', 'none', 'open', '', '0']);
  });

  it.each([
    ['<anonymous>True</anonymous>', { privacy: 'incognito', membership: 'open', index: 'local' }],
    ['<anonymous>False</anonymous>', { privacy: 'public', membership: 'open', index: 'local' }],
    ['<access>member-only</access>', { privacy: 'public', membership: 'member-only', index: 'local' }],
    ['<access>open</access><searchable>True</searchable>', { membership: 'open', index: 'local' }],
    ['<searchable>False</searchable>', { index: 'none' }],
    ['<anonymous>False</anonymous><privacy>incognito</privacy>', { privacy: 'incognito' }],
  ])('%s', (children, properties) => {
    expect(create(`<name>Verona</name>${children}`).driver.group().properties).toMatchObject(properties);
  });

  it('refuses what says nothing, and a name that is taken', () => {
    expect(refused(create('').sent)).toBe(
      '400 bad-request: Nothing is said about the new group: give it at least a name',
    );
    const again = `<create xmlns='${V0}'><localpart>verona</localpart></create>`;
    expect(refused(verona().send(iqXml(JULIET, 'set', again, 'groups.example.com')))).toMatch(
      /^409 conflict/,
    );
  });
});

describe('private chats in the words of 2018 and 2019', () => {
  const open = (driver: GroupDriver, id: string) =>
    driver.send(
      iqXml(
        JULIET,
        'set',
        `<create xmlns='${V0}'><peer-to-peer jid='${VERONA}' id='${id}'/></create>`,
        'groups.example.com',
      ),
    );
  const beginning = () => {
    const driver = ball();
    expect(open(driver, idOf(driver, ROMEO))).toEqual([]);
    const [passed] = driver.passed;
    if (passed === undefined) throw new Error('nothing was passed on');
    return { driver, passed, chat: groupDriver(localpartOf(passed.to), driver.env) };
  };

  it('are answered with their JID', () => {
    const { passed, chat } = beginning();
    const created = only(answerIn(chat.receive(passed)), `created ${V0}`);
    expect([text(created, 'jid'), text(created, 'membership')]).toEqual([passed.to, 'member-only']);
  });

  it('that are there already are named by those words', () => {
    const { driver, chat, passed } = beginning();
    chat.receive(passed);
    enter(chat, JULIET);
    enter(chat, ROMEO);
    open(driver, idOf(driver, ROMEO));
    const again = driver.passed.at(-1);
    if (again === undefined) throw new Error('nothing was passed on');
    const answer = answerIn(chat.receive(again));
    expect(refusalIn(answer)).toMatch(/^409 conflict/);
    expect(text(answer, `x ${V0}`, 'jid')).toBe(passed.to);
  });

  it('are refused as today', () => {
    expect(refused(open(ball(), 'nobody0000000000'))).toMatch(/^404 item-not-found/);
  });
});

describe('members in the words of 2018 and 2019', () => {
  it('are items, each with what the asker may know of his rights', () => {
    const driver = trio();
    grant(driver, ROMEO, 'change-group');
    grant(driver, NURSE, 'send-audio', 1_618_500_000);
    const list = (from: string) =>
      only(answer(driver, from, 'get', `<query xmlns='${V0}#members' version='0'/>`), `query ${V0}#members`);
    const items = all(list(JULIET), 'item');
    expect(items.map((item) => text(item, 'id'))).toEqual(
      [JULIET, ROMEO, NURSE].map((jid) => idOf(driver, jid)),
    );
    expect(items.map((item) => text(item, 'role'))).toEqual(['owner', 'admin', 'member']);
    expect(items.map((item) => texts(item, 'jid'))).toEqual([
      ['juliet@example.com'],
      ['romeo@example.com'],
      ['nurse@example.org'],
    ]);
    expect(items.map((item) => names(item, 'permission'))).toEqual([
      [
        'owner',
        'administrator',
        'restrict-participants',
        'block-participants',
        'change-badges',
        'change-nicknames',
        'delete-messages',
      ],
      ['administrator'],
      [],
    ]);
    expect(all(list(JULIET), 'item', 'restriction').map(({ attrs }) => attrs)).toMatchObject([
      { name: 'send-audio', translation: 'Send audio', expires: '2021-04-15 15:20:00' },
    ]);
    expect(all(list(NURSE), 'item').map((item) => names(item, 'permission'))).toEqual([[], [], []]);
    expect(Number(list(JULIET).attrs.version)).toBe(driver.group().version);
  });

  it('one by one are an answer about rights; who is not there is not found', () => {
    const driver = trio();
    const one = (id: string) => answer(driver, ROMEO, 'get', `<query xmlns='${V0}#members' id='${id}'/>`);
    const own = only(one(''), `query ${V0}#rights`, 'item');
    expect([text(own, 'id'), text(own, 'jid')]).toEqual([idOf(driver, ROMEO), 'romeo@example.com']);
    expect(text(only(one(idOf(driver, JULIET)), 'query', 'item'), 'role')).toBe('owner');
    expect(refusalIn(one('nobody0000000000'))).toBe('404 item-not-found: There is no such member');
  });

  it('keep their JIDs to themselves in incognito groups', () => {
    const driver = trio('<name>Ball</name><privacy>incognito</privacy>');
    const list = answer(driver, ROMEO, 'get', `<query xmlns='${V0}#members'/>`);
    expect(texts(list, 'query', 'item', 'jid')).toEqual(['romeo@example.com']);
  });

  it('say who is gone, with the id by which clients look for him', () => {
    const driver = trio();
    const { version } = driver.group();
    driver.env.now += 5000;
    driver.send(`<presence from='nurse@example.org' to='${VERONA}' type='unsubscribe'/>`);
    const item = only(
      answer(driver, ROMEO, 'get', `<query xmlns='${V0}#members' version='${version}'/>`),
      'query',
      'item',
    );
    expect([text(item, 'subscription'), text(item, 'id')]).toEqual(['none', idOf(driver, NURSE)]);
  });

  it('are for members alone', () => {
    const list = answer(verona(), ROMEO, 'get', `<query xmlns='${V0}#members'/>`);
    expect(refusalIn(list)).toMatch(/^405 not-allowed/);
  });

  it('get another nickname or badge', () => {
    const driver = trio();
    expect(answer(driver, ROMEO, 'set', change('', '<nickname>Montague</nickname>')).attrs.type).toBe(
      'result',
    );
    expect(answer(driver, JULIET, 'set', change(idOf(driver, ROMEO), '<badge>poet</badge>')).attrs.type).toBe(
      'result',
    );
    expect(memberOf(driver, ROMEO)).toMatchObject({ nickname: 'Montague', badge: 'poet' });
    const old = `<query xmlns='${V0}#members' id='${idOf(driver, ROMEO)}'><nickname>Romeo</nickname></query>`;
    expect(answer(driver, ROMEO, 'set', old).attrs.type).toBe('result');
    expect(memberOf(driver, ROMEO).nickname).toBe('Romeo');
  });

  it.each([
    ['nothing', change('', ''), '400 bad-request: Neither a nickname nor a badge is given'],
    [
      'two members',
      `<query xmlns='${V0}#members'><item id='a'/><item id='b'/></query>`,
      '400 bad-request: One member is changed at a time',
    ],
    [
      'his name and his rights',
      change('a', "<nickname>A</nickname><restriction name='send-audio' expires='never'/>"),
      '400 bad-request: Change the name or badge of a member and his rights one after the other',
    ],
    ['somebody unknown', change('a', '<nickname>A</nickname>'), '404 item-not-found: There is no member a'],
  ])('are not changed by a request about %s', (_, payload, sentence) => {
    expect(refusalIn(answer(trio(), JULIET, 'set', payload))).toBe(sentence);
  });

  it('are sent away as clients of 2018 ask for it', () => {
    const driver = trio();
    const payload = `<query xmlns='${V0}#members'><item id='${idOf(driver, ROMEO)}' role='none'/></query>`;
    expect(refusalIn(answer(driver, NURSE, 'set', payload))).toMatch(/^405 not-allowed.*set-restrictions/);
    expect(answer(driver, JULIET, 'set', payload).attrs.type).toBe('result');
    expect(memberOf(driver, ROMEO).subscription).toBe('none');
  });
});

describe('rights in the words of 2018 and 2019', () => {
  it.each([
    ["<permission name='administrator' expires='never'/>", { 'change-group': 0 }],
    ["<permission name='restrict-participants' expires='never'/>", { 'set-restrictions': 0 }],
    ["<permission name='block-participants' expires='1 hour'/>", { 'set-restrictions': 3600 }],
    ["<permission name='change-badges' expires='1 week'/>", { 'change-users': 604_800 }],
    ["<permission name='change-nicknames' expires='1 month'/>", { 'change-users': 2_592_000 }],
    ["<permission name='delete-messages' expires='300'/>", { 'delete-messages': 300 }],
    ["<permission name='set-permissions' expires='never'/>", { 'set-permissions': 0 }],
    ["<restriction name='send-messages' expires='5 minutes'/>", { 'send-messages': 300 }],
    [
      "<permission name='change-badges' expires='never'/><permission name='change-nicknames' expires='never'/>",
      { 'change-users': 0 },
    ],
  ])('%s', (children, held) => {
    const driver = trio();
    const given = answer(driver, JULIET, 'set', change(idOf(driver, ROMEO), children));
    expect([given.attrs.type, given.children]).toEqual(['result', []]);
    const start = Math.floor(driver.env.now / 1000);
    expect(
      Object.entries(rightsOf(driver, ROMEO)).map(([right, until]) => [
        right,
        until === 0 ? 0 : until - start,
      ]),
    ).toEqual(Object.entries(held));
  });

  it('are taken away, and what a client sends back unchanged is no change', () => {
    const driver = trio();
    const ends = 4_102_444_800;
    grant(driver, ROMEO, 'send-audio', ends);
    grant(driver, ROMEO, 'change-users');
    const back =
      "<restriction name='send-audio' expires='2100-01-01 00:00:00'/>" +
      "<permission name='change-badges' expires='9999-12-31 23:59:59'/>";
    const again = answer(driver, JULIET, 'set', change(idOf(driver, ROMEO), back));
    expect(refusalIn(again)).toBe('400 bad-request: Nothing is changed');
    const taken = `${back}<permission name='delete-messages' expires='never'/>`;
    answer(driver, JULIET, 'set', change(idOf(driver, ROMEO), taken));
    expect(rightsOf(driver, ROMEO)).toEqual({ 'send-audio': ends, 'change-users': 0, 'delete-messages': 0 });
    const now = ['now', 'none'].map(
      (word, at) => `<permission name='${['change-badges', 'delete-messages'][at]}' expires='${word}'/>`,
    );
    answer(driver, JULIET, 'set', change(idOf(driver, ROMEO), now.join('')));
    expect(rightsOf(driver, ROMEO)).toEqual({ 'send-audio': ends });
  });

  it.each([
    [
      "<permission name='administrator' expires='soon'/>",
      '400 bad-request: soon is not a time for administrator',
    ],
    [
      "<permission name='administrator' expires='2021-13-45 00:00:00'/>",
      '400 bad-request: 2021-13-45 00:00:00 is not a time for administrator',
    ],
    ["<permission name='rule' expires='never'/>", '400 bad-request: There is no right rule'],
    [
      "<permission name='change-badges' expires='never'/><permission name='change-nicknames' expires='now'/>",
      '400 bad-request: change-nicknames and another name of change-users contradict each other',
    ],
  ])('%s', (children, sentence) => {
    const driver = trio();
    expect(refusalIn(answer(driver, JULIET, 'set', change(idOf(driver, ROMEO), children)))).toBe(sentence);
  });

  it('are given by who may', () => {
    const driver = trio();
    const payload = change(idOf(driver, NURSE), "<restriction name='send-audio' expires='never'/>");
    expect(refusalIn(answer(driver, ROMEO, 'set', payload))).toMatch(/^405 not-allowed.*set-restrictions/);
  });

  it('are all listed, with what newcomers may not do', () => {
    const driver = trio();
    const set = (expires: string) =>
      `<query xmlns='${V0}#rights'><restriction name='send-audio' expires='${expires}'/></query>`;
    expect(refusalIn(answer(driver, ROMEO, 'set', set('never')))).toMatch(/^405 not-allowed.*change-group/);
    const expiries = ['never', '10 minutes', 'now'].map((word) => {
      const given = answer(driver, JULIET, 'set', set(word));
      expect([given.attrs.type, given.children]).toEqual(['result', []]);
      const rights = only(
        answer(driver, ROMEO, 'get', `<query xmlns='${V0}#rights'/>`),
        `query ${V0}#rights`,
      );
      expect(names(rights, 'permission')).toContain('administrator');
      return all(rights, 'restriction').find(({ attrs }) => attrs.name === 'send-audio')?.attrs.expires;
    });
    expect(expiries).toEqual(['never', '10 minutes', undefined]);
  });
});

describe('the group in the words of 2018 and 2019', () => {
  const update = (children: string): string => `<update xmlns='${V0}'>${children}</update>`;

  it('is changed; the answer is empty', () => {
    const driver = trio();
    const changed = answer(
      driver,
      JULIET,
      'set',
      update(
        '<name>Mantua</name><description>two\nlines</description><index>none</index>' +
          '<membership>member-only</membership><domains><domain>example.com</domain></domains>',
      ),
    );
    expect([changed.attrs.type, changed.children]).toEqual(['result', []]);
    expect(driver.group().properties).toMatchObject({
      name: 'Mantua',
      description: 'two\nlines',
      index: 'none',
      membership: 'member-only',
      domains: ['example.com'],
    });
    expect(refusalIn(answer(driver, ROMEO, 'set', update('<name>Padua</name>')))).toMatch(/^405 not-allowed/);
  });

  it('pins a message, and unpins it', () => {
    const driver = trio();
    driver.send(messageXml(ROMEO, 'hello'));
    const id = String(driver.archive.at(-1)?.stanzaId);
    expect(answer(driver, JULIET, 'set', update(`<pinned-message>${id}</pinned-message>`)).attrs.type).toBe(
      'result',
    );
    expect(String(driver.group().pinned)).toBe(id);
    answer(driver, JULIET, 'set', update('<pinned-message/>'));
    expect(driver.group().pinned).toBe(0);
  });

  it('gets another owner', () => {
    const driver = trio();
    expect(answer(driver, JULIET, 'set', update('<owner>romeo@example.com</owner>')).attrs.type).toBe(
      'result',
    );
    expect(rightsOf(driver, ROMEO)).toHaveProperty('owner');
  });

  it.each([
    ['', '400 bad-request: Nothing is said about what is to change'],
    [
      '<name>A</name><pinned-message/>',
      '400 bad-request: Change properties, owner and pinned message one after the other',
    ],
    ['<index>everywhere</index>', '400 bad-request: index: not one of none, local, global'],
  ])('is not changed by %s', (children, sentence) => {
    expect(refusalIn(answer(trio(), JULIET, 'set', update(children)))).toBe(sentence);
  });
});

describe('requests that only had another namespace', () => {
  it('invite, list and revoke', () => {
    const driver = verona();
    const invite = `<invite xmlns='${V0}#invite'><jid>romeo@example.com</jid><send>false</send></invite>`;
    expect(answer(driver, JULIET, 'set', invite).attrs.type).toBe('result');
    const list = `<query xmlns='${V0}#invite'/>`;
    expect(only(answer(driver, JULIET, 'get', list), `query ${V0}#invite`, 'user').attrs.jid).toBe(
      'romeo@example.com',
    );
    const revoke = `<revoke xmlns='${V0}#invite'><jid>romeo@example.com</jid></revoke>`;
    expect(answer(driver, JULIET, 'set', revoke).attrs.type).toBe('result');
    expect(has(answer(driver, JULIET, 'get', list), 'query', 'user')).toBe(false);
  });

  it('block, list and unblock', () => {
    const driver = trio();
    const block = `<block xmlns='${V0}#block'><id>${idOf(driver, ROMEO)}</id></block>`;
    expect(answer(driver, JULIET, 'set', block).attrs.type).toBe('result');
    const listed = only(
      answer(driver, JULIET, 'get', `<query xmlns='${V0}#block'/>`),
      `query ${V0}#block`,
      'user',
    );
    expect(listed.attrs.jid).toBe('romeo@example.com');
    const unblock = `<unblock xmlns='${V0}#block'><jid>romeo@example.com</jid></unblock>`;
    expect(answer(driver, JULIET, 'set', unblock).attrs.type).toBe('result');
    expect(driver.group().blocks.size).toBe(0);
  });

  it('rewrite the history, and ask what was rewritten', () => {
    const driver = trio();
    driver.send(messageXml(ROMEO, 'hello', originIdXml('o1')));
    driver.send(messageXml(ROMEO, 'goodbye', originIdXml('o2'), 'stanza-2'));
    const [first, second] = driver.archive.slice(-2).map(({ stanzaId }) => stanzaId);
    const retract = `<retract-message xmlns='${NS.rewriteV0}' id='${first}' symmetric='true' by='romeo@example.com'/>`;
    expect(answer(driver, ROMEO, 'set', retract).attrs.type).toBe('result');
    const replace = `<replace xmlns='${NS.rewriteV0}' id='${second}'><message><body>farewell</body></message></replace>`;
    expect(answer(driver, ROMEO, 'set', replace).attrs.type).toBe('result');
    expect(driver.archive.at(-1)?.text).toBe('farewell');
    const sent = driver.send(
      iqXml(NURSE, 'set', `<activate xmlns='${NS.rewriteV0}' version='0' less_than='9'/>`, VERONA),
    );
    const [gone, changed, result] = reaching(sent, NURSE);
    if (gone === undefined || changed === undefined) throw new Error('no notifications');
    expect(only(gone, `retract-message ${NS.rewriteV0}#notify`).attrs.id).toBe(String(first));
    const message = only(changed, `replace ${NS.rewriteV0}#notify`, 'message');
    expect(only(message, `reference ${NS.reference}`, `user ${V0}`).attrs.id).toBe(idOf(driver, ROMEO));
    expect([result?.attrs.type, result?.children]).toEqual(['result', []]);
  });

  it('are a bad request where they make no sense', () => {
    const unknown = answer(trio(), JULIET, 'get', `<query xmlns='${V0}#nonsense'/>`);
    expect(refusalIn(unknown)).toMatch(/^400 bad-request: This request is not known here/);
  });
});

describe('what a device that speaks so is told', () => {
  const opened = (driver: GroupDriver, jid: string) =>
    driver.send(`<presence from='${jid}' to='${VERONA}'><x xmlns='${V0}#present'/></presence>`);

  it('is the presence of the group, when it opens the chat', () => {
    const driver = trio();
    const own = reaching(opened(driver, ROMEO), ROMEO).filter((stanza) => has(stanza, `x ${V0}`));
    expect(own.map((stanza) => text(stanza, `x ${V0}`, 'name'))).toEqual(['Verona Square']);
    expect(own.map((stanza) => text(stanza, `x ${V0}`, 'members'))).toEqual(['3']);
    // What goes to all who have it open is the same for all.
    const others = opened(driver, NURSE).filter(({ to }) => to === ROMEO);
    expect(others.map(({ stanza }) => has(stanza, `x ${NS.groups}`))).toEqual([true]);
    const again = opened(driver, NURSE);
    expect(again.map(({ to, stanza }) => [to, has(stanza, `x ${V0}`)])).toEqual([[NURSE, true]]);
    expect(again.some(({ xml }) => xml.includes(NS.groups))).toBe(true);
  });

  it('is nothing when it closes the chat, or makes its choices', () => {
    const driver = trio();
    opened(driver, ROMEO);
    driver.send(`<presence from='${ROMEO}' to='${VERONA}'><x xmlns='${V0}#not-present'/></presence>`);
    expect(driver.group().sessions.size).toBe(0);
    driver.send(`<presence from='${ROMEO}' to='${VERONA}'><collect xmlns='${V0}'>no</collect></presence>`);
    expect(memberOf(driver, ROMEO).preferences.collects).toBe(false);
  });

  it('a group that asks to join is turned away, in whichever words it says that it is one', () => {
    const asked = `<presence from='romeo@example.com' to='${VERONA}' type='subscribe'><x xmlns='${V0}'><name>Mantua</name></x></presence>`;
    expect(single(verona().send(asked)).attrs.type).toBe('unsubscribed');
  });

  it('is its own message, when it asks for that, besides the echo for all devices', () => {
    const driver = trio();
    const request = `<request xmlns='${NS.deliveryV0}' to='${VERONA}'/>`;
    const sent = driver.send(messageXml(ROMEO, 'a &amp; b', originIdXml('o1') + request));
    const heard = reaching(sent, ROMEO);
    expect(sent.filter(({ to }) => to.startsWith('romeo')).map(({ to }) => to)).toEqual([
      'romeo@example.com',
      ROMEO,
    ]);
    expect(heard.map((stanza) => has(stanza, `received ${NS.deliveryV0}`))).toEqual([false, true]);
    const inner = only(heard[1] ?? single([]), 'received', 'forwarded', 'message');
    expect([inner.attrs.from, inner.attrs.to]).toEqual([ROMEO, VERONA]);
    const author = only(inner, `reference ${NS.reference}`);
    expect(author.attrs).toMatchObject({ type: 'groupchat', begin: '0', end: '18' });
    expect(only(author, `user ${V0}`).attrs.id).toBe(idOf(driver, ROMEO));
    expect(text(author, 'user', 'nickname')).toBe('romeo@example.com');
    expect(text(inner, 'body')).toBe('romeo@example.com:\na & b');
    expect(only(inner, 'origin-id').attrs.id).toBe('o1');
    // The others hear nothing of how it was asked.
    expect(
      sent.filter(({ to }) => to.startsWith('nurse')).some(({ xml }) => xml.includes('http://xabber')),
    ).toBe(false);
    const retry = driver.send(
      messageXml(ROMEO, 'a &amp; b', originIdXml('o1') + request.replace(' to=', " retry='true' to=")),
    );
    expect(retry.map(({ to }) => to)).toEqual(['romeo@example.com', ROMEO]);
  });

  it('is the history, in references and marks of then', () => {
    const driver = trio();
    driver.send(messageXml(ROMEO, 'hello'));
    const decision = decide(
      driver.group(),
      driver.jid,
      {
        kind: 'archive',
        from: memberOf(driver, NURSE).jid,
        queryId: 'h1',
        version: NS.mam,
        with: undefined,
        query: { page: { direction: 'forward', max: 50 } },
        vocabulary: 'v0',
      },
      { page: { ...pageFrom(driver.archive, LATEST), complete: true, count: driver.archive.length } },
      driver.env,
    );
    const history = decision.notices.find((notice) => notice.kind === 'history');
    const told = history?.messages.map(({ xml }) =>
      elementIn(`<message xmlns='jabber:client'>${xml}</message>`),
    );
    expect(
      told?.map((message) => all(message, 'x').map(({ attrs }) => attrs.xmlns?.replace(V0, ''))),
    ).toEqual([['#create'], ['#join'], ['#join'], []]);
    expect(told?.map((message) => only(message, `reference ${NS.reference}`, `user ${V0}`).attrs.id)).toEqual(
      [JULIET, ROMEO, NURSE, ROMEO].map((jid) => idOf(driver, jid)),
    );
  });

  it.each([
    ["<x xmlns='http://xabber.com/protocol/groupchat#kick'/>"],
    ["<x xmlns='http://xabber.com/protocol/groupchat'/>"],
    ["<reference xmlns='urn:xmpp:reference:0' type='groupchat'/>"],
    ["<reference xmlns='urn:x' type='groupchat'/>"],
    ["<received xmlns='http://xabber.com/protocol/delivery'/>"],
    ["<retract-message xmlns='http://xabber.com/protocol/rewrite#notify'/>"],
  ])('is not forged by other members: %s', (forged) => {
    const driver = trio();
    driver.send(messageXml(ROMEO, 'hello', forged));
    expect(driver.archive.at(-1)?.xml).not.toMatch(/http:\/\/xabber|type='groupchat'/);
  });

  it('an invitation that is sent to a group goes nowhere', () => {
    const invitation = `<invite xmlns='${V0}#invite' jid='mantua@groups.example.com'/>`;
    expect(trio().send(messageXml(ROMEO, 'Add mantua', invitation))).toEqual([]);
  });
});
