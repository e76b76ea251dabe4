import type { BareJid } from '@xmpp-groups/core/jid';
import { NS, serialise } from '@xmpp-groups/core/xml';
import { type GroupUser, groupSettings, readTyping } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

/** The next word that a device gets of somebody's typing. */
const hears = async ({ client }: GroupUser, group: BareJid) => {
  const isWord = (stanza: Parameters<typeof readTyping>[0]) => readTyping(stanza)?.group === group;
  return readTyping(await client.expect(isWord, { description: `who is typing in ${group}` }));
};

/** Reference 6.6. */
export function typing(world: World): void {
  /** Juliet, who listens, and Romeo and the nurse, who do not. */
  const cast = async (options: { readonly privacy?: 'incognito' } = {}) => {
    const juliet = await (await world.person('juliet')).device();
    const group = await juliet.create(world.groups, { name: 'Verona', ...options });
    const romeo = await (await world.person('romeo')).device();
    await romeo.join(group);
    const nurse = await (await world.person('nurse')).device();
    await nurse.join(group);
    const [listener, writer, other] = [juliet, romeo, nurse].map(({ client }) => groupSettings(client));
    if (!listener || !writer || !other) throw new Error('three people were asked for');
    await listener.shows(group, 'active');
    await other.shows(group, 'active');
    await listener.hearTyping(group, true);
    return { group, juliet, romeo, nurse, listener, writer };
  };

  describe('who is typing', () => {
    it('row 39: a device that asked hears who is typing, and nobody else does', async () => {
      const { group, juliet, romeo, nurse, listener, writer } = await cast();
      expect(await listener.hearsTyping(group)).toBe(true);
      nurse.client.mark();
      romeo.client.mark();
      for (const state of ['composing', 'paused', 'composing', 'inactive'] as const) {
        await writer.shows(group, state);
        expect(await hears(juliet, group)).toMatchObject({
          type: 'headline',
          state,
          card: { jid: romeo.client.bare },
        });
      }
      const isWord = (stanza: Parameters<typeof readTyping>[0]) => readTyping(stanza) !== undefined;
      await Promise.all([nurse.client.none(isWord, world.daemon), romeo.client.none(isWord, world.daemon)]);
      expect((await juliet.history(group)).items.map(({ message }) => message.body)).not.toContain('');
    });

    it('row 39, T26: where nobody has asked, chat states reach nobody', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      await groupSettings(juliet.client).shows(group, 'active');
      juliet.client.mark();
      for (const state of ['composing', 'paused', 'active'] as const) {
        await groupSettings(romeo.client).shows(group, state);
      }
      // What is written afterwards takes the same way.
      await romeo.post(group, 'typed');
      await juliet.hears(group, 'typed');
      const heard = juliet.client.received().map((stanza) => serialise(stanza));
      expect(heard.filter((stanza) => stanza.includes(NS.chatStates))).toEqual([]);
    });

    it('row 39: it ends with the device of the writer, and with the chat of the listener', async () => {
      const { group, juliet, romeo, listener, writer } = await cast();
      await writer.shows(group, 'active');
      await writer.shows(group, 'composing');
      expect((await hears(juliet, group))?.state).toBe('composing');
      await romeo.client.stop();
      expect((await hears(juliet, group))?.state).toBe('gone');
      await listener.shows(group, 'inactive');
      await expect.poll(() => listener.hearsTyping(group)).toBe(false);
      await expect(listener.hearTyping(group, true)).rejects.toMatchObject({
        condition: 'unexpected-request',
      });
    });

    it('row 39: in an incognito group it is a mask that is typing', async () => {
      const { group, juliet, romeo, writer } = await cast({ privacy: 'incognito' });
      const [own] = (await romeo.members(group, { id: '' })).users;
      await writer.shows(group, 'composing');
      const word = await hears(juliet, group);
      expect(word?.card).toMatchObject({ id: own?.id, nickname: own?.nickname });
      expect(word?.card.jid).toBeUndefined();
    });
  });
}
