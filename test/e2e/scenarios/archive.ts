import { pick } from '@xmpp-groups/core/codec';
import { iq, message } from '@xmpp-groups/core/stanza';
import { rights } from '@xmpp-groups/core/xabber';
import { firstValueOf } from '@xmpp-groups/core/xep';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

/** Reference 8.2, 9.2 and 12; rows 48 to 50, 57 and 74 to 77 of its section 19. */
export function archive(world: World): void {
  describe('the archive', () => {
    it('row 74: is read page by page in both directions, without gaps, system messages included', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const texts = Array.from({ length: 25 }, (_, at) => `message ${at}`);
      for (const text of texts) await juliet.post(group, text);
      const all = await juliet.history(group, {}, { max: 100 });
      expect(all).toMatchObject({ complete: true, rsm: { count: 26 } });
      expect(all.items.map(({ message: item }) => item.text).slice(1)).toEqual(texts);

      const forward: string[] = [];
      for (let after: string | undefined, complete = false; !complete; ) {
        const page = await juliet.history(group, {}, { max: 10, after });
        expect(page.items.length === 10 || page.complete).toBe(true);
        forward.push(...page.items.map(({ id }) => id));
        ({ complete } = page);
        after = page.rsm.last;
      }
      expect(forward).toEqual(all.items.map(({ id }) => id));

      const backward: string[] = [];
      for (let before = '', complete = false; !complete; ) {
        const page = await juliet.history(group, {}, { max: 7, before });
        backward.unshift(...page.items.map(({ id }) => id));
        ({ complete } = page);
        before = page.rsm.first?.id ?? '';
      }
      expect(backward).toEqual(forward);
    });

    it('row 74: gives its messages as from the group, without a type outside, with the queryid in the end (T12, T13)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      await juliet.post(group, 'a word');
      const page = await juliet.history(group, {}, { before: '', max: 1 });
      const [item] = page.items;
      if (item === undefined) throw new Error('an empty page');
      expect(page.queryId).toBe(item.queryId);
      expect(item.element.attrs.type).toBeUndefined();
      const inner = message.parse(item.message.element);
      expect(inner.ok && [inner.value.from, inner.value.to, inner.value.type]).toEqual([
        group,
        group,
        'chat',
      ]);
      expect(item.id).toBe(item.message.stanzaId);
      expect(Date.parse(item.stamp ?? '')).toBe(Math.floor(Number(item.id) / 1000));
    });

    it('rows 75, 76, 77: can be searched by author, text, time and id (error row 58)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      const first = await juliet.post(group, 'Ромео, о Ромео');
      await romeo.post(group, '100% sure_of it');
      await juliet.post(group, 'ok');
      const texts = async (fields: Parameters<typeof juliet.history>[1]) =>
        (await juliet.history(group, fields)).items.map(({ message: item }) => item.text);
      const me = (await romeo.members(group, { id: '' })).users[0]?.id ?? '';
      expect(await texts({ with: me })).toEqual(['100% sure_of it']);
      expect(await texts({ with: romeo.client.bare })).toEqual(['100% sure_of it']);
      expect(await texts({ with: 'nobody' })).toEqual([]);
      expect(await texts({ withtext: 'РОМЕО' })).toEqual(['Ромео, о Ромео']);
      expect(await texts({ withtext: '0%' })).toEqual(['100% sure_of it']);
      expect(await texts({ withtext: 'ok' })).toEqual(['ok']);
      expect(await texts({ ids: [first.stanzaId ?? ''] })).toEqual(['Ромео, о Ромео']);
      expect(await texts({ '{urn:xmpp:sid:0}stanza-id': first.stanzaId ?? '' })).toEqual(['Ромео, о Ромео']);
      const after = new Date(Number(first.stanzaId) / 1000 + 1).toISOString().replace('Z', '+00:00');
      expect(await texts({ start: after })).toEqual(['100% sure_of it', 'ok']);
      await expect(juliet.history(group, { start: 'yesterday' })).rejects.toMatchObject({
        condition: 'bad-request',
      });
      await expect(juliet.history(group, {}, { after: 'nothing' })).rejects.toMatchObject({
        condition: 'item-not-found',
      });
    });

    it('what xabber-web asks when it opens a group is answered (T24, error row 34; appendix A, steps 1 to 5)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const speaker = `${group}/Group`;
      const own = await juliet.client.iq(
        speaker,
        'get',
        rights.build({ permissions: [], restrictions: [], user: { id: '' } }),
      );
      const answer = iq.parse(own);
      const form = answer.ok ? pick(rights, answer.value.payload) : undefined;
      if (!form?.ok || form.value.form === undefined) throw new Error('no form of rights');
      expect(own.attrs.from).toBe(speaker);
      expect(firstValueOf(form.value.form, 'owner')).toBe('0');
      expect(firstValueOf(form.value.form, 'send-messages')).toBeUndefined();
      const all = iq.parse(
        await juliet.client.iq(speaker, 'get', rights.build({ permissions: [], restrictions: [] })),
      );
      const list = all.ok ? pick(rights, all.value.payload) : undefined;
      expect(list?.ok && list.value.permissions.map(({ name }) => name)).toContain('owner');
    });
  });
}
