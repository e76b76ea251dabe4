import { elementsOf, xml } from '@xmpp-groups/core/xml';
import { readGroupMessage } from '@xmpp-groups/harness';
import { describe, it } from 'vitest';
import type { World } from '../world.js';

const CARBONS = 'urn:xmpp:carbons:2';
const priority = (number: number) => [xml('priority', {}, [String(number)])];

/** Copies go to bare JIDs: which devices get them is the business of the account's server (RFC 6121, section 8.5.2). */
export function devices(world: World): void {
  describe('the devices of a member', () => {
    it('get a copy each, a carbon, later, or nothing, as the server does with any message to the account', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const [romeo, nurse, tybalt, paris] = [
        await world.person('romeo'),
        await world.person('nurse'),
        await world.person('tybalt'),
        await world.person('paris'),
      ];
      const [phone, web, tablet] = [
        await romeo.device({ resource: 'phone' }),
        await romeo.device({ resource: 'web' }),
        await romeo.device({ resource: 'tablet' }),
      ];
      const only = await nurse.device();
      const deaf = await tybalt.device();
      const away = await paris.device();
      for (const member of [phone, only, deaf, away]) await member.join(group);

      await tablet.client.sendPresence({}, priority(0));
      for (const { client } of [phone, web]) await client.sendPresence({}, priority(5));
      await tablet.client.iq(undefined, 'set', xml('enable', { xmlns: CARBONS }));
      await deaf.client.iq(
        undefined,
        'set',
        xml('block', { xmlns: 'urn:xmpp:blocking' }, [xml('item', { jid: group })]),
      );
      await away.client.sendPresence({}, priority(-1));
      // The answer says that the server has worked off what was sent before.
      for (const { client } of [phone, web, tablet, away]) await client.roster.get();

      await juliet.send(group, 'one for all');
      for (const device of [phone, web, only]) await device.hears(group, 'one for all');
      await tablet.client.expect((stanza) =>
        elementsOf(stanza).some(({ name, attrs }) => name === 'received' && attrs.xmlns === CARBONS),
      );
      for (const device of [deaf, away]) {
        await device.client.none((stanza) => readGroupMessage(stanza)?.text === 'one for all');
      }
      // Prosody keeps nothing for later that says it is kept elsewhere (XEP-0334): the member reads the group's archive.
      if (world.kind === 'Prosody') return;
      await away.client.sendPresence({}, priority(1));
      await away.hears(group, 'one for all');
    });
  });
}
