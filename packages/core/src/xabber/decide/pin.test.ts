import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { has, only, text } from '../testing/reading.js';
import { deviceOf, household, ROLES } from '../testing/roles.js';
import {
  brief,
  iqXml,
  JULIET,
  join,
  messageXml,
  ROMEO,
  reaching,
  SPEAKER,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

const pinned = (id: string): string =>
  `<update xmlns='${NS.groups}'><pinned-message>${id}</pinned-message></update>`;

const pin = (driver: GroupDriver, from: string, id: string, to?: string) =>
  driver.send(iqXml(from, 'set', pinned(id), to));

const answerOf = (sent: ReturnType<GroupDriver['send']>) =>
  single(sent.filter(({ stanza }) => stanza.name === 'iq'));

/** The id of a message that Juliet has just written. */
function written(driver: GroupDriver, words = 'Read this'): string {
  driver.send(messageXml(JULIET, words));
  return String(driver.archive.at(-1)?.stanzaId);
}

describe('pinning a message', () => {
  it.each([SPEAKER, VERONA])('tells all of it, by %s (T3)', (to) => {
    const driver = verona();
    join(driver, ROMEO);
    const id = written(driver);
    const sent = pin(driver, JULIET, id, to);
    expect(answerOf(sent).attrs).toMatchObject({ type: 'result', from: to });
    const [presence, message, ...more] = reaching(sent, ROMEO);
    expect(more).toEqual([]);
    expect(presence && text(presence, `x ${NS.groups}`, 'pinned-message')).toBe(id);
    expect(message && text(message, 'body')).toBe('juliet@example.com pinned a message');
    expect(message && text(message, `x ${NS.groups}`, 'pinned-message')).toBe(id);
    expect(message && only(message, `x ${NS.groupsSystemMessage}`).attrs.type).toBe('update');
  });

  it.each(ROLES)('is for who may change the group: %s (error row 51)', (role) => {
    const driver = household();
    const id = written(driver);
    const answer = answerOf(pin(driver, deviceOf(role), id));
    const allowed = ['owner', 'change-group'].includes(role);
    expect(answer.attrs.type).toBe(allowed ? 'result' : 'error');
    expect(driver.group().pinned).toBe(allowed ? Number(id) : 0);
    if (allowed) return;
    expect([has(answer, 'error', 'not-allowed'), only(answer, 'error').attrs.code]).toEqual([true, '405']);
    if (role === 'member') expect(text(answer, 'error', 'text')).toContain('change-group');
  });

  it.each(['12', '1618495545999999'])('that is not in the archive is refused: %s', (id) => {
    const driver = verona();
    written(driver);
    const answer = single(pin(driver, JULIET, id));
    expect([has(answer, 'error', 'item-not-found'), only(answer, 'error').attrs.code]).toEqual([true, '404']);
    expect(driver.group().pinned).toBe(0);
  });

  it.each([
    ['without saying which (error row 52)', `<update xmlns='${NS.groups}'/>`],
    ['by a word', pinned('this one')],
    ['by a number below zero', pinned('-1')],
  ])('%s is a bad request', (_, payload) => {
    const answer = single(verona().send(iqXml(JULIET, 'set', payload)));
    expect([has(answer, 'error', 'bad-request'), only(answer, 'error').attrs.code]).toEqual([true, '400']);
  });

  it('is not done in an inactive group (error row 53)', () => {
    const driver = verona();
    const id = written(driver);
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    const answer = single(pin(driver, JULIET, id));
    expect([has(answer, 'error', 'not-allowed'), only(answer, 'error').attrs.code]).toEqual([true, '405']);
    expect(driver.group().pinned).toBe(0);
  });

  it('once more has no effect', () => {
    const driver = verona();
    const id = written(driver);
    pin(driver, JULIET, id);
    expect(pin(driver, JULIET, id).map(brief)).toEqual([`iq result > ${JULIET}`]);
  });
});

describe('unpinning', () => {
  it.each(['', '0'])('by %j is seen, and not said', (nothing) => {
    const driver = verona();
    join(driver, ROMEO);
    pin(driver, JULIET, written(driver));
    const before = driver.archive.length;
    const sent = pin(driver, JULIET, nothing);
    expect(reaching(sent, ROMEO).map(({ name }) => name)).toEqual(['presence']);
    const [presence] = reaching(sent, ROMEO);
    expect(presence && text(presence, `x ${NS.groups}`, 'pinned-message')).toBe('0');
    expect([driver.group().pinned, driver.archive.length]).toEqual([0, before]);
  });

  it('where nothing is pinned has no effect', () => {
    expect(pin(verona(), JULIET, '').map(brief)).toEqual([`iq result > ${JULIET}`]);
  });
});
