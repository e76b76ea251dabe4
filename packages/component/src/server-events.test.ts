import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeShim, startFakeShim } from '../test/fake-shim.js';
import { listenToServer, type ServerListener } from './server-events.js';

let shim: FakeShim;
let listener: ServerListener<'remove_user' | 'user_send_packet'>;

const listening = (secret = 'secret') =>
  listenToServer({
    address: { host: '127.0.0.1', port: shim.port },
    secret,
    events: ['remove_user', 'user_send_packet'],
  });
const event = { kind: 'event', number: 0, again: false, since: 1 } as const;

beforeEach(async () => {
  shim = await startFakeShim('secret');
});
afterEach(async () => {
  await listener.stop();
  await shim.close();
});

it('hears of what it asked for, serves nothing, and comes back', async () => {
  const accepted = shim.accepts();
  listener = listening();
  const up = once(listener, 'up');
  const runner = await accepted;
  await up;
  expect(runner.proven).toMatchObject({ serves: false, events: ['remove_user', 'user_send_packet'] });
  const news = once(listener, 'news');
  // What it cannot read, or has not asked for, is passed over.
  runner.tell({ ...event, name: 'remove_user', user: '@', xml: '' });
  runner.tell({ ...event, name: 'vcard_set', user: 'romeo@example.com', xml: '' });
  runner.tell({ kind: 'taken', number: 1 });
  runner.tell({
    ...event,
    name: 'user_send_packet',
    user: 'romeo@example.com/orchard',
    xml: "<message id='1'/>",
  });
  expect(await news).toEqual([
    {
      name: 'user_send_packet',
      user: 'romeo@example.com/orchard',
      stanza: { name: 'message', attrs: { id: '1' }, children: [] },
    },
  ]);

  const down = once(listener, 'down');
  const again = shim.accepts();
  runner.socket.destroy();
  expect(await down).toMatchObject([{ kind: 'closed' }]);
  const next = await again;
  const more = once(listener, 'news');
  next.tell({ ...event, name: 'remove_user', user: 'romeo@example.com', xml: '' });
  expect(await more).toEqual([{ name: 'remove_user', user: 'romeo@example.com' }]);
});

it('says why it is not let in', async () => {
  listener = listening('another');
  const [problem] = await once(listener, 'retry');
  expect(problem).toMatchObject({ kind: 'refused', condition: 'not-authorized' });
});

it('stops before it was let in', async () => {
  listener = listening('another');
  await listener.stop();
});
