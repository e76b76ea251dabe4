import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
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
  SPEAKER,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

const updates = (receive?: boolean): string =>
  `<updates xmlns='${NS.updates}'${receive === undefined ? '' : ` receive='${receive}'`}/>`;

const command = (attrs: string, children = '', node: string = NS.updates): string =>
  `<command xmlns='${NS.commands}' node='${node}'${attrs}>${children}</command>`;

const filled = (receive: string): string =>
  `<x xmlns='${NS.dataForms}' type='submit'><field var='receive'><value>${receive}</value></field></x>`;

/** By the element and by the command of ordinary clients the same can be done. */
const WAYS: readonly [string, (receive: boolean) => string][] = [
  ['the element', updates],
  ['the ad-hoc command', (receive) => command(` action='complete' sessionid='s'`, filled(String(receive)))],
];

const INSIDE = (role: string): boolean =>
  !['blocked', 'invited', 'joining', 'former', 'stranger'].includes(role);

const seen = (sent: readonly Sent[], jid: string): string[] => reaching(sent, jid).map(({ name }) => name);

describe.each(WAYS)('updates, switched by %s', (_, set) => {
  /** Romeo has switched them off. */
  function quiet(): GroupDriver {
    const driver = verona();
    join(driver, ROMEO);
    expect(driver.send(iqXml(ROMEO, 'set', set(false))).map(brief)).toEqual([`iq result > ${ROMEO}`]);
    return driver;
  }

  it.each(ROLES)('are the choice of each member: %s', (role) => {
    const driver = household();
    const answer = single(driver.send(iqXml(deviceOf(role), 'set', set(false))));
    expect(answer.attrs.type).toBe(INSIDE(role) ? 'result' : 'error');
    if (INSIDE(role)) expect(memberOf(driver, deviceOf(role)).preferences.receivesUpdates).toBe(false);
    else
      expect([has(answer, 'error', 'not-allowed'), only(answer, 'error').attrs.code]).toEqual([true, '405']);
  });

  it('when off: no joining, no leaving, no counters; the archive has it all', () => {
    const driver = quiet();
    const joined = join(driver, NURSE);
    expect([seen(joined, ROMEO), seen(joined, JULIET)]).toEqual([[], ['message', 'presence']]);
    const left = driver.send(presenceXml(NURSE, 'unsubscribe'));
    expect([seen(left, ROMEO), seen(left, JULIET)]).toEqual([[], ['message', 'presence']]);
    expect(driver.archive.slice(-2).map((message) => message.text)).toEqual([
      'nurse@example.org joined chat',
      'nurse@example.org left chat',
    ]);
    const open = `<x xmlns='${NS.groupsPresent}'/>`;
    expect(seen(driver.send(presenceXml(ROMEO, undefined, open)), ROMEO)).toEqual(['presence']);
    const another = driver.send(presenceXml(JULIET, undefined, open));
    expect([seen(another, ROMEO), seen(another, JULIET)]).toEqual([[], ['presence']]);
  });

  it('when off: every message, and what the group is now', () => {
    const driver = quiet();
    expect(seen(driver.send(messageXml(JULIET, 'Hello')), ROMEO)).toEqual(['message']);
    driver.send(messageXml(ROMEO, 'Hello yourself'));
    const id = String(driver.archive.at(-1)?.stanzaId);
    const pinned = driver.send(
      iqXml(JULIET, 'set', `<update xmlns='${NS.groups}'><pinned-message>${id}</pinned-message></update>`),
    );
    expect(seen(pinned, ROMEO)).toEqual(['presence', 'message']);
  });

  it('when off: his devices still learn that this is a group, and how many are in it', () => {
    const driver = quiet();
    join(driver, NURSE);
    const own = single(driver.send(presenceXml(ROMEO)));
    expect(text(own, `x ${NS.groups}`, 'members')).toBe('3');
    // A client that compares the number with the list asks until they agree (T5).
    const [presence, list, ...more] = driver.send(
      iqXml(ROMEO, 'get', `<query xmlns='${NS.groupsMembers}' version='0'/>`),
    );
    expect([more, presence?.to]).toEqual([[], ROMEO]);
    expect(presence && text(presence.stanza, `x ${NS.groups}`, 'members')).toBe('3');
    expect(list && all(list.stanza, 'query', 'user')).toHaveLength(3);
  });

  it('switched on again begin with how things stand', () => {
    const driver = quiet();
    join(driver, NURSE);
    const sent = driver.send(iqXml(ROMEO, 'set', set(true)));
    expect(sent.map(brief)).toEqual([`iq result > ${ROMEO}`, 'presence > romeo@example.com']);
    expect(seen(driver.send(presenceXml(NURSE, 'unsubscribe')), ROMEO)).toEqual(['message', 'presence']);
    expect(driver.send(iqXml(ROMEO, 'set', set(true))).map(brief)).toEqual([`iq result > ${ROMEO}`]);
  });

  it('are off for who comes back, too; his own joining is shown to him', () => {
    const driver = quiet();
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    driver.send(presenceXml(ROMEO, 'subscribe'));
    expect(seen(driver.send(presenceXml(ROMEO, 'subscribed')), ROMEO)).toEqual(['presence']);
    expect(memberOf(driver, ROMEO).preferences.receivesUpdates).toBe(false);
  });
});

