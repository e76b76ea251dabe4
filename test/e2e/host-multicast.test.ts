import { pick } from '@xmpp-groups/core/codec';
import { servesBlind, serviceIn } from '@xmpp-groups/core/multicast';
import { carbonReceived, discoInfo } from '@xmpp-groups/core/xep';
import { elementsOf, parse, serialise, type XmlElement, xml } from '@xmpp-groups/core/xml';
import {
  bare,
  connect,
  type Ejabberd,
  stanzaError,
  startEjabberd,
  type XmppClient,
} from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inKontalkWorld, type KontalkUser, wireOf } from './kontalk-world.js';

const HOST = bare('localhost');
const NS = 'http://jabber.org/protocol/address';

/** What Kontalk's clients put into a message, with characters that somebody might think to write otherwise. */
const GROUP = `<group xmlns='http://kontalk.org/extensions/message#group' id='g1' owner='olga1@localhost' type='set'><subject>&lt;Segeln&gt; &amp; "Rudern" 🌊</subject><add jid='cleo@localhost'/></group>`;
const SEALED = `<e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>hQEMA/+=\nsecond line</e2e>`;

const listOf = (
  ...addresses: readonly (readonly [type: string, jid: string, served?: 'served'])[]
): string => {
  const lines = addresses.map(
    ([type, jid, served]) =>
      `<address type='${type}' jid='${jid}'${served === undefined ? '' : " delivered='true'"}/>`,
  );
  return `<addresses xmlns='${NS}'>${lines.join('')}</addresses>`;
};

const hasId =
  (id: string) =>
  ({ attrs }: XmlElement): boolean =>
    attrs.id === id;

/** The children of a stanza as they were written by their sender: without what servers add for the archive. */
const payloadOf = (stanza: XmlElement): string =>
  elementsOf(stanza)
    .filter(({ name }) => name !== 'stanza-id' && name !== 'archived')
    .map((child) => serialise(child))
    .join('');

const asSent = (text: string): string => {
  const read = parse(text);
  if (!read.ok) throw new Error(text);
  return serialise(read.value);
};

