import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, has, only, text, texts } from '../testing/reading.js';
import {
  bare,
  grant,
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  memberOf,
  NURSE,
  ROMEO,
  reaching,
  refused,
  single,
  verona,
} from '../testing/scenes.js';

function ball(...more: readonly string[]): GroupDriver {
  const driver = verona(INCOGNITO);
  join(driver, ROMEO, NURSE, ...more);
  return driver;
}

const command = (node: string, children = '', action = 'execute'): string =>
  `<command xmlns='${NS.commands}' node='${node}' action='${action}'>${children}</command>`;

const filled = (values: Readonly<Record<string, string>>): string =>
  `<x xmlns='${NS.dataForms}' type='submit'>${Object.entries(values)
    .map(([name, value]) => `<field var='${name}'><value>${value}</value></field>`)
    .join('')}</x>`;

const begin = (driver: GroupDriver, who: string, node: string): XmlElement =>
  only(single(driver.send(iqXml(who, 'set', command(node)))), `command ${NS.commands}`);

const submit = (
  driver: GroupDriver,
  who: string,
  node: string,
  values: Readonly<Record<string, string>>,
): Sent[] => driver.send(iqXml(who, 'set', command(node, filled(values), 'complete')));

const note = (sent: readonly Sent[], who: string): string =>
  reaching(sent, who)
    .filter(({ name }) => name === 'iq')
    .map((stanza) => text(stanza, 'command', 'note'))
    .join();

const disclosedTo = (sent: readonly Sent[], who: string): (string | undefined)[] =>
  reaching(sent, who)
    .filter((stanza) => has(stanza, 'disclosed'))
    .map(
      (stanza) =>
        `${only(stanza, 'disclosed').attrs.type} ${texts(stanza, 'disclosed', 'user', 'jid').join()}`,
    );

const options = (form: XmlElement, name: string): (readonly [string | undefined, string])[] =>
  all(form, `x ${NS.dataForms}`, 'field')
    .filter(({ attrs }) => attrs.var === name)
    .flatMap((field) => all(field, 'option'))
    .map((option) => [option.attrs.label, text(option, 'value')] as const);

const nameIn = (driver: GroupDriver, jid: string): string => memberOf(driver, jid).nickname ?? '';

