import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupEvent } from '../model/events.js';
import { bareJid } from '../testing/clockwork.js';
import { groupDriver } from '../testing/group-driver.js';
import { ballWithChat } from '../testing/private-chats.js';
import { has, only, text } from '../testing/reading.js';
import { deviceOf, household, ROLES } from '../testing/roles.js';
import {
  brief,
  createXml,
  iqXml,
  JULIET,
  join,
  memberOf,
  presenceXml,
  ROMEO,
  reaching,
  SPEAKER,
  single,
  verona,
} from '../testing/scenes.js';

const HOST = 'groups.example.com';
const hasChat = (name: string): GroupEvent => ({
  kind: 'privateChatOpened',
  pair: name,
  chat: bareJid(`${name}@${HOST}`),
});
const BY_TEXT = `<query xmlns='${NS.groupsDelete}'>verona</query>`;

describe('deleting a group', () => {
  it.each(ROLES)('is for its owner: %s (error row 54)', (role) => {
    const driver = household();
    const sent = driver.send(iqXml(deviceOf(role), 'set', BY_TEXT, HOST));
    const answer = single(sent.filter(({ stanza }) => stanza.name === 'iq'));
    expect(answer.attrs.from).toBe(HOST);
    expect(answer.attrs.type).toBe(role === 'owner' ? 'result' : 'error');
    if (role === 'owner') {
      expect(() => driver.group()).toThrow();
      return;
    }
    expect(sent).toHaveLength(1);
    expect([has(answer, 'error', 'not-allowed'), only(answer, 'error').attrs.code]).toEqual([true, '405']);
    if (role === 'change-group') expect(text(answer, 'error', 'text')).toContain('owner');
    expect(driver.group().size).toBe(8);
  });

  it.each([
    ['xabber-web', BY_TEXT],
    ['iOS', `<query xmlns='${NS.groupsDelete}'><localpart>verona</localpart></query>`],
    ['the newest generation', `<delete xmlns='${NS.groups}'><group jid='verona@${HOST}'/></delete>`],
    ['the same in short', `<delete xmlns='${NS.groups}' jid='verona@${HOST}'/>`],
  ])('as %s asks for it (T20)', (_, payload) => {
    const driver = verona();
    expect(driver.send(iqXml(JULIET, 'set', payload, HOST))[0]?.stanza.attrs.type).toBe('result');
    expect(() => driver.group()).toThrow();
  });

  it('takes it from the rosters of all who are in it or invited', () => {
    const driver = household();
    const sent = driver.send(iqXml(JULIET, 'set', BY_TEXT, HOST));
    for (const role of ROLES) {
      const outside = ['blocked', 'former', 'stranger'].includes(role);
      const types = reaching(sent, deviceOf(role))
        .filter(({ name }) => name === 'presence')
        .map(({ attrs }) => `${attrs.type} ${attrs.from}`);
      expect(types).toEqual(
        outside ? [] : [`unsubscribe ${SPEAKER}`, `unsubscribed ${SPEAKER}`, `unavailable ${SPEAKER}`],
      );
    }
  });

  it('takes its private chats with it', () => {
    const driver = verona('<name>V</name><privacy>incognito</privacy>');
    driver.happen(hasChat('one'), hasChat('two'));
    driver.send(iqXml(JULIET, 'set', BY_TEXT, HOST));
    expect(driver.passed.map(({ to, command }) => `${command.kind} ${to}`)).toEqual([
      `dissolve one@${HOST}`,
      `dissolve two@${HOST}`,
    ]);
  });

  it('takes them with it, too, when the last member leaves (T27)', () => {
    const driver = verona('<name>V</name><privacy>incognito</privacy>');
    join(driver, ROMEO);
    driver.happen(hasChat('one'));
    driver.send(presenceXml(JULIET, 'unsubscribe'));
    expect(driver.passed).toEqual([]);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(driver.passed.map(({ to }) => to)).toEqual([`one@${HOST}`]);
    expect(() => driver.group()).toThrow();
  });

  it('leaves nothing: requests are answered as if it had never been, and the name is free', () => {
    const driver = verona();
    join(driver, ROMEO);
    const before = memberOf(driver, JULIET).id;
    driver.send(iqXml(JULIET, 'set', BY_TEXT, HOST));
    const again = single(driver.send(iqXml(JULIET, 'set', BY_TEXT, HOST)));
    expect([has(again, 'error', 'item-not-found'), only(again, 'error').attrs.code]).toEqual([true, '404']);
    driver.send(createXml());
    expect(driver.group().size).toBe(1);
    expect(memberOf(driver, JULIET).id).not.toBe(before);
  });

  it('is also done in an inactive group', () => {
    const driver = verona();
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    driver.send(iqXml(JULIET, 'set', BY_TEXT, HOST));
    expect(() => driver.group()).toThrow();
  });

  it('without saying which one is a bad request', () => {
    const answer = single(
      verona().send(iqXml(JULIET, 'set', `<query xmlns='${NS.groupsDelete}'> </query>`, HOST)),
    );
    expect(has(answer, 'error', 'bad-request')).toBe(true);
  });
});

describe('a private chat whose group is deleted', () => {
  it('ends without anybody asking', () => {
    const driver = ballWithChat().chat;
    const sent = driver.command({ kind: 'dissolve' });
    expect(reaching(sent, ROMEO).map(({ attrs }) => attrs.type)).toEqual([
      'unsubscribe',
      'unsubscribed',
      'unavailable',
    ]);
    expect(driver.exists()).toBe(false);
  });

  it('may have made room for another group, which stays', () => {
    const driver = verona();
    expect(driver.command({ kind: 'dissolve' }).map(brief)).toEqual([]);
    expect(driver.exists()).toBe(true);
  });

  it('may be gone already', () => {
    expect(groupDriver().command({ kind: 'dissolve' }).map(brief)).toEqual([]);
  });
});