describe('the server itself takes lists of addresses', () => {
  let server: Ejabberd | undefined;
  const clients: XmppClient[] = [];
  let count = 0;

  beforeAll(async () => {
    server = await startEjabberd({
      multicast: false,
      modules: {
        mod_xmpp_groups_multicast: { access: 'multicast', limits: { local: { message: 3 } } },
      },
      config: {
        acl: {
          local: { user_regexp: '' },
          loopback: { ip: ['127.0.0.0/8'] },
          mallory: { user: 'mallory@localhost' },
        },
        access_rules: {
          c2s: { allow: 'all' },
          local: { allow: 'local' },
          register: { allow: 'all' },
          multicast: [{ deny: 'mallory' }, { allow: 'all' }],
        },
      },
    });
    for (const user of ['mallory', 'nobody']) await server.register(user, 'pw');
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.stop()));
  });
  afterAll(() => server?.stop());

  async function login(user: string, resource = 'phone'): Promise<XmppClient> {
    if (server === undefined) throw new Error('there is no server');
    const client = await connect({ server, user, password: 'pw', resource });
    clients.push(client);
    await client.roster.get();
    await client.sendPresence();
    await client.roster.get();
    return client;
  }
  async function account(prefix: string): Promise<string> {
    count += 1;
    await server?.register(`${prefix}${count}`, 'pw');
    return `${prefix}${count}`;
  }
  const person = async (prefix: string): Promise<XmppClient> => login(await account(prefix));

  it('and says so, with as many addresses as it takes', async () => {
    const olga = await person('olga');
    const answer = await olga.iq(HOST, 'get', discoInfo.build({ identities: [], features: [], forms: [] }));
    const info = pick(discoInfo, elementsOf(answer));
    if (!info?.ok) throw new Error(serialise(answer));
    expect(serviceIn(HOST, info.value, 1)).toEqual({ jid: HOST, limit: 3 });
    expect(servesBlind(info.value)).toBe(true);
  });

  it('sends to each on it what the sender wrote, in his name, once and without the list', async () => {
    const [olga, ann, ben, cleo] = [
      await person('olga'),
      await person('ann'),
      await person('ben'),
      await person('cleo'),
    ];
    const list = listOf(
      ['to', ann.bare],
      ['cc', ann.bare.toUpperCase()],
      ['bcc', ben.jid],
      ['to', cleo.bare, 'served'],
      ['bcc', cleo.bare],
    );
    await olga.send(`<message type='chat' id='m1' to='localhost'>${list}${GROUP}${SEALED}</message>`);
    await olga.send(
      `<message id='m2' to='localhost'>${listOf(['to', ann.bare], ['to', cleo.bare])}<body>x</body></message>`,
    );
    for (const [client, to] of [
      [ann, ann.bare],
      [ben, ben.jid],
    ] as const) {
      const copy = await client.expect(hasId('m1'));
      expect(copy.attrs).toMatchObject({ from: olga.jid, to, type: 'chat' });
      expect(payloadOf(copy)).toBe(asSent(`<x>${GROUP}${SEALED}</x>`).slice(3, -4));
    }
    for (const client of [ann, cleo]) await client.expect(hasId('m2'));
    expect(ann.received(hasId('m1'))).toHaveLength(1);
    expect(cleo.received(hasId('m1'))).toEqual([]);
    // The recipient's own archive has it, as any other message of the sender.
    expect(
      ann
        .received(hasId('m2'))
        .map((copy) => serialise(copy))
        .join(),
    ).toContain(`by='${ann.bare}'`);
    await olga.none((stanza) => stanza.attrs.type === 'error');
  });

  it('keeps it for who is away, a command without a body too', async () => {
    const olga = await person('olga');
    const [ann, ben] = [await account('ann'), await account('ben')];
    await olga.send(
      `<message type='chat' id='m1' to='localhost'>${listOf(['to', `${ann}@localhost`], ['to', `${ben}@localhost`])}${GROUP}</message>`,
    );
    await olga.none((stanza) => stanza.attrs.type === 'error');
    for (const user of [ann, ben]) {
      const copy = await (await login(user)).expect(hasId('m1'));
      expect(serialise(copy)).toContain(asSent(GROUP));
      expect(serialise(copy)).not.toContain(NS);
    }
  });

  it('keeps who blocks whom apart, and has carbons as any message', async () => {
    const [olga, ann, ben] = [await person('olga'), await person('ann'), await person('ben')];
    const tablet = await login(ann.bare.split('@', 1).join(), 'tablet');
    await tablet.iq(undefined, 'set', xml('enable', { xmlns: 'urn:xmpp:carbons:2' }));
    const cleo = await person('cleo');
    const block = (jid: string) => xml('block', { xmlns: 'urn:xmpp:blocking' }, [xml('item', { jid })]);
    await ben.iq(undefined, 'set', block(olga.bare));
    await olga.iq(undefined, 'set', block(cleo.bare));
    const list = listOf(['to', ann.jid], ['to', ben.bare], ['to', cleo.bare]);
    await olga.send(`<message type='chat' id='m1' to='localhost'>${list}<body>Hi</body></message>`);
    await ann.expect(hasId('m1'));
    await tablet.expect((stanza) => {
      const carbon = pick(carbonReceived, elementsOf(stanza));
      return carbon?.ok === true && serialise(stanza).includes("id='m1'");
    });
    const error = await olga.expect((stanza) => stanza.attrs.from === cleo.bare);
    expect(stanzaError(error).condition).toBe('not-acceptable');
    for (const client of [ben, cleo]) await client.none(hasId('m1'));
  });

  it('does so with presence, and with the farewell of who goes offline', async () => {
    const [olga, ann, ben] = [await person('olga'), await person('ann'), await person('ben')];
    const list = listOf(['to', ann.bare], ['bcc', ben.bare]);
    await olga.send(`<presence to='localhost'>${list}<status>here</status></presence>`);
    const isOf = (type: string | undefined) => (stanza: XmlElement) =>
      stanza.name === 'presence' && stanza.attrs.from === olga.jid && stanza.attrs.type === type;
    for (const client of [ann, ben]) {
      expect(serialise(await client.expect(isOf(undefined)))).toContain('here');
    }
    await olga.send(`<presence to='localhost' type='unavailable'>${listOf(['to', ben.bare])}</presence>`);
    await ben.expect(isOf('unavailable'));
    await olga.stop();
    await ann.expect(isOf('unavailable'));
    await ben.none(isOf('unavailable'));
  });

  it.each<{ what: string; user?: string; content: string; condition: string }>([
    { what: 'no list, as before', content: '<body>x</body>', condition: 'item-not-found' },
    {
      what: 'a list of another name',
      content: "<addresses xmlns='urn:x'/><body>x</body>",
      condition: 'item-not-found',
    },
    { what: 'an empty list', content: listOf(), condition: 'bad-request' },
    { what: 'two lists', content: listOf(['to', 'nobody@localhost']).repeat(2), condition: 'bad-request' },
    {
      what: 'what is no address',
      content: listOf(['to', 'nobody@localhost'], ['to', '@localhost']),
      condition: 'jid-malformed',
    },
    {
      what: 'the server on its own list',
      content: listOf(['to', 'nobody@localhost'], ['to', 'localhost']),
      condition: 'jid-malformed',
    },
    {
      what: 'more than it takes',
      content: listOf(...['nobody', 'b', 'c', 'd'].map((name) => ['to', `${name}@localhost`] as const)),
      condition: 'not-acceptable',
    },
    {
      what: 'who may not',
      user: 'mallory',
      content: listOf(['to', 'nobody@localhost']),
      condition: 'forbidden',
    },
  ])('refuses $what, as a whole', async ({ user, content, condition }) => {
    const [sender, nobody] = [
      user === undefined ? await person('olga') : await login(user),
      await login('nobody'),
    ];
    await sender.send(`<message type='chat' id='m1' to='localhost'>${content}</message>`);
    const error = await sender.expect(hasId('m1'));
    expect(error.attrs.from).toBe('localhost');
    expect(stanzaError(error).condition).toBe(condition);
    await nobody.none(hasId('m1'));
  });

  it('leaves everything else to the server', async () => {
    const olga = await person('olga');
    const list = listOf(['to', 'nobody@localhost']);
    await olga.send(`<message type='chat' id='m1' to='localhost/x'>${list}<body>x</body></message>`);
    expect(stanzaError(await olga.expect(hasId('m1'))).condition).toBe('item-not-found');
    await olga.send(`<iq type='set' id='m2' to='localhost'>${list}</iq>`);
    expect(stanzaError(await olga.expect(hasId('m2'))).condition).toBe('service-unavailable');
    await olga.iq(HOST, 'get', xml('ping', { xmlns: 'urn:xmpp:ping' }));
  });
});

