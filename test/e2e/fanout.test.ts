import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Component,
  connect,
  type Ejabberd,
  type EjabberdOptions,
  type GroupUser,
  groupUser,
  startComponent,
  startEjabberd,
} from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';

const GROUPS = 'groups.localhost';
const SECRET = 'secret';

/** The value of a counter of the daemon, all its labels added up. */
async function counter(component: Component, name: string): Promise<number> {
  const lines = (await component.metrics()).split('\n').filter((line) => line.startsWith(name));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** A group of five on a server with these options; `then` is run in it, and everything is stopped after it. */
async function withGroup(
  options: EjabberdOptions,
  then: (parts: {
    server: Ejabberd;
    component: Component;
    people: readonly [GroupUser, ...GroupUser[]];
    group: Parameters<GroupUser['post']>[0];
  }) => Promise<void>,
): Promise<void> {
  const server = await startEjabberd({ components: [{ domain: GROUPS, secret: SECRET }], ...options });
  try {
    const port = server.componentPort(GROUPS);
    const component = await startComponent({ port, domain: GROUPS, secret: SECRET });
    try {
      const login = async (user: string): Promise<GroupUser> => {
        await server.register(user, 'pw');
        const client = await connect({ server, user, password: 'pw' });
        await client.roster.get();
        await client.sendPresence();
        return groupUser(client);
      };
      const owner = await login('owner');
      const others = await Promise.all(['a', 'b', 'c', 'd'].map(login));
      const group = await owner.create(GROUPS, { name: 'Verona' });
      for (const other of others) await other.join(group);
      await then({ server, component, people: [owner, ...others], group });
      await Promise.all([owner, ...others].map(({ client }) => client.stop()));
    } finally {
      await component.stop();
    }
  } finally {
    await server.stop();
  }
}

/** All people say something at once; everybody must hear everybody else. */
async function everybodyTalks(
  people: readonly GroupUser[],
  group: Parameters<GroupUser['post']>[0],
  word: string,
): Promise<void> {
  for (const [at, speaker] of people.entries()) {
    const text = `${word} ${at}`;
    const listeners = people.filter((person) => person !== speaker);
    await Promise.all([speaker.post(group, text), ...listeners.map((person) => person.hears(group, text))]);
  }
}

describe('the way of the copies', () => {
  it('is the multicast service where the server has one: fewer stanzas than deliveries', () =>
    withGroup({ multicast: { limit: 100 } }, async ({ component, people, group }) => {
      expect(component.log()).toMatch(/copies go by multicast/);
      const before = await counter(component, 'xmpp_groups_stanzas_out_total{kind="message"}');
      const delivered = await counter(component, 'xmpp_groups_deliveries_total');
      await everybodyTalks(people, group, 'word');
      // Five messages: a list of four and an echo each.
      expect((await counter(component, 'xmpp_groups_stanzas_out_total{kind="message"}')) - before).toBe(10);
      expect((await counter(component, 'xmpp_groups_deliveries_total')) - delivered).toBe(25);
    }));

  it.each([
    ['there is no multicast service', { multicast: false }, /offers no multicast service/],
    [
      'the service refuses the component',
      { modules: { mod_multicast: { access: 'none' } } },
      /does not carry messages of this component/,
    ],
  ] as const)('is one stanza each where %s', (_, options, reason) =>
    withGroup(options, async ({ component, people, group }) => {
      expect(component.log()).toMatch(reason);
      await everybodyTalks(people, group, 'word');
    }),
  );

  it('changes when the service sends a list back, and nobody misses that message', () =>
    withGroup({ multicast: { limit: 100 } }, async ({ server, component, people, group }) => {
      await everybodyTalks(people, group, 'before');
      const file = join(server.dir, 'ejabberd.yml');
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/(message|presence): 100$/gm, '$1: 2'));
      await server.api('reload_config');
      await server.api('restart_module', { host: 'localhost', module: 'mod_multicast' });
      await everybodyTalks(people, group, 'after');
      expect(component.log()).toMatch(/sent a list back/);
    }));
});
