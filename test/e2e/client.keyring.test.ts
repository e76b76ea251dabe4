import {
  type AccountKeyring,
  fetchBackup,
  KEYRING_FEATURES,
  keyring,
  memoryState,
} from '@xmpp-groups/client';
import { keptOwnKey, keyLibrary, unlockOwnKey } from '@xmpp-groups/client/openpgp';
import { announceFeatures, connectionOf } from '@xmpp-groups/client/xmpp-client';
import type { BareJid } from '@xmpp-groups/core/jid';
import {
  askForPublicKeys,
  askForSecretKey,
  type Fingerprint,
  PUBLIC_KEYS_NODE,
} from '@xmpp-groups/core/kontalk';
import { pubsub } from '@xmpp-groups/core/xep';
import { type XmlElement, xml } from '@xmpp-groups/core/xml';
import {
  bare,
  connect,
  startEjabberd,
  startProsody,
  type XmppClient,
  type XmppServer,
  xmppEntity,
} from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const PASSWORD = 'pw';
/** A device of an account, with a keyring. */
interface Device {
  readonly jid: BareJid;
  readonly keys: AccountKeyring;
  readonly news: readonly string[];
  readonly faults: readonly Error[];
  /** All presence that has come, as `FROM TYPE`. */
  readonly presences: readonly string[];
  send(stanza: XmlElement): Promise<void>;
}

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Logs in a device, whose key is that of `state` or a new one, and lets it be available. */
async function device(server: XmppServer, name: string, state = memoryState()): Promise<Device> {
  const jid = bare(`${name}@localhost`);
  const entity = xmppEntity({ server, user: name, password: PASSWORD });
  entity.on('error', () => undefined);
  const caps = await announceFeatures(entity, {
    node: 'https://example.org/test',
    features: KEYRING_FEATURES,
  });
  const connection = connectionOf(entity);
  const faults: Error[] = [];
  const library = keyLibrary(await keptOwnKey(state, jid, { name }));
  // Announced below, when the server knows of the device: it tells others of news by the sessions that are available.
  const keys = await keyring(connection, library, state, {
    me: jid,
    announce: false,
    onFault: (fault) => faults.push(fault),
  });
  const presences: string[] = [];
  connection.subscribe((event) => {
    if (event.kind !== 'element') return;
    keys.take(event.element);
    const { name: kind, attrs } = event.element;
    if (kind === 'presence') presences.push(`${attrs.from?.split('/')[0]} ${attrs.type ?? 'available'}`);
  });
  const news: string[] = [];
  keys.onChange((whose, kind) => news.push(`${whose} ${kind}`));
  await entity.start();
  ends.push(async () => {
    keys.close();
    await entity.stop();
  });
  await connection.send(xml('presence', {}, [caps]));
  await expect.poll(() => presences).toContain(`${jid} available`);
  await keys.announce();
  return { jid, keys, news, faults, presences, send: connection.send };
}

/** A client of the account that knows nothing of keys. */
async function otherClient(server: XmppServer, name: string): Promise<XmppClient> {
  const client = await connect({ server, user: name, password: PASSWORD });
  ends.push(() => client.stop());
  return client;
}

/** Both see each other's presence: by that the server of either knows who wants news of keys. */
async function befriend(one: Device, other: Device): Promise<void> {
  for (const [asking, giving] of [
    [one, other],
    [other, one],
  ] as const) {
    await asking.send(xml('presence', { to: giving.jid, type: 'subscribe' }));
    await expect.poll(() => giving.presences).toContain(`${asking.jid} subscribe`);
    await giving.send(xml('presence', { to: asking.jid, type: 'subscribed' }));
    await expect.poll(() => asking.presences).toContain(`${giving.jid} available`);
  }
}

const standings = (of: Device, jid: BareJid): readonly string[] =>
  of.keys.keysOf(jid).map(({ fingerprint, standing }) => `${fingerprint} ${standing}`);

async function listOf(client: XmppClient, jid: BareJid): Promise<readonly Fingerprint[]> {
  const answer = await client.iq(jid, 'get', askForPublicKeys());
  const [payload] = answer.children.filter((child) => typeof child !== 'string');
  const read = payload === undefined ? undefined : pubsub.parse(payload);
  if (read?.ok !== true) throw new Error('no list');
  return (read.value.items?.items[0]?.publicKeys?.keys ?? []).map(({ fingerprint }) => fingerprint);
}