describe('the element', () => {
  it.each([SPEAKER, VERONA])('says how it is, at %s', (to) => {
    const driver = verona();
    const asked = () =>
      only(single(driver.send(iqXml(JULIET, 'get', updates(), to))), `updates ${NS.updates}`);
    expect(asked().attrs.receive).toBe('true');
    driver.send(iqXml(JULIET, 'set', updates(false), to));
    expect(asked().attrs.receive).toBe('false');
  });

  it.each([updates(), `<updates xmlns='${NS.updates}' receive='now and then'/>`])(
    '%s as a change is a bad request',
    (payload) => {
      const answer = single(verona().send(iqXml(JULIET, 'set', payload)));
      expect(has(answer, 'error', 'bad-request')).toBe(true);
    },
  );

  it('is not for strangers', () => {
    expect(has(single(verona().send(iqXml(PARIS, 'get', updates()))), 'error', 'not-allowed')).toBe(true);
  });
});

describe('the ad-hoc command', () => {
  const ask = (payload: string, from: string = JULIET, driver = verona()) =>
    single(driver.send(iqXml(from, 'set', payload)));

  it.each(['', " action='execute'"])('is begun with a form that says how it is%s', (attrs) => {
    const answer = only(ask(command(attrs)), `command ${NS.commands}`);
    expect(answer.attrs).toMatchObject({ node: NS.updates, status: 'executing' });
    expect(answer.attrs.sessionid).toMatch(/./);
    expect(only(answer, 'actions').attrs.execute).toBe('complete');
    expect(has(answer, 'actions', 'complete')).toBe(true);
    const field = all(answer, `x ${NS.dataForms}`, 'field').find(({ attrs }) => attrs.var === 'receive');
    expect(field?.attrs.type).toBe('boolean');
    expect(field && texts(field, 'value')).toEqual(['true']);
  });

  it.each(['complete', 'execute'])('ends with its form filled in: %s', (action) => {
    const answer = only(ask(command(` action='${action}' sessionid='s1'`, filled('0'))), 'command');
    expect(answer.attrs).toMatchObject({ status: 'completed', sessionid: 's1' });
    expect(text(answer, 'note')).toBe('You receive messages only');
  });

  it('is given up without any effect', () => {
    const driver = verona();
    const answer = ask(command(" action='cancel' sessionid='s1'"), JULIET, driver);
    expect(only(answer, 'command').attrs).toMatchObject({ status: 'canceled', sessionid: 's1' });
    expect(memberOf(driver, JULIET).preferences.receivesUpdates).toBe(true);
  });

  it.each([
    ['another command', command('', '', 'urn:example'), 'item-not-found'],
    ['one called as a property of every object', command('', '', 'constructor'), 'item-not-found'],
    ['a step back', command(" action='prev'"), 'bad-request'],
    ['a step ahead', command(" action='next'", filled('true')), 'bad-request'],
    ['the end without a form', command(" action='complete'"), 'bad-request'],
    ['a form without the field', command('', `<x xmlns='${NS.dataForms}' type='submit'/>`), 'bad-request'],
    ['a form that is not filled in', command('', `<x xmlns='${NS.dataForms}' type='form'/>`), 'bad-request'],
    ['a value that makes no sense', command('', filled('sometimes')), 'bad-request'],
  ])('refuses %s', (_, payload, condition) => {
    expect(has(ask(payload), 'error', condition)).toBe(true);
  });

  it('is found by clients that know of no groups', () => {
    const items = (node: string) =>
      all(
        single(verona().send(iqXml(JULIET, 'get', `<query xmlns='${NS.discoItems}' node='${node}'/>`))),
        'query',
        'item',
      ).map(({ attrs }) => [attrs.jid, attrs.node, attrs.name]);
    expect(items(NS.commands)).toEqual([[VERONA, NS.updates, 'Receive updates of this group']]);
    const info = (node: string) =>
      single(verona().send(iqXml(JULIET, 'get', `<query xmlns='${NS.discoInfo}' node='${node}'/>`)));
    expect(only(info(NS.commands), 'query', 'identity').attrs).toMatchObject({
      category: 'automation',
      type: 'command-list',
    });
    const known = info(NS.updates);
    expect(only(known, 'query', 'identity').attrs).toMatchObject({
      category: 'automation',
      type: 'command-node',
      name: 'Receive updates of this group',
    });
    expect(all(known, 'query', 'feature').map(({ attrs }) => attrs.var)).toContain(NS.commands);
    const group = single(verona().send(iqXml(JULIET, 'get', `<query xmlns='${NS.discoInfo}'/>`)));
    expect(all(group, 'query', 'feature').map(({ attrs }) => attrs.var)).toEqual(
      expect.arrayContaining([NS.commands, NS.updates]),
    );
  });
});
