import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, only, text, texts } from '../testing/reading.js';
import { holders, inRole, ROLES, shutOut, verdict } from '../testing/roles.js';
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
  trio,
  verona,
} from '../testing/scenes.js';

/** Kicks people by JID or, where it is no JID, by member id. */
const kick = (driver: GroupDriver, from: string, ...whom: readonly string[]): Sent[] => {
  const names = whom.map((name) => (name.includes('@') ? `<jid>${bare(name)}</jid>` : `<id>${name}</id>`));
  return driver.send(iqXml(from, 'set', `<kick xmlns='${NS.groups}'>${names.join('')}</kick>`));
};

describe('who may kick a member', () => {
  it.each(ROLES)('%s (error row 43)', (role) => {
    const driver = verona();
    const who = inRole(driver, role);
    join(driver, PARIS);
    const allowed = holders('set-restrictions').includes(role);
    const sent = kick(driver, who, PARIS);
    expect(verdict(sent)).toBe(allowed ? 'result' : 'not-allowed 405');
    expect(memberOf(driver, PARIS).subscription).toBe(allowed ? 'none' : 'both');
    if (!allowed) expect(sent).toHaveLength(1);
  });

  it('names the right that is missing', () => {
    const driver = verona();
    const [refused] = kick(driver, inRole(driver, 'delete-messages'), JULIET);
    expect(refused && text(refused.stanza, 'error', 'text')).toContain('set-restrictions');
  });

  /** The hierarchy of reference 9.4: Romeo is the one, the nurse the other. */
  it.each([
    ['owner', 'member', true],
    ['owner', 'set-restrictions', true],
    ['owner', 'change-group', true],
    ['owner', 'owner', false],
    ['set-restrictions', 'member', true],
    ['set-restrictions', 'delete-messages', false],
    ['set-restrictions', 'set-restrictions', false],
    ['change-group', 'delete-messages', false],
    ['change-group', 'owner', false],
  ] as const)('%s kicks %s: %s', (actor, target, may) => {
    const driver = trio();
    grant(driver, ROMEO, actor);
    if (target !== 'member') grant(driver, NURSE, target);
    expect(verdict(kick(driver, ROMEO, NURSE))).toBe(may ? 'result' : 'not-allowed 405');
    expect(memberOf(driver, NURSE).subscription).toBe(may ? 'none' : 'both');
  });

  it('nobody kicks himself', () => {
    expect(verdict(kick(verona(), JULIET, JULIET))).toBe('not-allowed 405');
  });

  it('a right that has run out is none, and a rank that has run out protects nobody', () => {
    const driver = trio();
    const soon = Math.floor(driver.env.now / 1000) + 60;
    grant(driver, ROMEO, 'set-restrictions');
    grant(driver, NURSE, 'change-users', soon);
    expect(verdict(kick(driver, ROMEO, NURSE))).toBe('not-allowed 405');
    driver.env.now += 61_000;
    expect(verdict(kick(driver, ROMEO, NURSE))).toBe('result');
  });
});

