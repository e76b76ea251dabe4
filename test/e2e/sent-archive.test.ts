import { expect, it } from 'vitest';
import { archivedBy } from './talk.js';
import { GROUPS, inWorld } from './world.js';

const world = inWorld('ejabberd by shim', {}, { shim: { archiveSent: true } });

it('what a member sends is in his own archive, too, where the operator wants that', async () => {
  const juliet = await (await world.person('juliet')).device();
  const group = await juliet.create(GROUPS, { name: 'Verona' });
  await juliet.post(group, 'Good morrow');
  expect(await archivedBy(juliet)).toContainEqual(expect.stringContaining('>Good morrow<'));
});
