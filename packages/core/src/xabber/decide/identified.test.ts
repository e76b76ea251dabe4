import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, has, only, text } from '../testing/reading.js';
import { verdict } from '../testing/roles.js';
import {
  answerIn,
  bare,
  grant,
  INCOGNITO,
  idOf,
  iqXml,
  JULIET,
  memberOf,
  messageXml,
  NURSE,
  originIdXml,
  presenceXml,
  ROMEO,
  reaching,
  refused,
  trio,
  VERONA,
} from '../testing/scenes.js';

const assigned = (driver: GroupDriver, who: string): string => `${VERONA}/${idOf(driver, who)}`;
const ball = (): GroupDriver => trio(INCOGNITO);

const ask = (driver: GroupDriver, from: string, type: 'get' | 'set', payload: string): Sent[] =>
  driver.send(iqXml(from, type, payload));

const historyOf = (driver: GroupDriver, name: string, from: string = NURSE): string[] =>
  ask(
    driver,
    from,
    'set',
    `<query xmlns='${NS.mam}'><x xmlns='${NS.dataForms}' type='submit'><field var='with'><value>${name}</value></field></x></query>`,
  )
    .flatMap(({ stanza }) => all(stanza, 'result', 'forwarded', 'message', 'body'))
    .map((body) => String(body.children[0]).replace(/^.*\n/u, ''));

describe('members of an incognito group have an assigned JID', () => {
  it('which all cards have that others see, and no JID of an account', () => {
    const driver = ball();
    const sent = driver.send(messageXml(ROMEO, 'Hello', originIdXml('o1')));
    const [copy] = reaching(sent, NURSE);
    if (copy === undefined) throw new Error('no copy');
    const card = only(copy, 'x', 'reference', 'user');
    expect(only(card, `assigned-jid ${NS.assignedJid}`).attrs.jid).toBe(assigned(driver, ROMEO));
    expect(has(card, 'jid')).toBe(false);
    const list = answerIn(ask(driver, NURSE, 'get', `<query xmlns='${NS.groupsMembers}' version='0'/>`));
    const listed = all(list, 'query', 'user').map((user) => only(user, 'assigned-jid').attrs.jid);
    expect(listed).toEqual([JULIET, ROMEO, NURSE].map((who) => assigned(driver, who)));
    const left = driver.send(presenceXml(ROMEO, 'unsubscribe'));
    const word = reaching(left, NURSE).find((stanza) => has(stanza, 'body'));
    expect(word && only(word, 'reference', 'user', 'assigned-jid').attrs.jid).toBe(assigned(driver, ROMEO));
  });

  it('also for owners and for oneself, beside the real one', () => {
    const driver = ball();
    const list = answerIn(ask(driver, JULIET, 'get', `<query xmlns='${NS.groupsMembers}' version='0'/>`));
    for (const user of all(list, 'query', 'user')) {
      expect([has(user, 'jid'), has(user, 'assigned-jid')]).toEqual([true, true]);
    }
  });

  it('in a public group the real JID is told, and none is assigned', () => {
    const driver = trio();
    const [copy] = reaching(driver.send(messageXml(ROMEO, 'Hello')), NURSE);
    if (copy === undefined) throw new Error('no copy');
    expect(text(copy, 'x', 'reference', 'user', 'jid')).toBe(bare(ROMEO));
    expect(has(copy, 'x', 'reference', 'user', 'assigned-jid')).toBe(false);
  });

  it.each([
    ['an incognito group says so', INCOGNITO, true],
    ['a public one does not', '<name>Verona</name>', false],
  ])('%s', (_, options, says) => {
    const info = answerIn(ask(trio(options), NURSE, 'get', `<query xmlns='${NS.discoInfo}'/>`));
    const features = all(info, 'query', 'feature').map(({ attrs }) => attrs.var);
    expect(features.includes(NS.assignedJid)).toBe(says);
  });

  it('is in the members that clients of the first generation are told of', () => {
    const driver = ball();
    const list = answerIn(ask(driver, NURSE, 'get', `<query xmlns='${NS.groupsV0Members}' version='0'/>`));
    expect(all(list, 'query', 'item').map((item) => only(item, 'assigned-jid').attrs.jid)).toContain(
      assigned(driver, ROMEO),
    );
  });
});

