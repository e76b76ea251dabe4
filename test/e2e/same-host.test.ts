import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as openSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, localpartOf } from '@xmpp-groups/core/jid';
import { create, removal } from '@xmpp-groups/core/xabber';
import { discoInfo, vcard } from '@xmpp-groups/core/xep';
import { NS, serialise, type XmlElement, xml } from '@xmpp-groups/core/xml';
import {
  bare,
  type Component,
  connect,
  type Ejabberd,
  freePorts,
  type GroupUser,
  groupUser,
  payloadOf,
  stanzaError,
  startComponent,
  startEjabberd,
  textMessage,
} from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rawRunner } from './raw-runner.js';
import { archivedBy } from './talk.js';

const HOST = 'localhost';
const SECRET = 'a secret of the tests';
const PASSWORD = 'pw';
const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-e2e-'));
const users: GroupUser[] = [];
let ports: number[];
let server: Ejabberd;
let component: Component;

const startServer = async (): Promise<Ejabberd> => {
  const [c2s = 0, http = 0, shim = 0] = ports;
  return startEjabberd({
    dir: join(folder, 'server'),
    ports: { c2s, http },
    shim: { domain: HOST, sameHost: true, secret: SECRET, listen: `127.0.0.1:${shim}`, patience: 1 },
    modules: { mod_register: { ip_access: 'all', access: 'register' } },
  });
};

beforeAll(async () => {
  ports = await freePorts(3);
  server = await startServer();
  component = await startComponent({
    via: 'ejabberd',
    port: ports[2] ?? 0,
    domain: HOST,
    secret: SECRET,
    storageUrl: `sqlite:${join(folder, 'groups.db')}`,
  });
  for (const name of ['juliet', 'romeo']) await server.register(name, PASSWORD);
});

const sendHome = async (): Promise<void> => {
  await Promise.allSettled(users.splice(0).map(({ client }) => client.stop()));
};
afterEach(sendHome);
afterAll(async () => {
  await component?.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Logs in, and is available. */
async function online(user: string): Promise<GroupUser> {
  const client = await connect({ server, user, password: PASSWORD });
  await client.roster.get();
  await client.sendPresence();
  await client.roster.get();
  const online = groupUser(client);
  users.push(online);
  return online;
}

/** Registers an account on a connection of its own, as clients do before they log in; the answer as text (XEP-0077). */
async function registerInBand(username: string): Promise<string> {
  const socket = openSocket({ host: '127.0.0.1', port: server.c2sPort });
  let read = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    read += chunk;
  });
  const until = async (end: string): Promise<void> => {
    while (!read.includes(end)) await once(socket, 'data');
  };
  try {
    socket.write(
      `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='${HOST}' version='1.0'>`,
    );
    await until('</stream:features>');
    socket.write(
      `<iq type='set' id='r'><query xmlns='jabber:iq:register'><username>${username}</username>` +
        `<password>${PASSWORD}</password></query></iq>`,
    );
    await until('</iq>');
    return read;
  } finally {
    socket.destroy();
  }
}

const CONFLICT = { condition: 'conflict', code: 409 };

const errorFor = (id: string) => (stanza: XmlElement) =>
  stanza.attrs.type === 'error' && stanza.attrs.id === id;

describe('names', () => {
  it('an account has its name: no group can take it (error row 5)', async () => {
    const juliet = await online('juliet');
    for (const localpart of ['romeo', 'Romeo', 'juliet']) {
      await expect(juliet.client.iq(HOST, 'set', create.build({ localpart }))).rejects.toMatchObject(
        CONFLICT,
      );
    }
    const group = await juliet.create(HOST, { name: 'Without a name' });
    expect(localpartOf(group)).toMatch(/^[a-z0-9]{10}$/);
  });

  it('a group has its name: nobody can register it, set its password or log in', async () => {
    const juliet = await online('juliet');
    await juliet.create(HOST, { localpart: 'verona', name: 'Verona' });
    await expect(server.register('verona', PASSWORD)).rejects.toThrow('already registered');
    expect(await registerInBand('verona')).toContain('<conflict ');
    const change = { user: 'verona', host: HOST, newpass: PASSWORD };
    await expect(server.api('change_password', change)).rejects.toThrow();
    for (const mechanism of [undefined, 'PLAIN'] as const) {
      const login = { server, user: 'verona', password: PASSWORD, ...(mechanism && { mechanism }) };
      await expect(connect(login)).rejects.toThrow();
    }
    expect(await server.api('check_password', { user: 'verona', host: HOST, password: PASSWORD })).toBe(1);
    expect(await server.api('registered_users', { host: HOST })).not.toContain('verona');
  });

  it('a group that is gone leaves its name to accounts, and is not answered from an archive until then', async () => {
    const juliet = await online('juliet');
    const group = await juliet.create(HOST, { localpart: 'mantua', name: 'Mantua' });
    await juliet.client.iq(HOST, 'set', removal.build({ text: 'mantua' }));
    await expect(archivedBy(juliet, group)).rejects.toMatchObject({ condition: 'item-not-found' });
    await server.register('mantua', PASSWORD);
    await expect(juliet.client.iq(HOST, 'set', create.build({ localpart: 'mantua' }))).rejects.toMatchObject(
      CONFLICT,
    );
    const account = await online('mantua');
    const heard = account.client.expect((stanza) => serialise(stanza).includes('>To you<'));
    await juliet.client.send(textMessage(group, 'To you', 'to-you'));
    await heard;
  });

  it('what is refused takes no name', async () => {
    const juliet = await online('juliet');
    const bad = create.build({ localpart: 'padua', name: 'x'.repeat(100_000) });
    await Promise.allSettled([juliet.client.iq(HOST, 'set', bad)]);
    await server.register('padua', PASSWORD);
  });
});

