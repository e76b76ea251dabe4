import { describe, expect, it } from 'vitest';
import { clientUsers, texts } from './client-users.js';
import { inWorld } from './world.js';

const { ball } = clientUsers(inWorld('ejabberd by multicast'));

describe('XabberGroups in incognito groups', () => {
  it('opens a private chat, which is there once', async () => {
    const { juliet, romeo, group, romeoId } = await ball();
    const julietId = (await juliet.groups.member(group, '')).id;
    const chat = await juliet.groups.privateChat(group, romeoId);
    await expect.poll(() => romeo.seen.invitation).toHaveLength(1);
    expect(romeo.seen.invitation.at(0)?.invitation).toMatchObject({
      group: chat,
      info: { parent: group, privacy: 'incognito' },
    });
    await romeo.groups.join(chat);
    expect(await romeo.groups.privateChat(group, julietId)).toBe(chat);
    expect(await juliet.groups.privateChat(group, romeoId)).toBe(chat);
    await juliet.groups.send(chat, 'Who art thou?').outcome;
    await expect.poll(() => texts(romeo)).toEqual(['Who art thou?']);
    expect(romeo.seen.message.at(-1)?.message.card?.jid).toBeUndefined();
    await romeo.groups.leave(chat);
    await expect.poll(() => juliet.seen.ended).toEqual([{ group: chat }]);
    await expect(juliet.groups.privateChat(group, julietId)).rejects.toMatchObject({
      condition: 'not-allowed',
      attempted: { what: 'open a private chat' },
    });
  });

  it('tells one member who another one is, if both want it', async () => {
    const { juliet, romeo, group, romeoId } = await ball();
    const julietId = (await juliet.groups.member(group, '')).id;
    await juliet.groups.disclose(group, 'request', romeoId, 'Who art thou?');
    await expect.poll(() => romeo.seen.disclosed).toHaveLength(1);
    const { disclosed } = romeo.seen.disclosed[0] ?? {};
    expect(disclosed).toMatchObject({ type: 'request', user: { id: julietId }, reason: 'Who art thou?' });
    expect(disclosed?.user.jid).toBeUndefined();
    await romeo.groups.disclose(group, 'accept', julietId);
    await expect.poll(() => romeo.seen.disclosed.at(-1)?.disclosed.user.jid).toBe(juliet.jid);
    await expect
      .poll(() => juliet.seen.disclosed.at(-1)?.disclosed)
      .toMatchObject({
        type: 'accept',
        user: { id: romeoId, jid: romeo.jid },
      });
    // What is told to one alone is no message of the group.
    expect([...texts(juliet), ...texts(romeo)]).toEqual([]);
  });

  it('tells who offers, and not who declines', async () => {
    const { juliet, romeo, group, romeoId } = await ball();
    const julietId = (await juliet.groups.member(group, '')).id;
    await juliet.groups.disclose(group, 'offer', romeoId);
    await expect.poll(() => romeo.seen.disclosed.at(-1)?.disclosed.user.jid).toBe(juliet.jid);
    await romeo.groups.disclose(group, 'decline', julietId);
    await expect.poll(() => juliet.seen.disclosed.at(-1)?.disclosed.type).toBe('decline');
    expect(juliet.seen.disclosed.at(-1)?.disclosed.user.jid).toBeUndefined();
    await expect(juliet.groups.disclose(group, 'request', romeoId)).rejects.toMatchObject({
      condition: 'not-allowed',
    });
  });
});
