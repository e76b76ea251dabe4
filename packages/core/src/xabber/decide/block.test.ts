import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, only, text, texts } from '../testing/reading.js';
import { holders, inRole, ROLES, verdict } from '../testing/roles.js';
import {
  bare,
  brief,
  grant,
  INCOGNITO,
  idOf,
  iqXml,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  nickname,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  single,
  trio,
  verona,
} from '../testing/scenes.js';

/** A JID, a domain or a member id, each in its element. */
const elementFor = (name: string): string => {
  if (name.includes('@')) return `<jid>${bare(name)}</jid>`;
  return name.includes('.') ? `<domain>${name}</domain>` : `<id>${name}</id>`;
};
const change =
  (verb: 'block' | 'unblock') =>
  (driver: GroupDriver, from: string, ...whom: readonly string[]): Sent[] =>
    driver.send(
      iqXml(from, 'set', `<${verb} xmlns='${NS.groupsBlock}'>${whom.map(elementFor).join('')}</${verb}>`),
    );
const block = change('block');
const unblock = change('unblock');
const list = (driver: GroupDriver, from: string): Sent[] =>
  driver.send(iqXml(from, 'get', `<query xmlns='${NS.groupsBlock}'/>`));
const blocked = (driver: GroupDriver): string[] => [...driver.group().blocks.keys()];

describe('who may block, unblock and see who is blocked', () => {
  it.each(ROLES)('%s (error rows 44 and 45)', (role) => {
    const driver = verona();
    const who = inRole(driver, role);
    const before = blocked(driver);
    const allowed = holders('set-restrictions').includes(role);
    const expected = allowed ? 'result' : 'not-allowed 405';
    expect(verdict(block(driver, who, PARIS))).toBe(expected);
    expect(blocked(driver)).toEqual(allowed ? [...before, 'paris@example.net'] : before);
    expect(verdict(list(driver, who))).toBe(expected);
    if (!allowed) block(driver, JULIET, PARIS);
    expect(verdict(unblock(driver, who, PARIS))).toBe(expected);
    expect(blocked(driver)).toEqual(allowed ? before : [...before, 'paris@example.net']);
  });

  it('names the right that is missing', () => {
    const driver = verona();
    const refused = single(block(driver, inRole(driver, 'delete-messages'), PARIS));
    expect(text(refused, 'error', 'text')).toContain('set-restrictions');
  });
});

describe('what cannot be blocked (error row 44)', () => {
  /** Romeo may block; Juliet is the owner, the nurse an admin. */
  const household = (): GroupDriver => {
    const driver = verona();
    join(driver, ROMEO, NURSE, PARIS);
    grant(driver, ROMEO, 'set-restrictions');
    grant(driver, NURSE, 'delete-messages');
    return driver;
  };
  it.each([
    ['the owner', JULIET],
    ['oneself', ROMEO],
    ['another admin', NURSE],
    ["the owner's domain", 'example.com'],
    ["another admin's domain", 'example.org'],
    ['an id that nobody has', 'nobody'],
    ['a domain that is none', 'evil..example'],
  ])('%s, and with it nobody', (_, name) => {
    const driver = household();
    const sent = block(driver, ROMEO, PARIS, name);
    expect(sent).toHaveLength(1);
    expect(verdict(sent)).toBe('not-allowed 405');
    expect(blocked(driver)).toEqual([]);
    expect(memberOf(driver, PARIS).subscription).toBe('both');
  });

  it.each([JULIET, ROMEO, NURSE])('the id of somebody who stands no lower: %s', (jid) => {
    const driver = household();
    expect(verdict(block(driver, ROMEO, idOf(driver, jid)))).toBe('not-allowed 405');
  });

  it.each([
    ['a JID that is none', '<jid>@example.com</jid>', 'not-allowed 405'],
    ['a JID for a domain', '<domain>paris@example.net</domain>', 'not-allowed 405'],
    ['nobody', '', 'bad-request 400'],
  ])('%s', (_, named, answer) => {
    const request = `<block xmlns='${NS.groupsBlock}'>${named}</block>`;
    expect(verdict(household().send(iqXml(JULIET, 'set', request)))).toBe(answer);
  });

  it("the owner's own domain by the owner, but an admin's by the owner", () => {
    const driver = household();
    expect(verdict(block(driver, JULIET, 'example.com'))).toBe('not-allowed 405');
    expect(verdict(block(driver, JULIET, 'example.org'))).toBe('result');
  });
});