describe('for ordinary clients', () => {
  it('there are two commands in incognito groups, and none in public ones', () => {
    const nodes = (driver: GroupDriver): (string | undefined)[] =>
      all(
        single(driver.send(iqXml(JULIET, 'get', `<query xmlns='${NS.discoItems}' node='${NS.commands}'/>`))),
        'query',
        'item',
      ).map(({ attrs }) => attrs.node);
    expect(nodes(ball())).toEqual(expect.arrayContaining([NS.disclosure, NS.disclosureAnswer]));
    const open = verona();
    expect(nodes(open)).not.toContain(NS.disclosure);
    for (const node of [NS.disclosure, NS.disclosureAnswer]) {
      expect(refused(open.send(iqXml(JULIET, 'set', command(node))))).toMatch(/^404 item-not-found/u);
      expect(
        refused(open.send(iqXml(JULIET, 'get', `<query xmlns='${NS.discoInfo}' node='${node}'/>`))),
      ).toMatch(/^404 item-not-found/u);
    }
  });

  it('one begins with a list of the others, by the names they have here', () => {
    const driver = ball();
    const form = begin(driver, JULIET, NS.disclosure);
    expect(form.attrs.status).toBe('executing');
    expect(options(form, 'member')).toEqual([
      [nameIn(driver, ROMEO), memberOf(driver, ROMEO).id],
      [nameIn(driver, NURSE), memberOf(driver, NURSE).id],
    ]);
    expect(options(form, 'step').map(([, value]) => value)).toEqual(['offer', 'request']);
  });

  it.each([
    ['offer', 'offer juliet@example.com'],
    ['request', 'request '],
  ])('%s, and the other accepts', (step, told) => {
    const driver = ball();
    const sent = submit(driver, JULIET, NS.disclosure, {
      member: memberOf(driver, ROMEO).id,
      step,
      reason: 'We met',
    });
    expect(disclosedTo(sent, ROMEO)).toEqual([told]);
    expect(note(sent, JULIET)).toContain(nameIn(driver, ROMEO));
    const form = begin(driver, ROMEO, NS.disclosureAnswer);
    const [[label, value] = []] = options(form, 'member');
    expect(value).toBe(memberOf(driver, JULIET).id);
    expect(label).toContain('We met');
    expect(label?.includes('juliet@example.com')).toBe(step === 'offer');
    expect(options(form, 'step').map(([, word]) => word)).toEqual(['accept', 'decline']);
    const answer = submit(driver, ROMEO, NS.disclosureAnswer, { member: value ?? '', step: 'accept' });
    expect(disclosedTo(answer, JULIET)).toEqual(['accept romeo@example.com']);
    expect(note(answer, ROMEO)).toContain('juliet@example.com');
  });

  it('and the other declines', () => {
    const driver = ball();
    submit(driver, JULIET, NS.disclosure, { member: memberOf(driver, ROMEO).id, step: 'request' });
    const answer = submit(driver, ROMEO, NS.disclosureAnswer, {
      member: memberOf(driver, JULIET).id,
      step: 'decline',
    });
    expect(disclosedTo(answer, JULIET)).toEqual(['decline ']);
    expect(note(answer, ROMEO)).not.toContain('@');
  });

  it('who has nothing to answer, or nobody to turn to, is told so', () => {
    const driver = ball();
    const done = begin(driver, ROMEO, NS.disclosureAnswer);
    expect([done.attrs.status, text(done, 'note')]).toEqual(['completed', 'Nobody is waiting for an answer']);
    const alone = begin(verona(INCOGNITO), JULIET, NS.disclosure);
    expect([alone.attrs.status, text(alone, 'note')]).toEqual(['completed', 'Nobody else is in this group']);
  });

  it('the other is found by his name, where the list would be too long', () => {
    const crowd = Array.from({ length: 50 }, (_, index) => `guest${index}@example.com/d`);
    const driver = ball(...crowd);
    const field = all(begin(driver, JULIET, NS.disclosure), `x ${NS.dataForms}`, 'field').find(
      ({ attrs }) => attrs.var === 'member',
    );
    expect(field?.attrs.type).toBe('text-single');
    const sent = submit(driver, JULIET, NS.disclosure, {
      member: ` ${nameIn(driver, ROMEO).toUpperCase()} `,
      step: 'offer',
    });
    expect(disclosedTo(sent, ROMEO)).toEqual(['offer juliet@example.com']);
  });

  it.each([
    ['nobody of that name', { member: 'Benvolio', step: 'offer' }, '404 item-not-found'],
    ['nobody at all', { step: 'offer' }, '404 item-not-found'],
    ['no choice', { member: 'ROMEO' }, '400 bad-request'],
    ['an answer to nothing', { member: 'ROMEO', step: 'accept' }, '400 bad-request'],
    ['too long a reason', { member: 'ROMEO', step: 'offer', reason: 'x'.repeat(1025) }, '400 bad-request'],
  ])('refuses %s', (_, values, error) => {
    const driver = ball();
    const given = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        value === 'ROMEO' ? memberOf(driver, ROMEO).id : value,
      ]),
    );
    expect(refused(submit(driver, JULIET, NS.disclosure, given))).toContain(error);
  });

  it('refuses a name that two have, and not the id of one of them', () => {
    const driver = ball();
    const { group } = driver;
    for (const [badge, jid] of [['one', ROMEO] as const, ['two', NURSE] as const]) {
      const version = group().version + 1;
      driver.happen({
        kind: 'cardChanged',
        member: memberOf(driver, jid).id,
        nickname: 'Mask',
        badge,
        version,
      });
    }
    expect(refused(submit(driver, JULIET, NS.disclosure, { member: 'Mask', step: 'offer' }))).toMatch(
      /^409 conflict/u,
    );
    const sent = submit(driver, JULIET, NS.disclosure, { member: memberOf(driver, NURSE).id, step: 'offer' });
    expect(disclosedTo(sent, NURSE)).toHaveLength(1);
    expect(options(begin(driver, JULIET, NS.disclosure), 'member').map(([label]) => label)).toEqual([
      'Mask, one',
      'Mask, two',
    ]);
  });

  it('refuses what the request is refused', () => {
    const driver = ball();
    grant(driver, ROMEO, ['send-messages']);
    const values = { member: memberOf(driver, JULIET).id, step: 'offer' };
    expect(refused(submit(driver, ROMEO, NS.disclosure, values))).toMatch(
      /^405 not-allowed.*\(send-messages\)$/u,
    );
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    expect(refused(submit(driver, NURSE, NS.disclosure, values))).toBe('405 not-allowed: Chat is inactive.');
    expect(refused(submit(driver, NURSE, NS.disclosureAnswer, { member: 'x', step: 'accept' }))).toMatch(
      /^404/u,
    );
    expect(
      refused(driver.send(iqXml(bare(ROMEO).replace('romeo', 'tybalt'), 'set', command(NS.disclosure)))),
    ).toMatch(/^405 not-allowed: You are not a member/u);
  });
});