describe('who is meant can be said by the assigned JID', () => {
  it('in the archive: his messages', () => {
    const driver = ball();
    driver.send(messageXml(ROMEO, 'mine'));
    driver.send(messageXml(JULIET, 'hers'));
    expect(historyOf(driver, assigned(driver, ROMEO))).toEqual(['mine']);
    expect(historyOf(driver, idOf(driver, ROMEO))).toEqual(['mine']);
    expect(historyOf(driver, bare(ROMEO))).toEqual([]);
    expect(historyOf(driver, `mantua@groups.example.com/${idOf(driver, ROMEO)}`)).toEqual([]);
    expect(historyOf(driver, `${VERONA}/nobody`)).toEqual([]);
  });

  it('in the list of members', () => {
    const driver = ball();
    const payload = `<query xmlns='${NS.groupsMembers}' id='${assigned(driver, ROMEO)}'/>`;
    const user = only(answerIn(ask(driver, NURSE, 'get', payload)), 'query', 'user');
    expect(user.attrs.id).toBe(idOf(driver, ROMEO));
  });

  it.each<[string, (driver: GroupDriver, name: string) => string]>([
    ['kick, as an id', (_, name) => `<kick xmlns='${NS.groups}'><id>${name}</id></kick>`],
    ['kick, as a JID', (_, name) => `<kick xmlns='${NS.groups}'><jid>${name}</jid></kick>`],
    ['block, as an id', (_, name) => `<block xmlns='${NS.groupsBlock}'><id>${name}</id></block>`],
    ['block, as a JID', (_, name) => `<block xmlns='${NS.groupsBlock}'><jid>${name}</jid></block>`],
  ])('to %s, by somebody who may not see JIDs', (_, payload) => {
    const driver = ball();
    grant(driver, NURSE, ['set-restrictions']);
    expect(verdict(ask(driver, NURSE, 'set', payload(driver, assigned(driver, ROMEO))))).toBe('result');
    expect(memberOf(driver, ROMEO).subscription).toBe('none');
  });

  it('to let somebody in again', () => {
    const driver = ball();
    ask(driver, JULIET, 'set', `<block xmlns='${NS.groupsBlock}'><id>${idOf(driver, ROMEO)}</id></block>`);
    expect(driver.group().blocks.size).toBe(1);
    const name = assigned(driver, ROMEO);
    ask(driver, JULIET, 'set', `<unblock xmlns='${NS.groupsBlock}'><jid>${name}</jid></unblock>`);
    expect(driver.group().blocks.size).toBe(0);
  });

  it.each<[string, 'get' | 'set', (name: string) => string]>([
    [
      'the form of his rights',
      'get',
      (name) => `<query xmlns='${NS.groupsRights}'><user xmlns='${NS.groups}' id='${name}'/></query>`,
    ],
    [
      'his rights',
      'set',
      (name) =>
        `<query xmlns='${NS.groupsRights}'><x xmlns='${NS.dataForms}' type='submit'><field var='user-id'><value>${name}</value></field><field var='send-voice'><value>0</value></field></x></query>`,
    ],
    ['his permissions', 'get', (name) => `<permissions xmlns='${NS.permissions}' target='${name}'/>`],
    [
      'changed permissions',
      'set',
      (name) =>
        `<permissions xmlns='${NS.permissions}' target='${name}'><permission name='send-messages' status='false' seconds='300'/></permissions>`,
    ],
    [
      'his badge',
      'set',
      (name) =>
        `<query xmlns='${NS.groupsMembers}'><user xmlns='${NS.groups}' id='${name}'><badge>b</badge></user></query>`,
    ],
    ['what he wrote', 'set', (name) => `<retract-user xmlns='${NS.rewrite}' id='${name}' symmetric='true'/>`],
    [
      'a disclosure to him',
      'set',
      (name) => `<disclosure xmlns='${NS.groups}' type='offer'><recipient id='${name}'/></disclosure>`,
    ],
    ['the group for him', 'set', (name) => `<update xmlns='${NS.groups}'><owner>${name}</owner></update>`],
  ])('for %s', (_, type, payload) => {
    const driver = ball();
    expect(verdict(ask(driver, JULIET, type, payload(assigned(driver, ROMEO))))).toBe('result');
    const stranger = verdict(ask(ball(), JULIET, type, payload(`${VERONA}/m9`)));
    expect(stranger).toBe('item-not-found 404');
  });

  it('what he wrote is found, and the next message names what is left', () => {
    const driver = ball();
    driver.send(messageXml(JULIET, 'hers'));
    const left = driver.archive.at(-1)?.stanzaId;
    driver.send(messageXml(ROMEO, 'mine'));
    ask(
      driver,
      JULIET,
      'set',
      `<retract-user xmlns='${NS.rewrite}' id='${assigned(driver, ROMEO)}' symmetric='true'/>`,
    );
    expect(driver.group().newestStanzaId).toBe(left);
  });
});

describe('a message to an assigned JID', () => {
  it('is for one alone, so it is refused and all others do not read it', () => {
    const driver = ball();
    const to = assigned(driver, ROMEO);
    const xml = `<message from='${NURSE}' to='${to}' type='chat' id='s1'><body>Psst</body></message>`;
    expect(refused(driver.send(xml))).toMatch(/^405 not-allowed: Nobody can be written to/);
  });

  it.each([VERONA, `${VERONA}/Group`, `${VERONA}/Groupchat`, `${VERONA}/else`])('to %s is for all', (to) => {
    const driver = ball();
    const sent = driver.send(
      `<message from='${NURSE}' to='${to}' type='chat' id='s1'><body>Hello</body></message>`,
    );
    expect(reaching(sent, ROMEO)).toHaveLength(1);
  });
});
