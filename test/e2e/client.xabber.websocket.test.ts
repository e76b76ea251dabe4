import { describe, expect, it } from 'vitest';
import { clientUsers, texts } from './client-users.js';
import { inWorld } from './world.js';

const { verona } = clientUsers(inWorld('ejabberd by multicast'), 'websocket');

describe('XabberGroups over @xmpp/client by WebSocket', () => {
  it('creates, joins, sends and hears', async () => {
    const { juliet, romeo, group } = await verona();
    expect((await juliet.groups.members(group)).size).toBe(2);
    const outcome = await juliet.groups.send(group, 'O <Romeo> & "more" 💬').outcome;
    expect(outcome).toMatchObject({ kind: 'stored', message: { text: 'O <Romeo> & "more" 💬' } });
    await expect.poll(() => texts(romeo)).toEqual(['O <Romeo> & "more" 💬']);
  });

  it('goes on in a new session behind what was told before', async () => {
    const { juliet, romeo, group } = await verona();
    await juliet.groups.send(group, 'before').outcome;
    await expect.poll(() => texts(romeo)).toEqual(['before']);
    await romeo.entity.stop();
    await juliet.groups.send(group, 'meanwhile').outcome;
    const own = romeo.groups.send(group, 'said without a connection');
    await romeo.entity.start();
    expect((await own.outcome).kind).toBe('stored');
    await expect.poll(() => texts(romeo)).toEqual(['before', 'meanwhile', 'said without a connection']);
    expect(romeo.seen.fault).toEqual([]);
  });
});