describe('a user of the host', () => {
  it('has his own messages, archive and vCard, as if there were no groups', async () => {
    const [juliet, romeo] = [await online('juliet'), await online('romeo')];
    await juliet.client.iq(undefined, 'set', vcard.build({ nickname: 'Jule' }));
    const card = pick(vcard, payloadOf(await romeo.client.iq(juliet.client.bare, 'get', vcard.build({}))));
    expect(card?.ok && card.value.nickname).toBe('Jule');
    const heard = romeo.client.expect((stanza) => serialise(stanza).includes('>Between us<'));
    await juliet.client.send(textMessage(bare(romeo.client.bare), 'Between us', 'between'));
    await heard;
    for (const user of [juliet, romeo]) {
      expect((await archivedBy(user)).filter((text) => text.includes('>Between us<'))).toHaveLength(1);
    }
  });

  it('is never spoken for by a daemon', async () => {
    const juliet = await online('juliet');
    const group = await juliet.create(HOST, { localpart: 'orchard', name: 'Orchard' });
    const runner = await rawRunner(ports[2] ?? 0, SECRET);
    try {
      const to = juliet.client.bare;
      const from = [
        `romeo@${HOST}`,
        `romeo@${HOST}/x`,
        `nobody@${HOST}`,
        `example.com`,
        group,
        `${group}/Group`,
        HOST,
      ];
      for (const [at, sender] of from.entries()) {
        runner.route(
          `<message from='${sender}' to='${to}' type='chat' id='raw${at}'><body>raw</body></message>`,
        );
      }
      await juliet.client.expect((stanza) => stanza.attrs.id === `raw${from.length - 1}`);
      const came = juliet.client.received().filter((stanza) => stanza.attrs.id?.startsWith('raw'));
      expect(came.map((stanza) => stanza.attrs.from)).toEqual(from.slice(-3));
    } finally {
      runner.close();
    }
  });
});

describe('without a daemon', () => {
  const expectRefusals = async (group: BareJid): Promise<void> => {
    const juliet = await online('juliet');
    await juliet.client.send(textMessage(bare(juliet.client.bare), 'Dear diary', 'diary'));
    const refused = { condition: 'remote-server-timeout' };
    const info = discoInfo.build({ identities: [], features: [], forms: [] });
    for (const to of [group, `${group}/Group`]) {
      for (const question of [vcard.build({}), info, xml('ping', { xmlns: NS.ping })]) {
        await expect(juliet.client.iq(to, 'get', question)).rejects.toMatchObject(refused);
      }
      await expect(archivedBy(juliet, to)).rejects.toMatchObject(refused);
    }
    // Nothing of his own archive came under the name of the group.
    expect(juliet.client.received().filter((stanza) => serialise(stanza).includes('<result '))).toEqual([]);
    const error = juliet.client.expect(errorFor('too-late'));
    await juliet.client.send(textMessage(group, 'Is anybody there?', 'too-late'));
    expect(stanzaError(await error).condition).toBe('remote-server-timeout');
    await expect(juliet.client.iq(HOST, 'set', create.build({ name: 'New' }))).rejects.toMatchObject(refused);
    await expect(server.register(localpartOf(group) ?? '', PASSWORD)).rejects.toThrow('already registered');
  };
  const group = bare(`capulet@${HOST}`);

  it('a group answers nothing, nobody answers in its place, and its name is taken', async () => {
    const juliet = await online('juliet');
    expect(await juliet.create(HOST, { localpart: 'capulet', name: 'Capulet' })).toBe(group);
    await juliet.post(group, 'Good morrow');
    await sendHome();
    await component.kill9();
    await expectRefusals(group);
  });

  it('also after a restart of ejabberd; with a daemon the group goes on', async () => {
    await sendHome();
    await server.stop();
    server = await startServer();
    await expectRefusals(group);
    await component.restart();
    const juliet = await online('juliet');
    await juliet.post(group, 'and good night');
    const texts = (await juliet.history(group)).items.map(({ message }) => message.text);
    expect(texts).toEqual(expect.arrayContaining(['Good morrow', 'and good night']));
  });
});

describe('the configuration', () => {
  it('is refused when nothing keeps accounts from having the names of groups', async () => {
    const [port = 0] = await freePorts(1);
    const shim = { domain: HOST, sameHost: true, secret: SECRET, listen: `127.0.0.1:${port}` };
    for (const auth_method of [['mnesia'], ['mnesia', 'xmpp_groups']]) {
      await expect(startEjabberd({ shim, config: { auth_method } })).rejects.toThrow(
        'xmpp_groups has to stand first in auth_method',
      );
    }
  });
});
