import type { BareJid } from '@xmpp-groups/core/jid';
import {
  defaultRights,
  infoQuery,
  invitations,
  members,
  propertiesQuery,
  retractMessage,
  rights,
  statusQuery,
  updates,
} from '@xmpp-groups/core/xabber';
import { discoInfo, firstValueOf, formField, formOf, vcard } from '@xmpp-groups/core/xep';
import { NS, serialise, type XmlElement } from '@xmpp-groups/core/xml';
import { type GroupUser, groupSettings, infoIn, payloadOf, pictureOf, readEcho } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import { turnedAway } from './scenarios/turned-away.js';
import { GROUPS, inWorld, type World } from './world.js';

const GROUP_PICTURE = pictureOf('the square');
const PICTURE = pictureOf('a rose');
const EMPTY_RIGHTS = { permissions: [], restrictions: [] };

const idOf = async (user: GroupUser, group: BareJid): Promise<string> =>
  (await user.members(group, { id: '' })).users[0]?.id ?? '';

/** A group to which everything has happened that can happen to one. */
async function livedIn(world: World) {
  const named = async (name: string) => (await world.person(name, { nickname: name })).device();
  const juliet = await named('juliet');
  const [romeo, nurse, paris] = [await named('romeo'), await named('nurse'), await named('paris')];
  const [guest, enemy, former] = [await named('guest'), await named('tybalt'), await named('friar')];
  const group = await juliet.create(GROUPS, { name: 'Verona', description: 'Where families fight' });
  for (const member of [romeo, nurse, paris, enemy, former]) await member.join(group);
  await expect
    .poll(async () => (await juliet.members(group)).users.every(({ nickname }) => nickname !== undefined))
    .toBe(true);
  const ids = {
    romeo: await idOf(romeo, group),
    nurse: await idOf(nurse, group),
    paris: await idOf(paris, group),
  };

  const first = await romeo.post(group, 'the first word');
  const second = await romeo.post(group, 'the second word');
  const third = await nurse.post(group, 'the third word');
  await romeo.replace(group, first.stanzaId ?? '', 'another first word');
  await nurse.retract(group, third.stanzaId ?? '');

  await juliet.setRights(group, ids.romeo, { 'set-restrictions': '0', 'change-users': '604800' });
  await romeo.setRights(group, ids.nurse, { 'send-messages': '3600', 'send-voice': '0' });
  await juliet.setPermissions(group, ids.paris, [{ name: 'owner', status: true, seconds: 0 }]);
  const stickers = formField({ var: 'send-stickers', type: 'list-single', values: ['604800'] });
  await juliet.client.iq(
    group,
    'set',
    defaultRights.build({ form: formOf('submit', NS.groups, [stickers]) }),
  );

  await romeo.rename(group, { nickname: 'Montague' });
  await juliet.rename(group, { id: ids.nurse, badge: 'of Juliet' });
  await romeo.publishAvatar(group, '', PICTURE);
  await juliet.publishAvatar(group, undefined, GROUP_PICTURE);
  await groupSettings(nurse.client).receiveUpdates(group, false);
  await groupSettings(juliet.client).pin(group, second.stanzaId ?? '');
  await groupSettings(juliet.client).setProperties(group, {
    name: 'Verona Square',
    description: ['Where families', 'fight'],
    membership: 'member-only',
    index: 'none',
    contacts: juliet.client.bare,
    domains: ['localhost', 'example.org'],
    'slow-mode': '3600',
  });
  await groupSettings(juliet.client).setStatus(group, 'fiesta');
  await juliet.invite(group, guest.client.bare);
  await nurse.invite(group, 'lady@localhost');
  const dismissed = enemy.dismissed(group);
  await romeo.block(group, { jids: [enemy.client.bare], domains: ['evil.example'] });
  await dismissed;
  await former.leave(group);
  return { group, juliet, romeo, nurse, paris, guest, enemy, former, ids, second };
}