const order = (from: Device, to: Device) =>
  ({
    to: [to.keys.signer.fingerprint],
    signer: from.keys.signer.fingerprint,
    userId: '',
    form: 'kontalk',
  }) as const;

describe.each<[string, () => Promise<XmppServer>]>([
  ['ejabberd', () => startEjabberd()],
  ['Prosody', () => startProsody()],
])('the keyring on %s', (_, start) => {
  let server: XmppServer;
  let people = 0;
  const person = async (prefix: string): Promise<string> => {
    people += 1;
    await server.register(`${prefix}${people}`, PASSWORD);
    return `${prefix}${people}`;
  };

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  it('announces the own key, and another account fetches it', async () => {
    const juliet = await device(server, await person('juliet'));
    const romeo = await device(server, await person('romeo'));
    await romeo.keys.fetch(juliet.jid);
    await juliet.keys.fetch(romeo.jid);
    const { fingerprint } = juliet.keys.signer;
    expect(standings(romeo, juliet.jid)).toEqual([`${fingerprint} first`]);
    expect(romeo.keys.announces(juliet.jid)).toBe(true);
    const plain = Uint8Array.of(1, 2, 3);
    const sealed = await juliet.keys.openPgp.encrypt(plain, order(juliet, romeo));
    if (!sealed.ok) throw new Error(sealed.error.kind);
    expect(await romeo.keys.openPgp.decrypt(sealed.value)).toMatchObject({
      value: { plain, signature: { kind: 'valid', signer: fingerprint } },
    });
    const stranger = bare('nobody@localhost');
    await romeo.keys.fetch(stranger);
    expect(romeo.keys.keysOf(stranger)).toEqual([]);
    expect([...juliet.faults, ...romeo.faults]).toEqual([]);
  });

  it('holds the key of another device until it is confirmed, there and for others', async () => {
    const name = await person('juliet');
    const romeo = await device(server, await person('romeo'));
    const juliet = await device(server, name);
    await romeo.keys.fetch(juliet.jid);
    await befriend(romeo, juliet);
    const phone = await device(server, name);
    const changed = `${juliet.jid} changed`;
    await expect.poll(() => romeo.news).toEqual([`${juliet.jid} first`, changed]);
    await expect.poll(() => juliet.news).toContain(changed);
    // Each device has found the key of the other.
    await expect.poll(() => phone.keys.keysOf(juliet.jid)).toHaveLength(2);
    const newKey = phone.keys.signer.fingerprint;
    expect(standings(romeo, juliet.jid)).toEqual([
      `${juliet.keys.signer.fingerprint} first`,
      `${newKey} unconfirmed`,
    ]);
    await romeo.keys.judge(juliet.jid, newKey, 'verified');
    expect(standings(romeo, juliet.jid).at(-1)).toBe(`${newKey} verified`);
  });

  it('announces the own key again when another client takes it out, or deletes the list', async () => {
    const name = await person('juliet');
    const juliet = await device(server, name);
    const other = await otherClient(server, name);
    const own = juliet.keys.signer.fingerprint;
    expect(await listOf(other, juliet.jid)).toEqual([own]);
    const empty = { publish: { node: PUBLIC_KEYS_NODE, items: [{ publicKeys: { keys: [] } }] } };
    await other.iq(undefined, 'set', pubsub.build(empty));
    await expect.poll(() => listOf(other, juliet.jid)).toEqual([own]);
  });

  it('gives its secret key to another device, and to nobody else', async () => {
    const name = await person('juliet');
    const juliet = await device(server, name);
    const code = await juliet.keys.backup();
    const entity = xmppEntity({ server, user: name, password: PASSWORD });
    entity.on('error', () => undefined);
    const connection = connectionOf(entity);
    ends.push(() => entity.stop());
    await entity.start();
    const message = await fetchBackup(connection);
    if (message === undefined) throw new Error('no backup');
    const own = await unlockOwnKey(message, code);
    expect(own).toMatchObject({ ok: true, value: { fingerprint: juliet.keys.signer.fingerprint } });
    const mallory = await otherClient(server, await person('mallory'));
    await expect(mallory.iq(juliet.jid, 'get', askForSecretKey())).rejects.toMatchObject({
      name: 'StanzaError',
    });
  });
});