describe('kicking', () => {
  it('tells the kicked, then everybody else', () => {
    const driver = verona();
    join(driver, ROMEO, PARIS);
    nickname(driver, JULIET, 'Juliet');
    nickname(driver, ROMEO, 'Romeo');
    const version = driver.group().version;
    const sent = kick(driver, JULIET, ROMEO);
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
    expect(text(told, 'body')).toBe('Juliet kicked Romeo from chat');
    const mark = only(told, `x ${NS.groupsSystemMessage}`);
    expect(mark.attrs).toMatchObject({ type: 'kick', version: String(driver.group().version) });
    expect(driver.group().version).toBeGreaterThan(version);
    expect(texts(mark, 'user', 'nickname')).toEqual(['Romeo']);
    expect(only(told, 'reference', 'user').attrs.id).toBe(idOf(driver, JULIET));
    expect(text(counted, 'x', 'members')).toBe('2');
    expect(driver.archive.at(-1)?.text).toBe('Juliet kicked Romeo from chat');
  });

  it('takes several at once, by id and by JID, each once', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE, PARIS);
    nickname(driver, ROMEO, 'Romeo');
    const sent = kick(driver, JULIET, idOf(driver, ROMEO), NURSE, ROMEO);
    expect(verdict(sent)).toBe('result');
    expect(driver.group().size).toBe(2);
    expect(sent.map(brief).filter((line) => line.startsWith('presence uns'))).toEqual([
      'presence unsubscribe > romeo@example.com',
      'presence unsubscribe > nurse@example.org',
    ]);
    expect(driver.archive.at(-1)?.text).toBe('juliet@example.com kicked Romeo, nurse@example.org from chat');
    const [told] = reaching(sent, PARIS);
    expect(told && all(told, 'x', 'user')).toHaveLength(2);
  });

  it.each([
    ['outranks the actor (error row 43)', JULIET, 'not-allowed 405'],
    ['is a stranger', 'tybalt@example.com', 'item-not-found 404'],
    ['has an id that there is not', 'nobody', 'item-not-found 404'],
    ['is invited only', PARIS, 'item-not-found 404'],
  ])('takes nobody when one %s', (_, other, answer) => {
    const driver = trio();
    grant(driver, ROMEO, 'set-restrictions');
    driver.send(
      iqXml(JULIET, 'set', `<invite xmlns='${NS.groupsInvite}'><jid>${bare(PARIS)}</jid></invite>`),
    );
    const sent = kick(driver, ROMEO, NURSE, other);
    expect(sent).toHaveLength(1);
    expect(verdict(sent)).toBe(answer);
    expect(memberOf(driver, NURSE).subscription).toBe('both');
  });

  it('of nobody is no request (error row 42)', () => {
    expect(verdict(kick(verona(), JULIET))).toBe('bad-request 400');
  });

  it('ends permissions, and leaves restrictions', () => {
    const driver = verona();
    join(driver, ROMEO);
    grant(driver, ROMEO, 'change-users');
    grant(driver, ROMEO, 'send-messages');
    kick(driver, JULIET, ROMEO);
    expect([...memberOf(driver, ROMEO).rights.keys()]).toEqual(['send-messages']);
  });

  it('ends everything: the kicked hear nothing more, and cannot write, read or see', () => {
    const driver = verona();
    join(driver, ROMEO);
    kick(driver, JULIET, ROMEO);
    expect(reaching(driver.send(messageXml(JULIET, 'he is gone')), ROMEO)).toEqual([]);
    expect(driver.send(messageXml(ROMEO, 'hello')).map(brief)).toEqual([`message error > ${ROMEO}`]);
    expect(verdict(driver.send(iqXml(ROMEO, 'set', `<query xmlns='${NS.mam}'/>`)))).toBe('not-allowed 405');
    const list = `<query xmlns='${NS.groupsMembers}' version='0'/>`;
    expect(verdict(driver.send(iqXml(ROMEO, 'get', list)))).toBe('not-allowed 405');
    expect(driver.send(presenceXml(ROMEO)).map(brief)).toEqual([]);
  });

  it.each([
    ['open', 'both'],
    ['member-only', 'none'],
  ])('from an %s group, the kicked may join again: %s', (membership, after) => {
    const driver = verona(`<name>V</name><membership>${membership}</membership>`);
    driver.send(
      iqXml(JULIET, 'set', `<invite xmlns='${NS.groupsInvite}'><jid>${bare(ROMEO)}</jid></invite>`),
    );
    join(driver, ROMEO);
    kick(driver, JULIET, ROMEO);
    join(driver, ROMEO);
    expect(memberOf(driver, ROMEO).subscription).toBe(after);
  });

  it('shows who is gone in the list of what has changed (trap T6)', () => {
    const driver = verona();
    join(driver, ROMEO);
    const { version } = driver.group();
    kick(driver, JULIET, ROMEO);
    const list = `<query xmlns='${NS.groupsMembers}' version='${version}'/>`;
    const [answer] = driver.send(iqXml(JULIET, 'get', list));
    expect(answer && texts(answer.stanza, 'query', 'user', 'subscription')).toEqual(['none']);
    expect(answer && texts(answer.stanza, 'query', 'user', 'id')).toEqual([idOf(driver, ROMEO)]);
  });
});

describe('in an incognito group', () => {
  it('admins name members by their ids, and learn no JID', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO, NURSE, PARIS);
    grant(driver, ROMEO, 'set-restrictions');
    const sent = kick(driver, ROMEO, idOf(driver, NURSE));
    expect(verdict(sent)).toBe('result');
    for (const { to, xml } of sent) {
      const others = ['juliet@', 'romeo@', 'nurse@', 'paris@'].filter((name) => !to.startsWith(name));
      expect(others.filter((name) => xml.replace(`to='${to}'`, '').includes(name))).toEqual([]);
    }
  });

  it.each([NURSE, 'tybalt@example.com'])(
    'who names somebody by his JID learns not even whether he is there: %s',
    (whom) => {
      const driver = trio(INCOGNITO);
      grant(driver, ROMEO, 'set-restrictions');
      const [refused] = kick(driver, ROMEO, whom);
      expect(refused && text(refused.stanza, 'error', 'text')).toContain('named by their ids');
      expect(memberOf(driver, NURSE).subscription).toBe('both');
    },
  );

  it('owners may name them as they see them', () => {
    const driver = verona(INCOGNITO);
    join(driver, NURSE);
    expect(verdict(kick(driver, JULIET, NURSE))).toBe('result');
  });
});

describe('blocked members of a domain', () => {
  it('can be kicked as all others', () => {
    const driver = verona();
    join(driver, PARIS);
    shutOut(driver, 'example.net');
    expect(verdict(kick(driver, JULIET, PARIS))).toBe('result');
  });
});
