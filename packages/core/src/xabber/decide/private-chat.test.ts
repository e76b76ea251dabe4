import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { bareJid } from '../testing/clockwork.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { avatarXml, imageXml, pictureOf } from '../testing/pictures.js';
import { ask, ball, ballWithChat, chatXml, enter, presenceTo } from '../testing/private-chats.js';
import { all, has, only, text } from '../testing/reading.js';
import { deviceOf, household, ROLES, type Role } from '../testing/roles.js';
import {
  bare,
  brief,
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  memberOf,
  NURSE,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  refused,
  rightsOf,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

const HOST = 'groups.example.com';
const PRIVATE = '<name>V</name><privacy>incognito</privacy>';

const nickOf = (driver: GroupDriver, jid: string): string => memberOf(driver, jid).nickname ?? '';

/** The answer to a request among what was sent. */
const answerIn = (sent: readonly Sent[]) => single(sent.filter(({ stanza }) => stanza.name === 'iq'));

/** Nothing that was sent says who somebody is, but for the address of the one who gets it. */
function expectMasked(sent: readonly Sent[]): void {
  for (const { xml, to } of sent) {
    const text = xml.replace(` to='${to}'`, '');
    for (const jid of [JULIET, ROMEO, NURSE]) expect(text).not.toContain(bare(jid));
  }
}

describe('who may have a private chat', () => {
  it.each<readonly [Role, string]>([
    ['owner', 'passed'],
    ['change-group', 'passed'],
    ['set-permissions', 'passed'],
    ['set-restrictions', 'passed'],
    ['change-users', 'passed'],
    ['delete-messages', 'passed'],
    ['restricted', 'passed'],
    ['member', '405 not-allowed: Nobody can have a private chat with himself'],
    ['blocked', '405 not-allowed: You are not a member of this group'],
    ['invited', '405 not-allowed: You are not a member of this group'],
    ['joining', '405 not-allowed: You are not a member of this group'],
    ['former', '405 not-allowed: You are not a member of this group'],
    ['stranger', '405 not-allowed: You are not a member of this group'],
  ])('%s, with a member: %s (error row 6)', (role, outcome) => {
    const driver = household(PRIVATE);
    const { id } = memberOf(driver, deviceOf('member'));
    const sent = driver.send(chatXml(deviceOf(role), id));
    if (outcome !== 'passed') {
      expect(refused(sent)).toBe(outcome);
      expect(driver.passed).toEqual([]);
      return;
    }
    expect(sent).toEqual([]);
    expect(driver.passed).toHaveLength(1);
  });

  it('is written down here for each role', () => {
    expect(ROLES).toHaveLength(13);
  });

  it.each<readonly [Role, string]>([
    ['blocked', '404 item-not-found: There is no member none'],
    ['invited', '404 item-not-found: There is no member '],
    ['joining', '404 item-not-found: There is no member '],
    ['former', '404 item-not-found: There is no member '],
  ])('nobody, with somebody who is %s (error row 6)', (role, outcome) => {
    const driver = household(PRIVATE);
    const id = role === 'blocked' ? 'none' : memberOf(driver, deviceOf(role)).id;
    expect(refused(driver.send(chatXml(JULIET, id)))).toContain(outcome);
  });

  it('nobody, with nobody', () => {
    expect(refused(ball().send(chatXml(JULIET, '')))).toBe('404 item-not-found: No member is named');
  });

  it('nobody, with who does not want any (error row 6; row 30)', () => {
    const driver = ball();
    const choice = (value: string) => `<peer-to-peer xmlns='${NS.groups}'>${value}</peer-to-peer>`;
    driver.send(presenceXml(ROMEO, undefined, choice('false')));
    const { id } = memberOf(driver, ROMEO);
    expect(refused(driver.send(chatXml(JULIET, id)))).toBe(
      '405 not-allowed: This member does not want any private chats',
    );
    driver.send(presenceXml(ROMEO, undefined, choice('true')));
    expect(driver.send(chatXml(JULIET, id))).toEqual([]);
  });

  it('nobody in a public group, or in one that is not there (error row 6)', () => {
    const driver = verona();
    join(driver, ROMEO);
    const { id } = memberOf(driver, ROMEO);
    expect(refused(driver.send(chatXml(JULIET, id)))).toContain(
      '405 not-allowed: Private chats are for incognito',
    );
    driver.happen({ kind: 'groupDeleted' });
    expect(refused(driver.send(chatXml(JULIET, id)))).toBe(`404 item-not-found: There is no group ${VERONA}`);
  });

  it('nobody whose domain is blocked, and nobody in an inactive group', () => {
    const driver = ball();
    const { id } = memberOf(driver, JULIET);
    driver.happen({ kind: 'blockAdded', block: { address: bareJid('example.org'), member: undefined } });
    expect(refused(driver.send(chatXml(NURSE, id)))).toBe('405 not-allowed: You are blocked in this chat');
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    expect(refused(driver.send(chatXml(ROMEO, id)))).toContain('405 not-allowed: The group is inactive');
  });

  it('nobody in a private chat', () => {
    const { chat } = ballWithChat();
    const { id } = memberOf(chat, ROMEO);
    expect(refused(chat.send(chatXml(JULIET, id, chat.jid)))).toBe(
      '405 not-allowed: This is a private chat already',
    );
  });

  it.each([
    ['without a group', `<peer-to-peer id='x'/>`],
    ['without a member', `<peer-to-peer jid='${VERONA}'/>`],
    ['with what is no JID', `<peer-to-peer jid='@' id='x'/>`],
  ])('nobody %s: a bad request', (_, child) => {
    const payload = `<query xmlns='${NS.groupsCreate}'>${child}</query>`;
    expect(refused(ball().send(iqXml(JULIET, 'set', payload, HOST)))).toContain('400 bad-request');
  });
});

describe('a private chat', () => {
  it.each([
    ['as clients write it', ''],
    ['as servers declare it', `xmlns='${NS.groups}'`],
  ])('comes of a request %s, is answered by the host, and is beside its group', (_, xmlns) => {
    const group = ball();
    expect(group.send(chatXml(JULIET, memberOf(group, ROMEO).id, `${VERONA}/Group`, xmlns))).toEqual([]);
    const { sent, chat } = ask(group, JULIET, ROMEO);
    const answer = answerIn(sent);
    expect([answer.attrs.from, answer.attrs.to, answer.attrs.id, answer.attrs.type]).toEqual([
      HOST,
      JULIET,
      'q1',
      'result',
    ]);
    const name = `${nickOf(group, JULIET)} and ${nickOf(group, ROMEO)} chat`;
    const about = only(answer, `query ${NS.groupsCreate}`);
    for (const [field, value] of [
      ['localpart', chat.jid.replace(/@.*/u, '')],
      ['name', name],
      ['description', 'Private chat'],
      ['privacy', 'incognito'],
      ['membership', 'member-only'],
      ['index', 'none'],
    ] as const) {
      expect(text(about, field)).toBe(value);
    }
    expect(chat.group()).toMatchObject({ parent: VERONA, size: 0, properties: { name } });
    expectMasked(sent);
  });

  it('tells the asker at once that it is a group, and which one (T4)', () => {
    const group = ball();
    const { sent } = ask(group, JULIET, ROMEO);
    const presences = reaching(sent, JULIET).filter(({ name }) => name === 'presence');
    expect(presences.map(({ attrs }) => attrs.type)).toEqual(['subscribed', 'subscribe']);
    for (const presence of presences) {
      expect(text(presence, 'status')).toBe('Private chat');
      expect(text(presence, `x ${NS.groups}`, 'parent-chat')).toBe(VERONA);
      expect(text(presence, `x ${NS.groups}`, 'privacy')).toBe('incognito');
    }
  });

  it('invites the other one, in words that he can read, without a hint', () => {
    const group = ball();
    const { sent, chat } = ask(group, JULIET, ROMEO);
    const message = single(sent.filter(({ stanza }) => stanza.name === 'message'));
    expect([message.attrs.from, message.attrs.to, message.attrs.type]).toEqual([
      `${chat.jid}/Group`,
      bare(ROMEO),
      'chat',
    ]);
    const reason =
      `${nickOf(group, JULIET)} from Masked ball invited you to chat privately. If you accept this invitation, ` +
      `you won't see each other's real XMPP IDs. You will be known as ${nickOf(group, ROMEO)}`;
    expect(text(message, 'body')).toBe(`${reason}\nAdd ${chat.jid} to the contacts to join the chat`);
    const invite = only(message, `invite ${NS.groupsInvite}`);
    expect([invite.attrs.jid, text(invite, 'reason')]).toEqual([chat.jid, reason]);
    const info = only(message, `x ${NS.groups}`);
    expect(text(info, 'parent-chat')).toBe(VERONA);
    expect(text(info, 'membership')).toBe('member-only');
    expect(has(message, 'no-permanent-store')).toBe(false);
    expectMasked(sent);
  });

  it('has both under the names, badges and avatars of the group, and neither may invite', () => {
    const group = ball();
    const picture = pictureOf('rose');
    group.send(imageXml(ROMEO, '', picture));
    group.send(avatarXml(ROMEO, '', picture.textSha1));
    const { id: member } = memberOf(group, ROMEO);
    group.happen({ kind: 'cardChanged', member, nickname: 'Mercutio', badge: 'poet', version: 9e9 });
    const { chat } = ask(group, JULIET, ROMEO);
    expect(memberOf(chat, ROMEO)).toMatchObject({
      nickname: 'Mercutio',
      badge: 'poet',
      avatar: memberOf(group, ROMEO).avatar,
      subscription: 'wait',
    });
    expect(memberOf(chat, ROMEO).avatar).toBeDefined();
    expect([...chat.images.keys()]).toEqual([memberOf(group, ROMEO).avatar?.id]);
    expect(memberOf(chat, JULIET)).toMatchObject({ nickname: nickOf(group, JULIET), subscription: 'wait' });
    for (const jid of [JULIET, ROMEO]) expect(rightsOf(chat, jid)).toEqual({ 'send-invitations': 0 });
    // Who is who here is nobody's business there.
    expect(memberOf(chat, ROMEO).id).not.toBe(member);
    enter(chat, JULIET);
    const invites = `<invite xmlns='${NS.groupsInvite}'><jid>${bare(NURSE)}</jid></invite>`;
    expect(refused(chat.send(iqXml(JULIET, 'set', invites, chat.jid)))).toBe(
      '405 not-allowed: You have no permission to invite (send-invitations)',
    );
  });

  it('begins with a word of who began it, who is no owner', () => {
    const group = ball();
    const { chat } = ask(group, JULIET, ROMEO);
    expect(chat.archive.map(({ text: said }) => said)).toEqual([
      `${nickOf(group, JULIET)} created private chat`,
    ]);
    expect(chat.archive[0]?.xml).toContain('<role>member</role>');
    expect(chat.archive[0]?.xml).not.toContain('@example.com');
  });

  it('is for the two alone, who join like everywhere and talk without being seen', () => {
    const group = ball();
    const { chat } = ask(group, JULIET, ROMEO);
    const said = [...enter(chat, JULIET), ...enter(chat, ROMEO)];
    expect(chat.group().size).toBe(2);
    expect(presenceTo(chat, NURSE, 'subscribe').map(brief)).toEqual([
      `presence unsubscribed > ${bare(NURSE)}`,
    ]);
    const hello = `<message from='${JULIET}' to='${chat.jid}' type='chat' id='1'><body>Hello</body></message>`;
    const spoken = chat.send(hello);
    expect(spoken.map(brief)).toEqual([
      `message chat > ${bare(ROMEO)}`,
      `message headline > ${bare(JULIET)}`,
    ]);
    expectMasked(said);
    expectMasked(spoken.slice(0, 1));
    const list = chat.send(
      iqXml(JULIET, 'get', `<query xmlns='${NS.groupsMembers}' version='0'/>`, chat.jid),
    );
    expect(single(list) && all(single(list), 'query', 'user', 'jid')).toHaveLength(1);
  });

  it('shows no invitation: who asked was never told whom he is talking to', () => {
    const { group } = ballWithChat();
    const { chat } = ask(group, NURSE, ROMEO);
    enter(chat, NURSE);
    const list = single(chat.send(iqXml(NURSE, 'get', `<query xmlns='${NS.groupsInvite}'/>`, chat.jid)));
    expect(all(list, 'query', 'user')).toEqual([]);
    for (const guess of [ROMEO, PARIS]) {
      const revoke = `<revoke xmlns='${NS.groupsInvite}'><jid>${bare(guess)}</jid></revoke>`;
      expect(refused(chat.send(iqXml(NURSE, 'set', revoke, chat.jid)))).toContain('404 item-not-found');
    }
    expect(memberOf(chat, ROMEO).subscription).toBe('wait');
  });
});

describe('a private chat that is there already', () => {
  it('is named to who is in it, in both generations of words (error row 7)', () => {
    const { group, chat } = ballWithChat();
    for (const [asker, other] of [
      [JULIET, ROMEO],
      [ROMEO, JULIET],
    ] as const) {
      const { sent } = ask(group, asker, other, chat);
      const answer = single(sent);
      expect(refused(sent)).toBe('409 conflict: You have a private chat with this member already');
      expect(only(answer, 'error', 'text').attrs['xml:lang']).toBe('en');
      expect(text(answer, `x ${NS.groups}`, 'jid')).toBe(chat.jid);
      expect(only(answer, `group ${NS.groups}`).attrs.jid).toBe(chat.jid);
      expect(answer.attrs.from).toBe(HOST);
    }
    expect(new Set(group.passed.map(({ to }) => to)).size).toBe(1);
  });

  it('is another one for each pair', () => {
    const { group, chat } = ballWithChat();
    const addresses = [ask(group, NURSE, ROMEO), ask(group, NURSE, JULIET)].map((other) => other.chat.jid);
    expect(new Set([...addresses, chat.jid]).size).toBe(3);
  });

  it('invites once more who has not come, or did not want to', () => {
    const group = ball();
    const { chat } = ask(group, JULIET, ROMEO);
    enter(chat, JULIET);
    expect(ask(group, JULIET, ROMEO, chat).sent.map(brief)).toEqual([
      `message chat > ${bare(ROMEO)}`,
      `iq error > ${JULIET}`,
    ]);
    const declines = `<decline xmlns='${NS.groupsInvite}'/>`;
    expect(answerIn(chat.send(iqXml(ROMEO, 'set', declines, chat.jid))).attrs.type).toBe('result');
    expect(memberOf(chat, ROMEO).subscription).toBe('none');
    expect(presenceTo(chat, ROMEO, 'subscribe').map(brief)).toEqual([
      `presence unsubscribed > ${bare(ROMEO)}`,
    ]);
    const again = ask(group, JULIET, ROMEO, chat).sent;
    expect(again.map(brief)).toEqual([`message chat > ${bare(ROMEO)}`, `iq error > ${JULIET}`]);
    expectMasked(again.slice(0, 1));
    enter(chat, ROMEO);
    expect(chat.group().size).toBe(2);
    expect(rightsOf(chat, ROMEO)).toEqual({ 'send-invitations': 0 });
  });

  it('lets in who did not want to come, when he asks himself', () => {
    const group = ball();
    const { chat } = ask(group, JULIET, ROMEO);
    enter(chat, JULIET);
    presenceTo(chat, ROMEO, 'unsubscribed');
    expect(memberOf(chat, ROMEO).subscription).toBe('none');
    const { sent } = ask(group, ROMEO, JULIET, chat);
    expect(answerIn(sent).attrs.type).toBe('result');
    expect(sent.map(brief)).toEqual([
      `iq result > ${ROMEO}`,
      `presence subscribed > ${bare(ROMEO)}`,
      `presence subscribe > ${bare(ROMEO)}`,
    ]);
    enter(chat, ROMEO);
    expect(chat.group().size).toBe(2);
  });

  it('is not taken for another group that somebody has made at its address', () => {
    const { group, chat } = ballWithChat();
    presenceTo(chat, ROMEO, 'unsubscribe');
    chat.happen({
      kind: 'groupCreated',
      properties: { ...verona(INCOGNITO).group().properties, name: 'A trap' },
    });
    expect(refused(ask(group, JULIET, ROMEO, chat).sent)).toBe(`409 conflict: ${chat.jid} is another group`);
    expect(chat.group().members.size).toBe(0);
  });
});

describe('the end of a private chat', () => {
  const ENDING = ['unsubscribe', 'unsubscribed', 'unavailable'];

  it.each([
    ['who asked for it', JULIET],
    ['who was invited', ROMEO],
  ])('comes when one leaves: %s', (_, leaver) => {
    const { group, chat } = ballWithChat();
    const sent = presenceTo(chat, leaver, 'unsubscribe');
    for (const jid of [JULIET, ROMEO]) {
      expect(reaching(sent, jid).map(({ attrs }) => attrs.type)).toEqual(ENDING);
    }
    expect(chat.exists()).toBe(false);
    const begun = ask(group, leaver, leaver === JULIET ? ROMEO : JULIET, chat);
    expect(answerIn(begun.sent).attrs.type).toBe('result');
    // A pair keeps its address: who has blocked it is left alone.
    expect(group.group().privateChats.size).toBe(1);
    expect(chat.archive.map(({ text: said }) => said).at(-1)).toContain('created private chat');
  });

  it('comes when one leaves while the other has not come: his invitation is over', () => {
    const group = ball();
    const { chat } = ask(group, JULIET, ROMEO);
    enter(chat, JULIET);
    const sent = presenceTo(chat, JULIET, 'unsubscribe');
    expect(reaching(sent, ROMEO).map(({ attrs }) => attrs.type)).toEqual(ENDING);
    expect(chat.exists()).toBe(false);
  });

  it.each([
    ['by the declined invitation last', false],
    ['by the refused request last', true],
  ])('comes when neither of the two wants it: %s', (_, invitedFirst) => {
    const group = ball();
    const { chat } = ask(group, JULIET, ROMEO);
    const steps = [
      () => presenceTo(chat, JULIET, 'unsubscribed'),
      () => chat.send(iqXml(ROMEO, 'set', `<decline xmlns='${NS.groupsInvite}'/>`, chat.jid)),
    ];
    if (invitedFirst) steps.reverse();
    steps[0]?.();
    expect(chat.exists()).toBe(true);
    steps[1]?.();
    expect(chat.exists()).toBe(false);
  });

  it('does not come when somebody is kicked from the group, or leaves it', () => {
    const { group, chat } = ballWithChat();
    const kick = `<kick xmlns='${NS.groups}'><id>${memberOf(group, ROMEO).id}</id></kick>`;
    group.send(iqXml(JULIET, 'set', kick));
    expect(group.passed.filter(({ command }) => command.kind === 'dissolve')).toEqual([]);
    expect(chat.group().size).toBe(2);
  });

  it('comes with that of the group, whichever chats have come and gone', () => {
    const { group, chat } = ballWithChat();
    group.send(iqXml(JULIET, 'set', `<query xmlns='${NS.groupsDelete}'>verona</query>`, HOST));
    const passed = group.passed.at(-1);
    expect(passed).toMatchObject({ to: chat.jid, command: { kind: 'dissolve' } });
    const sent = passed === undefined ? [] : chat.receive(passed);
    expect(reaching(sent, ROMEO).map(({ attrs }) => attrs.type)).toEqual(ENDING);
    expect(chat.exists()).toBe(false);
  });

  it('is nobody’s to decide by other means: nobody leads it', () => {
    const { chat } = ballWithChat();
    for (const payload of [
      `<kick xmlns='${NS.groups}'><id>${memberOf(chat, ROMEO).id}</id></kick>`,
      `<query xmlns='${NS.groupsStatus}'><x xmlns='jabber:x:data' type='submit'/></query>`,
    ]) {
      expect(refused(chat.send(iqXml(JULIET, 'set', payload, chat.jid)))).toContain('405 not-allowed');
    }
    const remove = `<query xmlns='${NS.groupsDelete}'>${chat.jid.replace(/@.*/u, '')}</query>`;
    expect(refused(chat.send(iqXml(JULIET, 'set', remove, HOST)))).toContain('405 not-allowed');
  });
});
