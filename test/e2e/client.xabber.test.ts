import { type XabberEvents, type XabberGroups, xabberGroups } from '@xmpp-groups/client';
import { connectionOf } from '@xmpp-groups/client/xmpp-client';
import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import { type XmppEntity, xmppEntity } from '@xmpp-groups/harness';
import { afterEach, describe, expect, it } from 'vitest';
import { GROUPS, inWorld } from './world.js';

const bare = (text: string): BareJid => {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};

const HOST = bare(GROUPS);
const world = inWorld('ejabberd by multicast');

interface User {
  readonly jid: BareJid;
  readonly entity: XmppEntity;
  readonly groups: XabberGroups;
  /** All that happened of a kind. */
  readonly seen: { readonly [K in keyof XabberEvents]: XabberEvents[K][] };
}

const users: User[] = [];

async function user(prefix: string): Promise<User> {
  const { name, bare: address, password } = await world.person(prefix);
  const entity = xmppEntity({ server: world.server, user: name, password });
  entity.on('error', () => undefined);
  const groups = xabberGroups(connectionOf(entity), { timeout: 15_000 });
  const seen: User['seen'] = {
    message: [],
    sent: [],
    rewrite: [],
    group: [],
    ended: [],
    members: [],
    invitation: [],
    avatar: [],
    caughtUp: [],
    fault: [],
  };
  groups.on('message', (event) => seen.message.push(event));
  groups.on('rewrite', (event) => seen.rewrite.push(event));
  groups.on('group', (event) => seen.group.push(event));
  groups.on('ended', (event) => seen.ended.push(event));
  groups.on('members', (event) => seen.members.push(event));
  groups.on('invitation', (event) => seen.invitation.push(event));
  groups.on('avatar', (event) => seen.avatar.push(event));
  groups.on('caughtUp', (event) => seen.caughtUp.push(event));
  groups.on('fault', (event) => seen.fault.push(event));
  await entity.start();
  const made = { jid: bare(address), entity, groups, seen };
  users.push(made);
  // The answer says that the server has worked off the greeting.
  await groups.hosts(bare('localhost'));
  return made;
}

/** Juliet with a group of hers, and Romeo in it. */
async function verona() {
  const juliet = await user('juliet');
  const group = await juliet.groups.create(HOST, { name: 'Verona', index: 'local' });
  const romeo = await user('romeo');
  const { me } = await romeo.groups.join(group);
  return { juliet, romeo, group, romeoId: me.id };
}

const texts = ({ seen }: User): string[] =>
  seen.message.filter(({ message }) => message.system === undefined).map(({ message }) => message.text);

afterEach(async () => {
  for (const { groups, entity } of users.splice(0)) {
    groups.close();
    await entity.stop();
  }
});