describe('Kontalk groups by way of the server itself', () => {
  const world = inKontalkWorld('ejabberd with multicast on the host');

  async function life(options = {}, arrange: (olga: KontalkUser) => void = () => undefined) {
    const olga = await world.user('olga', true, options);
    arrange(olga);
    const [ann, ben, cleo] = [
      await world.user('ann', true),
      await world.user('ben', true),
      await world.user('cleo', true),
    ];
    const { group, outcome } = await olga.groups.create('Sailing', [ann.jid, ben.jid]);
    expect(await outcome).toBe('taken');
    for (const { told } of [ann, ben]) await expect.poll(() => told).toContain('joined');
    await olga.groups.send(group, 'Saturday?');
    for (const { told } of [ann, ben]) await expect.poll(() => told).toContain('Saturday?');
    await olga.groups.add(group, [cleo.jid]);
    await expect.poll(() => cleo.told).toContain('joined');
    await ann.groups.leave(group);
    for (const { told } of [olga, ben, cleo]) await expect.poll(() => told).toContain(`left ${ann.jid}`);
    const members = new Set([olga, ben, cleo].map(({ jid }) => jid));
    for (const one of [olga, ben, cleo]) {
      expect(new Set((await one.groups.group(group))?.members)).toEqual(members);
      expect(one.told.filter((told) => /^(fault|unverified|warning)/.test(told))).toEqual([]);
    }
    return olga;
  }

  it('are found by discovery', async () => {
    const olga = await life();
    expect(wireOf(olga)).toContain("to='localhost'><addresses");
  });

  it('are found when nothing is announced and the page is taken literally', async () => {
    const olga = await life({ literal: true }, ({ connection }) => {
      connection.change = (stanza) =>
        elementsOf(stanza).some((child) => discoInfo.is(child))
          ? { ...stanza, children: [discoInfo.build({ identities: [], features: [], forms: [] })] }
          : stanza;
    });
    expect(wireOf(olga)).toContain("to='localhost'><addresses");
  });
});
