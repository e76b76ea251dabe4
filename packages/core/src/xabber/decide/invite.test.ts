import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { memberByJid } from '../model/group.js';
import { bareJid, clockwork } from '../testing/clockwork.js';
import { type GroupDriver, groupDriver, type Sent } from '../testing/group-driver.js';
import { all, has, only, text } from '../testing/reading.js';
import { holders, inRole, ROLES, type Role, shutOut, verdict } from '../testing/roles.js';
import {
  bare,
  brief,
  createXml,
  grant,
  INCOGNITO,
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
  SPEAKER,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

const MEMBER_ONLY = '<name>Verona</name><membership>member-only</membership>';

const invite = (driver: GroupDriver, from: string, whom: string, more = ''): Sent[] =>
  driver.send(
    iqXml(from, 'set', `<invite xmlns='${NS.groupsInvite}'><jid>${bare(whom)}</jid>${more}</invite>`),
  );
const decline = (driver: GroupDriver, from: string): Sent[] =>
  driver.send(iqXml(from, 'set', `<decline xmlns='${NS.groupsInvite}'/>`, VERONA));
const revoke = (driver: GroupDriver, from: string, ...whom: readonly string[]): Sent[] =>
  driver.send(
    iqXml(
      from,
      'set',
      `<revoke xmlns='${NS.groupsInvite}'>${whom.map((jid) => `<jid>${bare(jid)}</jid>`).join('')}</revoke>`,
    ),
  );
const list = (driver: GroupDriver, from: string): Sent[] =>
  driver.send(iqXml(from, 'get', `<query xmlns='${NS.groupsInvite}'/>`));
const listed = (driver: GroupDriver, from: string): (string | undefined)[] =>
  list(driver, from)
    .flatMap(({ stanza }) => all(stanza, 'query', 'user'))
    .map(({ attrs }) => attrs.jid);

const SEND = '<send>true</send>';

describe('inviting', () => {
  const ALLOWED: readonly Role[] = [...holders('delete-messages'), 'member'];
  it.each(ROLES)('%s', (role) => {
    const driver = verona();
    const inviter = inRole(driver, role);
    expect(verdict(invite(driver, inviter, PARIS))).toBe(
      ALLOWED.includes(role) ? 'result' : 'not-allowed 405',
    );
    expect(memberByJid(driver.group(), bareJid(bare(PARIS))) !== undefined).toBe(ALLOWED.includes(role));
  });

  it('names the restriction that forbids it (error row 11)', () => {
    const driver = verona();
    const [refused] = invite(driver, inRole(driver, 'restricted'), PARIS);
    expect(refused && text(refused.stanza, 'error', 'text')).toBe(
      'You have no permission to invite (send-invitations)',
    );
  });

  it('lets the group write to who is invited, and asks his server who he is', () => {
    const driver = verona('<name>Verona Square</name><description>Where families fight</description>');
    nickname(driver, JULIET, 'Juliet');
    const before = driver.questions.length;
    const sent = invite(driver, JULIET, ROMEO, `${SEND}<reason>Come &amp; see</reason>`);
    expect(sent.map(brief)).toEqual([`iq result > ${JULIET}`, 'message chat > romeo@example.com']);
    expect(driver.questions.slice(before)).toEqual(['romeo@example.com vcard', 'romeo@example.com avatar']);
    const [message] = reaching(sent, ROMEO);
    if (message === undefined) throw new Error('no message');
    expect(message.attrs.from).toBe(VERONA);
    expect(message.attrs.id).toBeTruthy();
    expect(text(message, 'body')).toBe(
      `Juliet invites you to the group Verona Square. Add ${VERONA} to the contacts to join a group chat\nCome & see`,
    );
    const invitation = only(message, `invite ${NS.groupsInvite}`);
    expect(invitation.attrs.jid).toBe(VERONA);
    expect(only(invitation, 'user').attrs).toMatchObject({
      jid: 'juliet@example.com',
      id: memberOf(driver, JULIET).id,
    });
    expect(text(invitation, 'reason')).toBe('Come & see');
    const info = only(message, `x ${NS.groups}`);
    for (const [name, value] of [
      ['name', 'Verona Square'],
      ['description', 'Where families fight'],
      ['privacy', 'public'],
      ['membership', 'open'],
      ['index', 'local'],
      ['members', '1'],
    ] as const) {
      expect(text(info, name)).toBe(value);
    }
    // It has to reach him when he is away, and his other devices: no hints, no word that it is not to be copied.
    expect(['no-store', 'no-permanent-store', 'no-copy', 'private'].some((hint) => has(message, hint))).toBe(
      false,
    );
  });

  it.each(['', '<send>false</send>', '<send>0</send>'])('leaves it to the inviter to write: %j', (more) => {
    const driver = verona();
    expect(invite(driver, JULIET, ROMEO, more).map(brief)).toEqual([`iq result > ${JULIET}`]);
    expect(memberOf(driver, ROMEO).subscription).toBe('wait');
  });

  it('takes a JID with a resource for the person', () => {
    const driver = verona();
    driver.send(iqXml(JULIET, 'set', `<invite xmlns='${NS.groupsInvite}'><jid>${ROMEO}</jid></invite>`));
    expect(memberOf(driver, ROMEO).subscription).toBe('wait');
  });

  const REFUSED: readonly [
    title: string,
    options: string,
    prepare: (driver: GroupDriver) => void,
    answer: string,
  ][] = [
    ['a member (error row 12)', '<name>V</name>', (driver) => join(driver, ROMEO), 'conflict 409'],
    [
      'who is invited (error row 12)',
      '<name>V</name>',
      (driver) => invite(driver, JULIET, ROMEO),
      'conflict 409',
    ],
    [
      'who is blocked (error row 13)',
      '<name>V</name>',
      (driver) => shutOut(driver, ROMEO),
      'not-allowed 405',
    ],
    [
      'of a blocked domain (error row 13)',
      '<name>V</name>',
      (driver) => shutOut(driver, 'example.com'),
      'not-allowed 405',
    ],
    [
      'of a domain that may not join',
      '<name>V</name><domains><domain>example.org</domain></domains>',
      () => {},
      'not-allowed 405',
    ],
    [
      'to a group that is inactive',
      '<name>V</name>',
      (driver) => driver.happen({ kind: 'statusChanged', status: 'inactive' }),
      'not-allowed 405',
    ],
  ];
  it.each(REFUSED)('refuses somebody %s', (_, options, prepare, answer) => {
    const driver = verona(options);
    prepare(driver);
    const version = driver.group().version;
    const sent = invite(driver, JULIET, ROMEO, SEND);
    expect(verdict(sent)).toBe(answer);
    expect(sent).toHaveLength(1);
    expect(driver.group().version).toBe(version);
  });

  it.each([
    ['a domain', 'example.com', 'bad-request 400'],
    ['a group', 'mantua@groups.example.com', 'not-allowed 405'],
    ['nobody', '', 'bad-request 400'],
  ])('refuses %s', (_, whom, answer) => {
    expect(verdict(invite(verona(), JULIET, whom))).toBe(answer);
  });

  it.each([
    ['a user of the host', 'romeo@groups.example.com', 'result'],
    ['the group itself', bare(VERONA), 'not-allowed 405'],
  ])('beside users, asked for %s: %s is answered with %s', (_, whom, answer) => {
    const env = clockwork();
    const beside = { ...env, host: { ...env.host, hasUsers: true } };
    const driver = groupDriver('verona', beside);
    driver.send(createXml());
    expect(verdict(invite(driver, JULIET, whom))).toBe(answer);
  });

  it('can be done for somebody who asked to join and never finished', () => {
    const driver = verona();
    driver.send(presenceXml(ROMEO, 'subscribe'));
    expect(verdict(invite(driver, JULIET, ROMEO))).toBe('result');
    expect(listed(driver, JULIET)).toEqual(['romeo@example.com']);
  });

  it('brings somebody back who has left, under the same id', () => {
    const driver = verona(MEMBER_ONLY);
    invite(driver, JULIET, ROMEO);
    join(driver, ROMEO);
    const { id } = memberOf(driver, ROMEO);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    invite(driver, JULIET, ROMEO);
    join(driver, ROMEO);
    expect(memberOf(driver, ROMEO)).toMatchObject({ id, subscription: 'both', invitedBy: undefined });
  });
});

describe('an invitation to a member-only group', () => {
  it('lets its receiver in, and nobody else (error row 17)', () => {
    const driver = verona(MEMBER_ONLY);
    join(driver, PARIS);
    invite(driver, JULIET, ROMEO);
    join(driver, ROMEO);
    expect(driver.group().size).toBe(2);
    expect(memberOf(driver, ROMEO).subscription).toBe('both');
  });

  it.each([
    ['declined it', (driver: GroupDriver) => decline(driver, ROMEO)],
    ['declined it by presence', (driver: GroupDriver) => driver.send(presenceXml(ROMEO, 'unsubscribed'))],
    ['lost it again', (driver: GroupDriver) => revoke(driver, JULIET, ROMEO)],
    ['was blocked since', (driver: GroupDriver) => shutOut(driver, ROMEO)],
  ])('is worth nothing to who %s', (_, end) => {
    const driver = verona(MEMBER_ONLY);
    invite(driver, JULIET, ROMEO);
    end(driver);
    expect(join(driver, ROMEO).map(brief)).toContain('presence unsubscribed > romeo@example.com');
    expect(driver.group().size).toBe(1);
  });

  it('lets its receiver see who is there, before he joins', () => {
    const driver = verona(MEMBER_ONLY);
    invite(driver, JULIET, ROMEO);
    const answer = driver.send(iqXml(ROMEO, 'get', `<query xmlns='${NS.groupsMembers}' version='0'/>`));
    expect(verdict(answer)).toBe('result');
  });

  it('does not let him write or read yet', () => {
    const driver = verona(MEMBER_ONLY);
    invite(driver, JULIET, ROMEO);
    expect(driver.send(messageXml(ROMEO, 'hello')).map(brief)).toEqual([`message error > ${ROMEO}`]);
    expect(verdict(driver.send(iqXml(ROMEO, 'set', `<query xmlns='${NS.mam}'/>`)))).toBe('not-allowed 405');
  });
});

describe('declining', () => {
  it.each(ROLES)('%s (error row 14)', (role) => {
    const driver = verona();
    const who = inRole(driver, role);
    expect(verdict(decline(driver, who))).toBe(role === 'invited' ? 'result' : 'item-not-found 404');
  });

  it('ends the invitation and tells nobody else', () => {
    const driver = verona();
    invite(driver, JULIET, ROMEO);
    const archived = driver.archive.length;
    expect(decline(driver, ROMEO).map(brief)).toEqual([`iq result > ${ROMEO}`]);
    expect(memberOf(driver, ROMEO)).toMatchObject({ subscription: 'none', invitedBy: undefined });
    expect(listed(driver, JULIET)).toEqual([]);
    expect(driver.archive).toHaveLength(archived);
    expect(verdict(decline(driver, ROMEO))).toBe('item-not-found 404');
    expect(verdict(invite(driver, JULIET, ROMEO))).toBe('result');
  });

  it('says that there is no group where there is none', () => {
    expect(verdict(decline(groupDriver(), ROMEO))).toBe('item-not-found 404');
  });
});

/** Juliet has invited Paris, and Romeo, who is somebody in the group, the nurse. */
function twoInvitations(role: Role, options?: string): { driver: GroupDriver; who: string } {
  const driver = verona(options);
  const who = inRole(driver, role);
  invite(driver, JULIET, PARIS);
  invite(driver, who, NURSE);
  return { driver, who };
}

const PARIS_AND_NURSE = ['paris@example.net', 'nurse@example.org'];

describe('the list of invitations', () => {
  it.each(ROLES)('as it is for %s (error row 15)', (role) => {
    const { driver, who } = twoInvitations(role);
    const answer = list(driver, who);
    if (!holders('delete-messages').includes(role) && role !== 'member' && role !== 'restricted') {
      expect(verdict(answer)).toBe('not-allowed 405');
      return;
    }
    const all = holders('set-restrictions').includes(role);
    const own = role === 'restricted' ? [] : ['nurse@example.org'];
    expect(listed(driver, who)).toEqual(all ? PARIS_AND_NURSE : own);
    expect(answer.map(({ stanza }) => stanza.attrs.from)).toEqual([SPEAKER]);
  });

  it('leaves out who has joined', () => {
    const { driver } = twoInvitations('owner');
    join(driver, PARIS);
    expect(listed(driver, JULIET)).toEqual(['nurse@example.org']);
  });

  it.each([
    ['owner', PARIS_AND_NURSE],
    ['set-restrictions', ['nurse@example.org']],
    ['change-group', ['nurse@example.org']],
  ] as const)('of an incognito group, as it is for %s', (role, expected) => {
    const { driver, who } = twoInvitations(role, INCOGNITO);
    expect(listed(driver, who)).toEqual(expected);
    // The ids would tell later which mask is whose.
    const ids = all(single(list(driver, who)), 'query', 'user').map(({ attrs }) => attrs.id);
    expect(ids).toEqual(expected.map(() => ''));
  });
});

describe('revoking', () => {
  it.each(ROLES)("somebody else's invitation: %s (error rows 16 and 17)", (role) => {
    const { driver, who } = twoInvitations(role);
    const insider = holders('delete-messages').includes(role) || role === 'member' || role === 'restricted';
    const expected = holders('change-group').includes(role)
      ? 'result'
      : insider
        ? 'item-not-found 404'
        : 'not-allowed 405';
    expect(verdict(revoke(driver, who, PARIS))).toBe(expected);
    expect(memberOf(driver, PARIS).subscription).toBe(expected === 'result' ? 'none' : 'wait');
  });

  it("ends one's own invitation, and tells its receiver so that clients drop it", () => {
    const { driver, who } = twoInvitations('member');
    const sent = revoke(driver, who, NURSE);
    expect(sent.map(brief)).toEqual([
      `iq result > ${ROMEO}`,
      'presence unsubscribe > nurse@example.org',
      'presence unavailable > nurse@example.org',
    ]);
    expect(memberOf(driver, NURSE)).toMatchObject({ subscription: 'none', invitedBy: undefined });
  });

  it('ends several at once, or none of them', () => {
    const { driver } = twoInvitations('owner');
    expect(verdict(revoke(driver, JULIET, PARIS, ROMEO))).toBe('item-not-found 404');
    expect(memberOf(driver, PARIS).subscription).toBe('wait');
    expect(verdict(revoke(driver, JULIET, PARIS, NURSE, NURSE))).toBe('result');
    expect(listed(driver, JULIET)).toEqual([]);
  });

  it.each([
    ['a member', ROMEO, 'item-not-found 404'],
    ['a stranger', 'tybalt@example.com/x', 'item-not-found 404'],
  ])('finds no invitation of %s', (_, whom, answer) => {
    const driver = verona();
    join(driver, ROMEO);
    expect(verdict(revoke(driver, JULIET, whom))).toBe(answer);
    expect(memberOf(driver, ROMEO).subscription).toBe('both');
  });

  it('of nobody is no request', () => {
    expect(verdict(revoke(verona(), JULIET))).toBe('bad-request 400');
  });

  it("in an incognito group is for one's own invitations, unless one is an owner", () => {
    const { driver, who } = twoInvitations('change-group', INCOGNITO);
    expect(verdict(revoke(driver, who, PARIS))).toBe('item-not-found 404');
    expect(verdict(revoke(driver, who, NURSE))).toBe('result');
    expect(verdict(revoke(driver, JULIET, PARIS))).toBe('result');
  });
});

describe('in an incognito group', () => {
  it('nothing that is said shows the JID of the inviter', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO);
    const questions = driver.questions.length;
    const sent = invite(driver, ROMEO, NURSE, `${SEND}<reason>A ball</reason>`);
    const [message] = reaching(sent, NURSE);
    if (message === undefined) throw new Error('no message');
    const { id, nickname: mask } = memberOf(driver, ROMEO);
    const inviter = only(message, 'invite', 'user');
    expect(inviter.attrs).not.toHaveProperty('jid');
    expect(inviter.attrs.id).toBe(id);
    expect(text(inviter, 'nickname')).toBe(mask);
    for (const { xml } of sent.filter(({ to }) => to === bare(NURSE))) expect(xml).not.toContain('romeo');
    expect(driver.questions).toHaveLength(questions);
  });

  it('who is invited has a mask from the beginning', () => {
    const driver = verona(INCOGNITO);
    invite(driver, JULIET, ROMEO);
    const mask = memberOf(driver, ROMEO).nickname;
    expect(mask).toMatch(/^\w+ \w+ \d+$/);
    join(driver, ROMEO);
    expect(memberOf(driver, ROMEO).nickname).toBe(mask);
  });

  it.each([
    ['a member', (driver: GroupDriver) => join(driver, NURSE)],
    ['who is invited', (driver: GroupDriver) => invite(driver, JULIET, NURSE)],
    ['who is blocked', (driver: GroupDriver) => shutOut(driver, NURSE)],
  ])('the refusal to invite somebody %s names no JID', (_, prepare) => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO);
    prepare(driver);
    const [refused] = invite(driver, ROMEO, NURSE);
    expect(refused?.stanza.attrs.type).toBe('error');
    expect(refused?.xml).not.toContain('nurse@');
  });

  it('a right that has run out is none', () => {
    const driver = verona();
    join(driver, ROMEO);
    grant(driver, ROMEO, 'set-restrictions', Math.floor(driver.env.now / 1000) + 60);
    invite(driver, JULIET, PARIS);
    expect(listed(driver, ROMEO)).toEqual(['paris@example.net']);
    driver.env.now += 61_000;
    expect(listed(driver, ROMEO)).toEqual([]);
  });
});
