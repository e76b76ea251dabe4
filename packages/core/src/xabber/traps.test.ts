import { describe, expect, it } from 'vitest';
import { NS } from '../xml/namespaces.js';
import { all, has, only, text } from './testing/reading.js';
import {
  bare,
  brief,
  iqXml,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  originIdXml,
  presenceXml,
  ROMEO,
  reaching,
  SPEAKER,
  single,
  VERONA,
  verona,
} from './testing/scenes.js';

/** What is tested here belongs to no single family of requests. */
describe('traps', () => {
  const household = () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    return driver;
  };

  it('the ids of other archives are not passed on, so that the last one is that of the group (T14)', () => {
    const driver = household();
    const foreign = [bare(ROMEO), VERONA, bare(JULIET)]
      .map((by) => `<stanza-id xmlns='${NS.stanzaIds}' by='${by}' id='777'/>`)
      .join('');
    const sent = driver.send(messageXml(ROMEO, 'Hello', foreign + originIdXml('o')));
    const copies = sent.filter(({ stanza }) => stanza.attrs.type === 'chat');
    expect(copies).toHaveLength(2);
    for (const { stanza } of copies) {
      const ids = all(stanza, `stanza-id ${NS.stanzaIds}`).map(({ attrs }) => [attrs.by, attrs.id]);
      expect(ids).toEqual([[VERONA, String(driver.archive.at(-1)?.stanzaId)]]);
    }
  });

  it('a member whose presence looks like that of a group stays a member (T17)', () => {
    const driver = household();
    driver.send(presenceXml(ROMEO, undefined, `<x xmlns='${NS.groups}'><name>Mantua</name></x>`));
    expect(memberOf(driver, ROMEO).subscription).toBe('both');
    expect(reaching(driver.send(messageXml(JULIET, 'Hello')), ROMEO)).toHaveLength(1);
  });

  it('no presence of a member is passed on to another (T17)', () => {
    const driver = household();
    for (const type of [undefined, 'unavailable']) {
      const sent = driver.send(presenceXml(ROMEO, type, '<status>busy</status>'));
      expect(sent.filter(({ to }) => bare(to) !== bare(ROMEO))).toEqual([]);
    }
  });

  it('the number of members is an element, in every presence with properties (T18)', () => {
    const driver = household();
    const presences = [
      ...driver.send(presenceXml(ROMEO)),
      ...driver.send(presenceXml('paris@example.net', 'subscribe')),
      ...driver.send(presenceXml('paris@example.net', 'subscribed')),
    ].filter(({ stanza }) => stanza.name === 'presence' && has(stanza, `x ${NS.groups}`));
    expect(presences.length).toBeGreaterThan(5);
    for (const { stanza } of presences) {
      const mark = only(stanza, `x ${NS.groups}`);
      expect(text(mark, 'members')).toMatch(/^[34]$/);
      expect(mark.attrs.members).toBeUndefined();
    }
  });

  it('an account and its devices are one member: errors go to the device, the echo to the account (T25)', () => {
    const driver = household();
    const fast = `${bare(ROMEO)}/fast`;
    expect(driver.send(messageXml(fast, 'Hello', originIdXml('a'))).map(brief)).toContain(
      `message headline > ${bare(ROMEO)}`,
    );
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(single(driver.send(messageXml(fast, 'Hello', originIdXml('b')))).attrs.to).toBe(fast);
  });

  it.each([VERONA, SPEAKER])('requests are answered from exactly %s (T3)', (to) => {
    const driver = household();
    for (const payload of [
      `<query xmlns='${NS.groupsMembers}' id=''/>`,
      `<query xmlns='${NS.groupsRights}'><user xmlns='${NS.groups}' id=''/></query>`,
      `<query xmlns='${NS.groupsInvite}'/>`,
      `<query xmlns='${NS.groupsStatus}'/>`,
      `<query xmlns='${NS.groupsBlock}'/>`,
      `<vCard xmlns='${NS.vcard}'/>`,
      `<query xmlns='urn:example'/>`,
    ]) {
      expect(single(driver.send(iqXml(ROMEO, 'get', payload, to))).attrs.from).toBe(to);
    }
  });
});
