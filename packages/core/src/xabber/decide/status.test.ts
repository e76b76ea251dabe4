import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { all, has, only, text, texts } from '../testing/reading.js';
import { deviceOf, household, ROLES } from '../testing/roles.js';
import {
  brief,
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
  single,
  verona,
} from '../testing/scenes.js';

const FORM = `x ${NS.dataForms}`;
const QUESTION = `<query xmlns='${NS.groupsStatus}'/>`;
const PRESENT = `<x xmlns='${NS.groupsPresent}'/>`;

/** The whole form, as xabber-web sends it back. */
const submit = (status?: string): string => {
  const fields = [
    `<field var='FORM_TYPE' type='hidden'><value>${NS.groupsStatus}</value></field>`,
    `<field var='header1' type='fixed'><value>Section 1 : Statuses</value></field>`,
    `<field var='status'>${status === undefined ? '' : `<value>${status}</value>`}</field>`,
    `<field var='fiesta' type='fixed'><value>chat</value></field>`,
  ];
  return `<query xmlns='${NS.groupsStatus}'><x xmlns='${NS.dataForms}' type='submit'>${fields.join('')}</x></query>`;
};

const set = (driver: GroupDriver, from: string, status?: string) =>
  driver.send(iqXml(from, 'set', submit(status)));
const answerOf = (sent: ReturnType<GroupDriver['send']>) =>
  single(sent.filter(({ stanza }) => stanza.name === 'iq'));

const MEMBERS = [
  'owner',
  'change-group',
  'set-permissions',
  'set-restrictions',
  'change-users',
  'delete-messages',
  'member',
  'restricted',
];

describe('the form of the status', () => {
  it.each(ROLES)('is for members, and to fill in only for some: %s', (role) => {
    const answer = single(household().send(iqXml(deviceOf(role), 'get', QUESTION)));
    if (!MEMBERS.includes(role)) {
      expect([has(answer, 'error', 'not-allowed'), only(answer, 'error').attrs.code]).toEqual([true, '405']);
      return;
    }
    const status = all(answer, 'query', FORM, 'field').find(({ attrs }) => attrs.var === 'status');
    if (status === undefined) throw new Error('no field for the status');
    expect(status.attrs.type).toBe(['owner', 'change-group'].includes(role) ? 'text-single' : 'fixed');
    expect(texts(status, 'value')).toEqual(['discussion']);
    expect(texts(status, 'option', 'value')).toEqual([
      'fiesta',
      'discussion',
      'regulated',
      'limited',
      'restricted',
      'inactive',
    ]);
  });

  it('has the colour of each status in a field of its name', () => {
    const answer = single(verona().send(iqXml(JULIET, 'get', QUESTION)));
    const values = Object.fromEntries(
      all(answer, 'query', FORM, 'field').map((field) => [field.attrs.var, texts(field, 'value').join()]),
    );
    expect(values).toMatchObject({
      fiesta: 'chat',
      discussion: 'active',
      regulated: 'away',
      limited: 'xa',
      restricted: 'dnd',
      inactive: 'inactive',
    });
  });
});

describe('a change of the status', () => {
  it.each(ROLES)('is for who may change the group: %s (error row 23)', (role) => {
    const driver = household();
    const answer = answerOf(set(driver, deviceOf(role), 'fiesta'));
    const allowed = ['owner', 'change-group'].includes(role);
    expect(answer.attrs.type).toBe(allowed ? 'result' : 'error');
    expect(driver.group().status).toBe(allowed ? 'fiesta' : 'discussion');
    if (allowed) return;
    expect([has(answer, 'error', 'not-allowed'), only(answer, 'error').attrs.code]).toEqual([true, '405']);
    if (role === 'member') expect(text(answer, 'error', 'text')).toContain('change-group');
  });

  it('comes back as the form, and all are told', () => {
    const driver = verona();
    join(driver, ROMEO);
    const sent = set(driver, JULIET, 'fiesta');
    expect(only(answerOf(sent), 'query', FORM).attrs.type).toBe('form');
    const [presence, message, ...more] = reaching(sent, ROMEO);
    expect(more).toEqual([]);
    expect(presence && [text(presence, 'show'), text(presence, 'status')]).toEqual(['chat', 'Fiesta']);
    expect(message && text(message, 'body')).toBe('juliet@example.com changed group status to Fiesta');
    expect(message && only(message, `x ${NS.groupsSystemMessage}`).attrs.type).toBe('update');
    expect(message && has(message, `x ${NS.groups}`, 'name')).toBe(true);
  });

  it.each([undefined, '', 'asleep', 'discussion', 'Fiesta'])(
    'to %s is a bad request (error row 22)',
    (status) => {
      const driver = verona();
      const answer = single(set(driver, JULIET, status));
      expect([has(answer, 'error', 'bad-request'), only(answer, 'error').attrs.code]).toEqual([true, '400']);
      expect(driver.group().status).toBe('discussion');
    },
  );
});

