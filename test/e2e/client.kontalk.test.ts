import {
  type KontalkEvents,
  type KontalkGroups,
  type KontalkOptions,
  kontalkGroups,
} from '@xmpp-groups/client';
import { connectionOf } from '@xmpp-groups/client/xmpp-client';
import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import {
  startEjabberd,
  startProsody,
  type XmppEntity,
  type XmppServer,
  xmppEntity,
} from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const bare = (text: string): BareJid => {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};

interface User {
  jid: BareJid;
  entity: XmppEntity;
  groups: KontalkGroups;
  seen: string[];
}
let count = 0;
const users: User[] = [];
async function user(
  server: XmppServer,
  prefix: string,
  options: Partial<KontalkOptions> = {},
): Promise<User> {
  const name = `${prefix}${++count}`;
  await server.register(name, 'pw');
  const entity = xmppEntity({ server, user: name, password: 'pw' });
  entity.on('error', () => undefined);
  const jid = bare(`${name}@localhost`);
  const groups = kontalkGroups(connectionOf(entity), {
    account: jid,
    timeout: 15000,
    autoJoin: () => true,
    ...options,
  });
  const seen: string[] = [];
  const kinds: (keyof KontalkEvents)[] = [
    'message',
    'group',
    'member',
    'subject',
    'invited',
    'sent-state',
    'fault',
    'warning',
    'waiting',
  ];
  for (const kind of kinds)
    groups.on(kind, (event) => {
      seen.push(
        `${kind} ${'text' in event ? event.text : 'kind' in event ? event.kind : 'state' in event ? JSON.stringify(event.state) : 'error' in event ? event.error.message : ''}`,
      );
    });
  await entity.start();
  const made = { jid, entity, groups, seen };
  users.push(made);
  return made;
}
afterEach(async () => {
  for (const { groups, entity } of users.splice(0)) {
    groups.close();
    await entity.stop();
  }
});

describe.each([
  ['ejabberd', () => startEjabberd({ multicast: { limit: 3 } })],
  ['Prosody', () => startProsody()],
])('%s', (_, start) => {
  let server: XmppServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());
  it.each([false, true])('works (literal %s)', async (literal) => {
    const [olga, ann, ben] = [
      await user(server, 'olga', { literal }),
      await user(server, 'ann'),
      await user(server, 'ben'),
    ];
    const made = await olga.groups.create('Sailing', [ann.jid, ben.jid]);
    console.log(await made.outcome);
    const { group } = made;
    await expect.poll(() => ann.seen).toContain('group joined');
    await olga.groups.send(group, 'Hi');
    await expect.poll(() => ann.seen).toContain('message Hi');
    await expect.poll(() => ben.seen).toContain('message Hi');
    await ben.groups.send(group, 'Hello');
    await expect.poll(() => ann.seen).toContain('message Hello');
    await expect.poll(() => olga.seen).toContain('message Hello');
    console.log(olga.seen, ann.seen, ben.seen);
  });
});
