import { type XabberEvents, type XabberGroups, xabberGroups } from '@xmpp-groups/client';
import { connectionOf } from '@xmpp-groups/client/xmpp-client';
import type { BareJid } from '@xmpp-groups/core/jid';
import { bare, type XmppEntity, xmppEntity } from '@xmpp-groups/harness';
import { afterEach } from 'vitest';
import { GROUPS, type World } from './world.js';

export const HOST = bare(GROUPS);

/** Somebody with a program that is built on the client package. */
export interface User {
  readonly jid: BareJid;
  readonly entity: XmppEntity;
  readonly groups: XabberGroups;
  /** All that happened, by its kind. */
  readonly seen: { readonly [K in keyof XabberEvents]: XabberEvents[K][] };
}

/** Keeps all events of a client. */
function watch(groups: XabberGroups): User['seen'] {
  const seen: User['seen'] = {
    message: [],
    sent: [],
    reaction: [],
    edited: [],
    retracted: [],
    invalidated: [],
    displayed: [],
    disclosed: [],
    group: [],
    ended: [],
    members: [],
    invitation: [],
    avatar: [],
    caughtUp: [],
    fault: [],
  };
  groups.on('message', (event) => seen.message.push(event));
  groups.on('sent', (event) => seen.sent.push(event));
  groups.on('reaction', (event) => seen.reaction.push(event));
  groups.on('edited', (event) => seen.edited.push(event));
  groups.on('retracted', (event) => seen.retracted.push(event));
  groups.on('invalidated', (event) => seen.invalidated.push(event));
  groups.on('displayed', (event) => seen.displayed.push(event));
  groups.on('disclosed', (event) => seen.disclosed.push(event));
  groups.on('group', (event) => seen.group.push(event));
  groups.on('ended', (event) => seen.ended.push(event));
  groups.on('members', (event) => seen.members.push(event));
  groups.on('invitation', (event) => seen.invitation.push(event));
  groups.on('avatar', (event) => seen.avatar.push(event));
  groups.on('caughtUp', (event) => seen.caughtUp.push(event));
  groups.on('fault', (event) => seen.fault.push(event));
  return seen;
}

/** The texts that somebody was told, without system messages. */
export const texts = ({ seen }: User): string[] =>
  seen.message.filter(({ message }) => message.system === undefined).map(({ message }) => message.text);

/** People with such programs, who go home after each test. */
export function clientUsers(world: World, transport: 'tcp' | 'websocket' = 'tcp') {
  const users: User[] = [];

  afterEach(async () => {
    for (const { groups, entity } of users.splice(0)) {
      groups.close();
      await entity.stop();
    }
  });

  const user = async (prefix: string): Promise<User> => {
    const { name, bare: address, password } = await world.person(prefix);
    const entity = xmppEntity({ server: world.server, user: name, password, transport });
    entity.on('error', () => undefined);
    const groups = xabberGroups(connectionOf(entity), { timeout: 15_000 });
    const made = { jid: bare(address), entity, groups, seen: watch(groups) };
    users.push(made);
    await entity.start();
    // The answer says that the server has worked off the greeting.
    await groups.hosts(bare('localhost'));
    return made;
  };

  /** Juliet with a group of hers, and Romeo in it. */
  const pair = async (options: Parameters<XabberGroups['create']>[1]) => {
    const juliet = await user('juliet');
    const group = await juliet.groups.create(HOST, options);
    const romeo = await user('romeo');
    const { me } = await romeo.groups.join(group);
    return { juliet, romeo, group, romeoId: me.id };
  };

  return {
    user,
    verona: () => pair({ name: 'Verona', index: 'local' }),
    /** The same where they know each other as masks. */
    ball: () => pair({ name: 'Masked ball', privacy: 'incognito' }),
  };
}