describe('an inactive group', () => {
  /** Juliet's group, switched off while Romeo had it open. */
  function asleep(): GroupDriver {
    const driver = verona();
    join(driver, ROMEO);
    driver.send(presenceXml(ROMEO, undefined, PRESENT));
    return driver;
  }

  it('says so to all, with nobody present in it', () => {
    const driver = asleep();
    const sent = set(driver, JULIET, 'inactive');
    const [presence, message] = reaching(sent, ROMEO);
    expect(presence?.attrs.type).toBe('unavailable');
    expect(presence && text(presence, `x ${NS.groups}`, 'present')).toBe('0');
    expect(presence && text(presence, `x ${NS.groups}`, 'members')).toBe('2');
    expect(message && text(message, 'body')).toBe('juliet@example.com changed group status to Inactive');
    expect(driver.group().sessions.size).toBe(0);
  });

  it('takes no messages (error row 20) and no signs of presence', () => {
    const driver = asleep();
    set(driver, JULIET, 'inactive');
    const { version } = driver.group();
    const refused = driver.send(messageXml(ROMEO, 'Anybody here?'));
    expect(refused.map(brief).sort()).toEqual([`message chat > ${ROMEO}`, `message error > ${ROMEO}`]);
    expect(driver.send(presenceXml(ROMEO, undefined, PRESENT)).map(brief)).toEqual([
      `presence unavailable > ${ROMEO}`,
    ]);
    expect(driver.send(presenceXml(ROMEO, 'unavailable'))).toEqual([]);
    expect([driver.group().sessions.size, driver.group().version]).toEqual([0, version]);
  });

  it('lets nobody in, also not who was about to join', () => {
    const driver = verona();
    driver.send(presenceXml(ROMEO, 'subscribe'));
    set(driver, JULIET, 'inactive');
    expect(driver.send(presenceXml(ROMEO, 'subscribed')).map(brief)).toEqual([
      'presence unsubscribed > romeo@example.com',
    ]);
    expect(driver.send(presenceXml(PARIS, 'subscribe')).map(brief)).toEqual([
      'presence unsubscribed > paris@example.net',
    ]);
    set(driver, JULIET, 'discussion');
    join(driver, ROMEO);
    expect(memberOf(driver, ROMEO).subscription).toBe('both');
  });

  it.each([
    ['an invitation', `<invite xmlns='${NS.groupsInvite}'><jid>paris@example.net</jid></invite>`],
    ['a kick', `<kick xmlns='${NS.groups}'><jid>romeo@example.com</jid></kick>`],
    ['a block', `<block xmlns='${NS.groupsBlock}'><jid>romeo@example.com</jid></block>`],
  ])('takes no changes: %s', (_, payload) => {
    const driver = asleep();
    set(driver, JULIET, 'inactive');
    const answer = single(driver.send(iqXml(JULIET, 'set', payload)));
    expect([has(answer, 'error', 'not-allowed'), only(answer, 'error').attrs.code]).toEqual([true, '405']);
    expect(memberOf(driver, ROMEO).subscription).toBe('both');
    set(driver, JULIET, 'discussion');
    expect(answerOf(driver.send(iqXml(JULIET, 'set', payload))).attrs.type).toBe('result');
  });

  it('lets everybody out, and read', () => {
    const driver = asleep();
    join(driver, NURSE);
    set(driver, JULIET, 'inactive');
    const list = single(driver.send(iqXml(ROMEO, 'get', `<query xmlns='${NS.groupsMembers}' version='0'/>`)));
    expect(all(list, 'query', 'user')).toHaveLength(3);
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    expect(memberOf(driver, NURSE).subscription).toBe('none');
  });

  it('comes back by another status, and works again', () => {
    const driver = asleep();
    set(driver, JULIET, 'inactive');
    const back = set(driver, JULIET, 'discussion');
    expect(reaching(back, ROMEO)[0]?.attrs.type).toBeUndefined();
    const sent = driver.send(messageXml(ROMEO, 'Hello again'));
    expect(reaching(sent, JULIET).flatMap((stanza) => texts(stanza, 'body'))).toEqual([
      'romeo@example.com:\nHello again',
    ]);
  });
});