describe('blocking', () => {
  it('a member sends him away and tells the others', () => {
    const driver = verona();
    join(driver, ROMEO, PARIS);
    nickname(driver, JULIET, 'Juliet');
    nickname(driver, ROMEO, 'Romeo');
    const sent = block(driver, JULIET, idOf(driver, ROMEO));
    expect(sent.map(brief)).toEqual([
      `iq result > ${JULIET}`,
      'presence unsubscribe > romeo@example.com',
      'presence unavailable > romeo@example.com',
      'message chat > juliet@example.com',
      'message chat > paris@example.net',
      'presence > juliet@example.com',
      'presence > paris@example.net',
    ]);
    const [told, counted] = reaching(sent, PARIS);
    if (told === undefined || counted === undefined) throw new Error('Paris heard nothing');
    expect(text(told, 'body')).toBe('Juliet blocked Romeo from chat');
    const mark = only(told, `x ${NS.groupsSystemMessage}`);
    expect(mark.attrs).toMatchObject({ type: 'block', version: String(driver.group().version) });
    expect(texts(mark, 'user', 'nickname')).toEqual(['Romeo']);
    expect(text(counted, 'x', 'members')).toBe('2');
    expect(blocked(driver)).toEqual(['romeo@example.com']);
  });

  it('a stranger and a domain changes no member, and is told without names', () => {
    const driver = verona();
    join(driver, PARIS);
    nickname(driver, JULIET, 'Juliet');
    const { version } = driver.group();
    const sent = block(driver, JULIET, 'tybalt@example.com', 'example.net');
    const [told] = reaching(sent, PARIS);
    expect(told && text(told, 'body')).toBe('Juliet blocked some users or domains');
    expect(told && only(told, `x ${NS.groupsSystemMessage}`).attrs).not.toHaveProperty('version');
    expect(driver.group().version).toBe(version);
    expect(memberOf(driver, PARIS).subscription).toBe('both');
    expect(blocked(driver)).toEqual(['tybalt@example.com', 'example.net']);
  });

  it('the same again says nothing', () => {
    const driver = verona();
    block(driver, JULIET, PARIS, PARIS, 'evil.example');
    expect(block(driver, JULIET, PARIS, 'evil.example').map(brief)).toEqual([`iq result > ${JULIET}`]);
    expect(blocked(driver)).toEqual(['paris@example.net', 'evil.example']);
  });

  it('ends an invitation, and a join that is under way', () => {
    const driver = verona();
    const invite = `<invite xmlns='${NS.groupsInvite}'><jid>${bare(ROMEO)}</jid></invite>`;
    driver.send(iqXml(JULIET, 'set', invite));
    driver.send(presenceXml(PARIS, 'subscribe'));
    const sent = block(driver, JULIET, ROMEO, PARIS);
    expect(sent.map(brief)).toContain('presence unsubscribe > romeo@example.com');
    expect(memberOf(driver, ROMEO)).toMatchObject({ subscription: 'none', invitedBy: undefined });
    expect(memberOf(driver, PARIS).subscription).toBe('none');
    // None of them was a member: nobody is named.
    expect(driver.archive.at(-1)?.text).toBe('juliet@example.com blocked some users or domains');
  });

  it('a domain in a `jid` element is the same as in its own', () => {
    const driver = verona();
    driver.send(iqXml(JULIET, 'set', `<block xmlns='${NS.groupsBlock}'><jid>Evil.Example</jid></block>`));
    expect(blocked(driver)).toEqual(['evil.example']);
  });
});

describe('who is blocked', () => {
  const CASES = [
    ['by himself', 'paris@example.net'],
    ['with his domain', 'example.net'],
  ] as const;

  it.each(CASES)('%s cannot join, and cannot be invited', (_, name) => {
    const driver = verona();
    block(driver, JULIET, name);
    expect(driver.send(presenceXml(PARIS, 'subscribe')).map(brief)).toEqual([
      'presence unsubscribed > paris@example.net',
    ]);
    const invite = `<invite xmlns='${NS.groupsInvite}'><jid>${bare(PARIS)}</jid></invite>`;
    expect(verdict(driver.send(iqXml(JULIET, 'set', invite)))).toBe('not-allowed 405');
  });

  it.each(CASES)('%s cannot write, and is told why (error row 19)', (_, name) => {
    const driver = verona();
    join(driver, PARIS);
    block(driver, JULIET, name);
    const sent = driver.send(messageXml(PARIS, 'hello'));
    expect(reaching(sent, JULIET)).toEqual([]);
    expect(sent.map(({ stanza }) => stanza.attrs.type).sort()).toEqual(['chat', 'error']);
    expect(sent.some(({ xml }) => xml.includes('You are blocked in this chat'))).toBe(true);
  });

  it('may come back when he is unblocked, with the same id', () => {
    const driver = verona();
    join(driver, PARIS);
    const id = idOf(driver, PARIS);
    block(driver, JULIET, PARIS);
    unblock(driver, JULIET, PARIS);
    join(driver, PARIS);
    expect(memberOf(driver, PARIS)).toMatchObject({ id, subscription: 'both' });
  });
});