describe('XabberGroups over @xmpp/client', () => {
  it('finds hosts and groups, creates one, joins and leaves it', async () => {
    const { juliet, romeo, group } = await verona();
    expect(await romeo.groups.hosts(bare('localhost'))).toContain(HOST);
    expect(await romeo.groups.list(HOST)).toContainEqual({ group, name: 'Verona' });
    expect(await romeo.groups.describe(group)).toMatchObject({ name: 'Verona', privacy: 'public' });
    expect((await juliet.groups.members(group)).size).toBe(2);
    await romeo.groups.leave(group);
    await expect.poll(() => juliet.seen.members.at(-1)?.members.size).toBe(1);
    await expect(romeo.groups.members(group)).rejects.toMatchObject({ condition: 'not-allowed' });
  });

  it('sends, edits, retracts and pins, and reads the history', async () => {
    const { juliet, romeo, group } = await verona();
    const outcome = await juliet.groups.send(group, 'O <Romeo> & "more"').outcome;
    if (outcome.kind !== 'stored') throw outcome.error;
    await expect.poll(() => texts(romeo)).toEqual(['O <Romeo> & "more"']);
    await expect.poll(() => juliet.seen.message.some(({ own, live }) => own && live)).toBe(true);
    await juliet.groups.edit(group, outcome.stanzaId, 'O Romeo');
    await expect.poll(() => romeo.seen.rewrite.at(-1)?.notice.message?.text).toBe('O Romeo');
    await juliet.groups.pin(group, outcome.stanzaId);
    await expect.poll(() => String(romeo.groups.info(group)?.pinned)).toBe(outcome.stanzaId);
    const page = await romeo.groups.history(group, { before: '', max: 100 });
    expect(page.items.map(({ message }) => message.text)).toContain('O Romeo');
    await juliet.groups.retract(group, { stanzaId: outcome.stanzaId });
    await expect.poll(() => romeo.seen.rewrite.at(-1)?.notice.what).toBe('retract-message');
  });

  it('catches up after an absence without a gap', async () => {
    const { juliet, romeo, group } = await verona();
    await juliet.groups.send(group, 'before').outcome;
    await expect.poll(() => texts(romeo)).toEqual(['before']);
    await romeo.entity.stop();
    for (let at = 0; at < 5; at += 1) await juliet.groups.send(group, `missed ${at}`).outcome;
    await romeo.entity.start();
    await juliet.groups.send(group, 'after').outcome;
    const all = ['before', ...Array.from({ length: 5 }, (_, at) => `missed ${at}`), 'after'];
    await expect.poll(() => texts(romeo)).toEqual(all);
    expect(romeo.seen.fault).toEqual([]);
  });

  it('invites, and takes invitations back', async () => {
    const { juliet, group } = await verona();
    const paris = await user('paris');
    await juliet.groups.invite(group, paris.jid, 'Come');
    await expect.poll(() => paris.seen.invitation.at(0)?.invitation).toMatchObject({ group, reason: 'Come' });
    expect((await juliet.groups.invitations(group)).map(({ jid }) => jid)).toEqual([paris.jid]);
    await juliet.groups.revoke(group, paris.jid);
    expect(await juliet.groups.invitations(group)).toEqual([]);
  });

  it('changes rights, names, settings, the status and avatars', async () => {
    const { juliet, romeo, group, romeoId } = await verona();
    await juliet.groups.setRights(group, romeoId, new Map([['send-messages', 3600]]));
    const own = await romeo.groups.rights(group, '');
    expect(own.find(({ name }) => name === 'send-messages')?.until).toBeGreaterThan(0);
    expect(await romeo.groups.send(group, 'No').outcome).toMatchObject({
      kind: 'failed',
      error: { condition: 'not-allowed' },
    });
    await romeo.groups.rename(group, '', { nickname: 'Montague' });
    expect((await juliet.groups.member(group, romeoId)).nickname).toBe('Montague');
    await juliet.groups.setSettings(group, { description: 'Two houses', membership: 'member-only' });
    expect(await juliet.groups.settings(group)).toMatchObject({
      name: 'Verona',
      description: 'Two houses',
      membership: 'member-only',
    });
    expect(await juliet.groups.setStatus(group, 'fiesta')).toBe('fiesta');
    expect((await juliet.groups.status(group)).choices).toContain('restricted');
    const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
    const id = await juliet.groups.publishAvatar(group, 'group', { bytes, type: 'image/png' });
    await expect.poll(() => romeo.seen.avatar.at(-1)?.avatar.info?.id).toBe(id);
    expect(await romeo.groups.avatar(group, 'group', id)).toEqual(bytes);
  });

  it('blocks and lets in again, is present, and deletes', async () => {
    const { juliet, romeo, group, romeoId } = await verona();
    const close = romeo.groups.present(group);
    await expect.poll(() => romeo.groups.info(group)?.present).toBe(1);
    close();
    await juliet.groups.block(group, { ids: [romeoId] });
    await expect.poll(() => romeo.seen.ended).toEqual([{ group }]);
    expect((await juliet.groups.blocked(group)).users).toEqual([{ jid: romeo.jid, id: romeoId }]);
    await expect(romeo.groups.join(group)).rejects.toMatchObject({ condition: 'turned-away' });
    await juliet.groups.unblock(group, { jids: [romeo.jid] });
    await romeo.groups.join(group);
    await juliet.groups.delete(group);
    await expect.poll(() => romeo.seen.ended).toHaveLength(2);
  });
});
