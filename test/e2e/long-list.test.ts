import type { BareJid } from '@xmpp-groups/core/jid';
import { bare, seedGroups } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import { inWorld, type World } from './world.js';

/** Their list is a text of more than the megabyte that a component may send to the servers of these tests. */
const MEMBERS = 6_000;

/** A group that is so large when the component first hears of it: as many joined over the years. */
async function crowd({ database, groups }: World, owner: string): Promise<BareJid> {
  const group = bare(`verona@${groups}`);
  const others = Array.from({ length: MEMBERS - 1 }, (_, at) => `citizen${at}@elsewhere.example`);
  await seedGroups(`sqlite:${database}`, [{ jid: group, members: [owner, ...others] }]);
  return group;
}

const TOO_LONG = expect.objectContaining({ condition: 'resource-constraint' });

describe('a list of members that is longer than what Prosody takes from a component', () => {
  const world = inWorld('Prosody');

  it('ends the stream once; from then on it is refused, and can be read in pages', async () => {
    const person = await world.person('juliet');
    const juliet = await person.device();
    const group = await crowd(world, person.bare);
    const accepted = (): number => world.component.log().split('accepts groups.localhost').length - 1;

    // The answer is lost with the stream.
    const asking = await person.device();
    const lost = asking.members(group).catch((error: unknown) => error);
    await expect.poll(accepted, { timeout: 20_000 }).toBe(2);
    expect(world.component.log()).toContain('component.maxStanzaBytes');
    await expect(juliet.members(group)).rejects.toEqual(TOO_LONG);
    const page = await juliet.members(group, { rsm: { max: 100 } });
    expect(page.users).toHaveLength(100);
    expect(page.rsm?.count).toBe(MEMBERS);
    expect(accepted()).toBe(2);
    await asking.client.stop();
    expect(await lost).toBeInstanceOf(Error);
  });
});

describe('where the configuration tells how much the server takes', () => {
  const world = inWorld('Prosody', { XMPP_GROUPS_COMPONENT_MAXSTANZABYTES: '1048576' });

  it('is refused at once', async () => {
    const person = await world.person('juliet');
    const juliet = await person.device();
    const group = await crowd(world, person.bare);
    await expect(juliet.members(group)).rejects.toEqual(TOO_LONG);
    expect((await juliet.members(group, { rsm: { max: 5 } })).users).toHaveLength(5);
  });
});
