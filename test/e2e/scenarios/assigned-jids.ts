import { kick } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

/** Reference 6.9, and what the first proposal says of it. */
export function assignedJids(world: World): void {
  describe('assigned JIDs', () => {
    it('row 44, row 50, row 64, row 75: in an incognito group they say who is meant', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Masks', privacy: 'incognito' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      const nurse = await (await world.person('nurse')).device();
      await nurse.join(group);

      await romeo.post(group, 'his');
      const { card } = await nurse.hears(group, 'his');
      await nurse.post(group, 'hers');
      const jid = card?.assigned?.jid;
      if (jid === undefined) throw new Error('no JID was assigned');
      expect([jid, card?.jid]).toEqual([`${group}/${card?.id}`, undefined]);
      const { items } = await nurse.history(group, { with: jid });
      expect(items.map(({ message }) => message.text)).toEqual(['his']);
      expect((await nurse.members(group, { id: jid })).users.map(({ id }) => id)).toEqual([card?.id]);

      // It is no address to write to: what is for one would be read by all.
      await nurse.client.send(`<message to='${jid}' type='chat' id='whisper'><body>Psst</body></message>`);
      await nurse.client.expect(
        ({ name, attrs }) => name === 'message' && attrs.type === 'error' && attrs.id === 'whisper',
        { description: 'the refusal of a message to an assigned JID' },
      );
      await juliet.client.iq(group, 'set', kick.build({ ids: [], jids: [jid] }));
      await romeo.dismissed(group);
    });
  });
}
