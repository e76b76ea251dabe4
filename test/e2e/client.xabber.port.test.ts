import { type Connection, xabberGroups } from '@xmpp-groups/client';
import { describe, expect, it } from 'vitest';
import { openStream, type Stream } from '../../examples/import-core/src/stream.js';
import { clientUsers, texts } from './client-users.js';
import { inWorld } from './world.js';

const world = inWorld('ejabberd by multicast');
const { verona } = clientUsers(world);

/** All that another library needs to be a connection of the client: this one has no XMPP library at all. */
function connectionOver(stream: Stream): Connection {
  return {
    send: async (element) => stream.send(element),
    subscribe: (listener) => stream.onStanza((element) => listener({ kind: 'element', element })),
    own: () => stream.jid,
  };
}

describe('XabberGroups over another connection', () => {
  it('joins, hears, sends, catches up and leaves', async () => {
    const { juliet, group } = await verona();
    const { name, password } = await world.person('paris');
    const account = { url: world.server.websocketUrl, domain: 'localhost', name, password };
    const stream = await openStream(account);
    const paris = xabberGroups(connectionOver(stream), { timeout: 15_000 });
    const heard: string[] = [];
    paris.on('message', ({ message, own }) => {
      if (!own && message.system === undefined) heard.push(message.text);
    });
    await paris.join(group);
    await juliet.groups.send(group, 'Good morrow').outcome;
    await expect.poll(() => heard).toEqual(['Good morrow']);
    const outcome = await paris.send(group, 'Good day').outcome;
    expect(outcome.kind).toBe('stored');
    await expect.poll(() => texts(juliet)).toEqual(['Good morrow', 'Good day']);

    const position = paris.position(group);
    paris.close();
    await stream.close();
    await juliet.groups.send(group, 'Where art thou?').outcome;
    const again = await openStream(account);
    const back = xabberGroups(connectionOver(again), { timeout: 15_000 });
    back.on('message', ({ message }) => heard.push(message.text));
    await back.follow(group, position);
    expect(heard).toEqual(['Good morrow', 'Where art thou?']);
    await back.leave(group);
    await expect(back.members(group)).rejects.toMatchObject({ condition: 'not-allowed' });
    back.close();
    await again.close();
  });
});
