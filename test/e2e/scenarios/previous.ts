import type { BareJid } from '@xmpp-groups/core/jid';
import { retractUser } from '@xmpp-groups/core/xabber';
import type { GroupUser } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

/** All ids of the archive, each with the one that its message names as the one before. */
const chain = async (user: GroupUser, group: BareJid, fields: Readonly<Record<string, string>> = {}) =>
  (await user.history(group, fields)).items.map(({ id, message }) => [id, message.previousId] as const);

/** What an archive with these ids should say. */
const chained = (ids: readonly string[]) => ids.map((id, at) => [id, ids[at - 1] ?? ''] as const);

/** Reference 6.8. */
export function previous(world: World): void {
  describe('the message before', () => {
    it('row 41: copies, echo and archive name it, also after a retraction and a restart', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      const joined = (await juliet.told(group, 'join')).stanzaId;
      const one = await romeo.post(group, 'one');
      expect([one.previousId, (await juliet.hears(group, 'one')).previousId]).toEqual([joined, joined]);
      const two = await romeo.post(group, 'two');
      expect(two.previousId).toBe(one.stanzaId);
      const whole = await chain(juliet, group);
      expect(whole).toEqual(chained(whole.map(([id]) => id)));

      await romeo.retract(group, two.stanzaId ?? '');
      const three = await juliet.post(group, 'three');
      expect(three.previousId).toBe(one.stanzaId);
      await romeo.retract(group, one.stanzaId ?? '');
      const rest = await chain(juliet, group);
      expect(rest).toEqual(chained(rest.map(([id]) => id)));
      expect(rest.at(-1)).toEqual([three.stanzaId, joined]);

      await world.component.restart();
      const four = await juliet.post(group, 'four');
      expect(four.previousId).toBe(three.stanzaId);
    });

    it('row 41: the same in pages of one member, and when all of one member is retracted', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      const hers = await juliet.post(group, 'hers');
      const his = await romeo.post(group, 'his');
      const last = await romeo.post(group, 'his too');
      const [card] = (await romeo.members(group, { id: '' })).users;
      expect(await chain(juliet, group, { with: card?.id ?? '' })).toEqual([
        [his.stanzaId, hers.stanzaId],
        [last.stanzaId, his.stanzaId],
      ]);
      await juliet.client.iq(group, 'set', retractUser.build({ id: card?.id ?? '', symmetric: true }));
      expect((await juliet.post(group, 'next')).previousId).toBe(hers.stanzaId);
    });
  });
}