/** All that a group says when it is asked, by the owner and by a member. */
async function said({ group, juliet, romeo, nurse, ids }: Awaited<ReturnType<typeof livedIn>>) {
  const questions: Readonly<Record<string, XmlElement>> = {
    members: members.build({ version: 0, users: [] }),
    'all that changed': members.build({ version: 1, users: [] }),
    'own rights': rights.build({ ...EMPTY_RIGHTS, user: { id: '' } }),
    'rights of Romeo': rights.build({ ...EMPTY_RIGHTS, user: { id: ids.romeo } }),
    'rights of the nurse': rights.build({ ...EMPTY_RIGHTS, user: { id: ids.nurse } }),
    'rights of Paris': rights.build({ ...EMPTY_RIGHTS, user: { id: ids.paris } }),
    'all rights': rights.build(EMPTY_RIGHTS),
    newcomers: defaultRights.build({}),
    invitations: invitations.build({ users: [] }),
    properties: propertiesQuery.build({}),
    status: statusQuery.build({}),
    info: infoQuery.build({}),
    updates: updates.build({}),
    vcard: vcard.build({}),
    disco: discoInfo.build({ identities: [], features: [], forms: [] }),
  };
  const answers: Record<string, unknown> = {};
  for (const [who, { client }] of Object.entries({ juliet, romeo, nurse })) {
    for (const [what, question] of Object.entries(questions)) {
      const answer = await client.iq(group, 'get', question).then(payloadOf, String);
      answers[`${what}, to ${who}`] =
        typeof answer === 'string' ? answer : answer.map((one) => serialise(one));
    }
  }
  for (const [who, reader] of Object.entries({ juliet, nurse })) {
    const { items } = await reader.history(group, {}, { max: 100 });
    answers[`archive of ${who}`] = items.map(({ id, stamp, message }) => [
      id,
      stamp,
      serialise(message.element),
    ]);
    const { notices, version } = await reader.rewrites(group, 0);
    answers[`rewritings to ${who}`] = [
      version,
      ...notices.map((notice) => ({ ...notice, message: undefined })),
    ];
    reader.client.mark();
    await reader.client.sendPresence({ to: group });
    const shown = await reader.client.expect((stanza) => infoIn(group, stanza) !== undefined);
    answers[`presence to ${who}`] = shown.children.map((child) =>
      typeof child === 'string' ? child : serialise(child),
    );
  }
  return {
    ...answers,
    blocked: await juliet.blocked(group),
    'the picture of Romeo': await juliet.image(group, ids.romeo, PICTURE.textSha1),
    'the picture of the group': await juliet.image(group, undefined, GROUP_PICTURE.textSha1),
  };
}

/** What the answers mean: it holds. */
async function holds(world: World, all: Awaited<ReturnType<typeof livedIn>>, round: number): Promise<void> {
  const { group, juliet, romeo, nurse, paris, enemy, former, ids, second } = all;
  const word = `still here, ${round}`;
  const heard = Promise.all([romeo.hears(group, word), nurse.hears(group, word)]);
  await juliet.post(group, word);
  for (const copy of await heard) expect(copy.card?.role).toBe('owner');
  // A repeated message is known, whatever happened in between.
  romeo.client.mark();
  await romeo.send(group, 'the second word', [], second.originId);
  const echo = await romeo.client.expect((stanza) => readEcho(stanza)?.originId === second.originId);
  expect(readEcho(echo)?.stanzaId).toBe(second.stanzaId);

  nurse.client.mark();
  await nurse.send(group, 'nothing');
  await nurse.client.expect((stanza) => stanza.name === 'message' && stanza.attrs.type === 'error');
  const refused = { condition: 'not-allowed', code: 405 };
  await expect(nurse.setRights(group, ids.romeo, { 'send-messages': '0' })).rejects.toMatchObject(refused);
  await expect(romeo.invite(group, enemy.client.bare)).rejects.toMatchObject(refused);
  await expect(romeo.block(group, { ids: [ids.paris] })).rejects.toMatchObject(refused);
  await turnedAway(enemy, group);
  await enemy.client.roster.remove(group);
  await turnedAway(former, group);
  await former.client.roster.remove(group);
  await expect(
    paris.client.iq(group, 'set', retractMessage.build({ id: '1', symmetric: true })),
  ).rejects.toMatchObject({ condition: 'item-not-found' });

  const newcomer = await (await world.person('newcomer')).device();
  await juliet.invite(group, newcomer.client.bare);
  await newcomer.join(group);
  const own = await newcomer.rights(group);
  expect(Number(firstValueOf(own, 'send-stickers'))).toBeGreaterThan(Date.now() / 1000 + 500_000);
  await newcomer.leave(group);
}

describe('a group', () => {
  const world = inWorld('ejabberd by multicast');

  it('is the same after SIGTERM and after SIGKILL: people, rights, settings, pictures, history', async () => {
    const all = await livedIn(world);
    let before = await said(all);
    const text = JSON.stringify(before);
    for (const part of ['Montague', 'of Juliet', 'another first word', 'Verona Square', 'evil.example']) {
      expect(text).toContain(part);
    }

    await world.component.restart();
    expect(await said(all)).toEqual(before);
    await holds(world, all, 1);

    before = await said(all);
    await world.component.kill9();
    await world.component.restart();
    expect(await said(all)).toEqual(before);
    await holds(world, all, 2);

    // An invitation is as good as on the day when it was made.
    await all.guest.join(all.group);
    expect((await all.juliet.members(all.group)).users).toHaveLength(5);
  }, 120_000);
});