describe('unblocking', () => {
  it('takes JIDs, ids and domains, and tells nobody', () => {
    const driver = trio();
    const nurse = idOf(driver, NURSE);
    block(driver, JULIET, ROMEO, NURSE, PARIS, 'evil.example');
    expect(unblock(driver, JULIET, ROMEO, nurse, 'evil.example').map(brief)).toEqual([
      `iq result > ${JULIET}`,
    ]);
    expect(blocked(driver)).toEqual(['paris@example.net']);
  });

  it.each(['tybalt@example.com', 'good.example', 'nobody'])(
    'somebody who is not: %s (error row 46)',
    (name) => {
      const driver = verona();
      block(driver, JULIET, PARIS);
      expect(unblock(driver, JULIET, name).map(brief)).toEqual([`iq result > ${JULIET}`]);
      expect(blocked(driver)).toEqual(['paris@example.net']);
    },
  );

  it('of nobody is no request', () => {
    expect(verdict(unblock(verona(), JULIET))).toBe('bad-request 400');
  });
});

describe('the list', () => {
  const shown = (driver: GroupDriver, from: string): (readonly [string | undefined, string])[] => {
    const answer = single(list(driver, from));
    const ids = texts(answer, 'query', 'user');
    return all(answer, 'query', 'user').map(({ attrs }, at) => [attrs.jid, ids[at] ?? '']);
  };

  it('has people with their ids, and domains', () => {
    const driver = verona();
    join(driver, ROMEO);
    block(driver, JULIET, ROMEO, PARIS, 'evil.example');
    expect(shown(driver, JULIET)).toEqual([
      ['romeo@example.com', idOf(driver, ROMEO)],
      ['paris@example.net', ''],
    ]);
    expect(texts(single(list(driver, JULIET)), 'query', 'domain')).toEqual(['evil.example']);
  });

  it('of an incognito group shows ids in the place of JIDs, and is taken back so', () => {
    const driver = trio(INCOGNITO);
    grant(driver, ROMEO, 'set-restrictions');
    const nurse = idOf(driver, NURSE);
    const sent = block(driver, ROMEO, nurse);
    expect(verdict(sent)).toBe('result');
    for (const { xml } of sent.filter(({ to }) => to === ROMEO || to === bare(JULIET))) {
      expect(xml).not.toContain('nurse@');
    }
    expect(shown(driver, ROMEO)).toEqual([[nurse, nurse]]);
    expect(shown(driver, JULIET)).toEqual([['nurse@example.org', nurse]]);
    // xabber-web sends back what it was shown, in the same element.
    const request = `<unblock xmlns='${NS.groupsBlock}'><jid>${nurse}</jid></unblock>`;
    driver.send(iqXml(ROMEO, 'set', request));
    expect(blocked(driver)).toEqual([]);
  });
});

describe('in an incognito group', () => {
  it('an admin who names people by JID learns nothing', () => {
    const driver = trio(INCOGNITO);
    grant(driver, ROMEO, 'set-restrictions');
    const nurse = idOf(driver, NURSE);
    for (const name of [NURSE, 'tybalt@example.com']) {
      expect(verdict(block(driver, ROMEO, name))).toBe('not-allowed 405');
    }
    block(driver, ROMEO, nurse);
    expect(verdict(unblock(driver, ROMEO, NURSE))).toBe('result');
    expect(blocked(driver)).toEqual(['nurse@example.org']);
  });

  it('an owner names them as he sees them, and an admin may block a domain', () => {
    const driver = trio(INCOGNITO);
    grant(driver, ROMEO, 'set-restrictions');
    expect(verdict(block(driver, JULIET, NURSE))).toBe('result');
    expect(verdict(block(driver, ROMEO, 'evil.example'))).toBe('result');
    expect(blocked(driver)).toEqual(['nurse@example.org', 'evil.example']);
  });
});
