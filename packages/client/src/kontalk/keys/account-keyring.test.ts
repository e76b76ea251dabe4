import { encodeBase64 } from '@xmpp-groups/core/codec';
import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import { type KnownKey, PUBLIC_KEYS_NODE } from '@xmpp-groups/core/kontalk';
import { afterEach, describe, expect, it } from 'vitest';
import {
  elementOf,
  type FakeConnection,
  fakeConnection,
  fakePlatform,
  settled,
} from '../../../test/fake-connection.js';
import type { GroupsError } from '../../errors.js';
import { generateOwnKey, keyLibrary, type OwnKey, unlockOwnKey } from '../../openpgp/index.js';
import { memoryState, type StatePort } from '../state-port.js';
import { type AccountKeyring, keyring } from './account-keyring.js';
import { fetchBackup } from './restore.js';

const bare = (text: string): BareJid => {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};
const [JULIET, ROMEO, PARIS] = [
  bare('juliet@example.com'),
  bare('romeo@example.net'),
  bare('paris@example.net'),
];
const [julietKey, romeoKey, romeosNewKey, parisKey] = await Promise.all(
  [JULIET, ROMEO, ROMEO, PARIS].map((jid) => generateOwnKey(jid)),
);
if (!julietKey || !romeoKey || !romeosNewKey || !parisKey) throw new Error('no keys');

const NS = "xmlns='urn:xmpp:openpgp:0'";
const itemsOf = (kind: 'pubsub' | 'pubsub#event', node: string, item: string): string => {
  const name = kind === 'pubsub' ? 'pubsub' : 'event';
  return `<${name} xmlns='http://jabber.org/protocol/${kind}'><items node='${node}'><item>${item}</item></items></${name}>`;
};
type Announced = readonly [key: OwnKey, date: string];
const listOf = (...keys: readonly Announced[]): string =>
  `<public-keys-list ${NS}>${keys
    .map(([{ fingerprint }, date]) => `<pubkey-metadata v4-fingerprint='${fingerprint}' date='${date}'/>`)
    .join('')}</public-keys-list>`;
const listed = (...keys: readonly Announced[]): string =>
  itemsOf('pubsub', PUBLIC_KEYS_NODE, listOf(...keys));
const key = ({ fingerprint, bytes }: OwnKey): string =>
  itemsOf(
    'pubsub',
    `${PUBLIC_KEYS_NODE}:${fingerprint}`,
    `<pubkey ${NS}><data>${encodeBase64(bytes)}</data></pubkey>`,
  );
const told = (from: string, item: string): string =>
  `<message xmlns='jabber:client' from='${from}' to='juliet@example.com/balcony'>${itemsOf('pubsub#event', PUBLIC_KEYS_NODE, item)}</message>`;
const DAY = '2026-11-20T10:00:00Z';
const NEXT_DAY = '2026-11-21T10:00:00Z';
const REFUSED = (condition: string): string =>
  `<error type='cancel'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`;

const open: AccountKeyring[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function scene({
  state = memoryState(),
  own = julietKey,
  announce = false,
}: {
  state?: StatePort;
  own?: OwnKey | undefined;
  announce?: boolean;
} = {}) {
  if (own === undefined) throw new Error('no key');
  const connection = fakeConnection();
  const platform = fakePlatform();
  connection.online();
  const faults: GroupsError[] = [];
  const keys = await keyring(connection, keyLibrary(own), state, {
    me: JULIET,
    announce,
    timeout: 1000,
    platform,
    onFault: (fault) => faults.push(fault),
  });
  open.push(keys);
  const news: string[] = [];
  keys.onChange((jid, kind) => news.push(`${jid} ${kind}`));
  return { connection, platform, keys, state, faults, news };
}

const standings = (known: readonly KnownKey[]): readonly string[] =>
  known.map(({ fingerprint, standing }) => `${fingerprint} ${standing}`);

/** Answers a request as soon as it was made. */
async function answer(
  connection: FakeConnection,
  part: string,
  payload: string,
  type?: 'error',
): Promise<void> {
  const before = connection.sent.length;
  await expect.poll(() => connection.sent.slice(0).some((text) => text.includes(part))).toBe(true);
  connection.answer(part, payload, type);
  await settled();
  expect(connection.sent.length).toBeGreaterThanOrEqual(before);
}

/** Romeo's keys are asked for, and these come. */
async function fetched(
  { connection, keys }: Awaited<ReturnType<typeof scene>>,
  list: readonly Announced[],
  toFetch: readonly OwnKey[],
): Promise<void> {
  const done = keys.fetch(ROMEO);
  connection.answer("node='urn:xmpp:openpgp:0:public-keys'", listed(...list));
  connection.answer('urn:xmpp:pubkey:2', REFUSED('service-unavailable'), 'error');
  for (const one of toFetch) await answer(connection, `public-keys:${one.fingerprint}`, key(one));
  await done;
}

describe('a keyring', () => {
  it('has the own key from the start, verified', async () => {
    const { keys } = await scene();
    expect(keys.signer).toEqual({
      jid: JULIET,
      fingerprint: julietKey.fingerprint,
      userIds: julietKey.userIds,
    });
    expect(standings(keys.keysOf(JULIET))).toEqual([`${julietKey.fingerprint} verified`]);
    expect(keys.keysOf(ROMEO)).toEqual([]);
    expect(keys.announces(ROMEO)).toBe(false);
  });

  it('fetches keys by the list on PEP, and believes the first', async () => {
    const one = await scene();
    await fetched(one, [[romeoKey, DAY]], [romeoKey]);
    expect(standings(one.keys.keysOf(ROMEO))).toEqual([`${romeoKey.fingerprint} first`]);
    expect(one.keys.announces(ROMEO)).toBe(true);
    expect(one.news).toEqual([`${ROMEO} first`]);
    const order = {
      to: [romeoKey.fingerprint],
      signer: julietKey.fingerprint,
      userId: '',
      form: 'kontalk',
    } as const;
    expect(await one.keys.openPgp.encrypt(Uint8Array.of(1), order)).toMatchObject({ ok: true });
    expect(one.faults).toEqual([]);
  });

  it("fetches keys from Kontalk's servers, where nothing is on PEP", async () => {
    const { connection, keys } = await scene();
    const done = keys.fetch(ROMEO);
    connection.answer("node='urn:xmpp:openpgp:0:public-keys'", REFUSED('item-not-found'), 'error');
    connection.answer(
      'urn:xmpp:pubkey:2',
      `<pubkey xmlns='urn:xmpp:pubkey:2'>${encodeBase64(romeoKey.bytes)}</pubkey>`,
    );
    await done;
    expect(standings(keys.keysOf(ROMEO))).toEqual([`${romeoKey.fingerprint} first`]);
    expect(keys.announces(ROMEO)).toBe(false);
  });

  it('resolves when somebody has no keys, and rejects when no answer came', async () => {
    const { connection, platform, keys } = await scene();
    const none = keys.fetch(ROMEO);
    connection.answer('public-keys', REFUSED('item-not-found'), 'error');
    connection.answer('urn:xmpp:pubkey:2', REFUSED('service-unavailable'), 'error');
    await none;
    const silent = keys.fetch(ROMEO);
    connection.answer('urn:xmpp:pubkey:2', REFUSED('service-unavailable'), 'error');
    platform.pass(1000);
    await expect(silent).rejects.toMatchObject({ name: 'GroupsError', condition: 'timeout' });
  });

  it('holds another key until it is confirmed, over restarts', async () => {
    const first = await scene();
    await fetched(first, [[romeoKey, DAY]], [romeoKey]);
    await fetched(first, [[romeosNewKey, NEXT_DAY]], [romeosNewKey]);
    expect(first.news).toEqual([`${ROMEO} first`, `${ROMEO} changed`]);
    const held = [`${romeoKey.fingerprint} first`, `${romeosNewKey.fingerprint} unconfirmed`];
    expect(standings(first.keys.keysOf(ROMEO))).toEqual(held);

    const second = await scene({ state: first.state });
    expect(standings(second.keys.keysOf(ROMEO))).toEqual(held);
    await second.keys.judge(ROMEO, romeosNewKey.fingerprint, 'verified');
    await second.keys.judge(ROMEO, romeoKey.fingerprint, 'refused');
    expect(second.news).toEqual([`${ROMEO} judged`, `${ROMEO} judged`]);

    const third = await scene({ state: first.state });
    expect(standings(third.keys.keysOf(ROMEO))).toEqual([
      `${romeoKey.fingerprint} refused`,
      `${romeosNewKey.fingerprint} verified`,
    ]);
    expect([...third.keys.people().keys()]).toEqual([ROMEO, JULIET]);
    const order = {
      to: [romeosNewKey.fingerprint],
      signer: julietKey.fingerprint,
      userId: '',
      form: 'kontalk',
    } as const;
    expect(await third.keys.openPgp.encrypt(Uint8Array.of(1), order)).toMatchObject({ ok: true });
  });

  it('refuses keys that name somebody else, and what is no key', async () => {
    const { connection, keys, faults } = await scene();
    for (const offered of [parisKey.bytes, Uint8Array.of(1, 2, 3)]) {
      const done = keys.fetch(ROMEO);
      connection.answer('public-keys', REFUSED('item-not-found'), 'error');
      connection.answer(
        'urn:xmpp:pubkey:2',
        `<pubkey xmlns='urn:xmpp:pubkey:2'>${encodeBase64(offered)}</pubkey>`,
      );
      await done;
    }
    expect(keys.keysOf(ROMEO)).toEqual([]);
    expect(faults.map(({ condition }) => condition)).toEqual(['unreadable', 'unreadable']);
  });

  it('does not take a key from the node of another', async () => {
    const one = await scene();
    const done = one.keys.fetch(ROMEO);
    one.connection.answer("node='urn:xmpp:openpgp:0:public-keys'", listed([romeoKey, DAY]));
    one.connection.answer('urn:xmpp:pubkey:2', REFUSED('service-unavailable'), 'error');
    await answer(one.connection, `public-keys:${romeoKey.fingerprint}`, key(romeosNewKey));
    await done;
    expect(one.keys.keysOf(ROMEO)).toEqual([]);
  });

  it('cannot judge a key that it does not know', async () => {
    const { keys } = await scene();
    await expect(keys.judge(ROMEO, romeoKey.fingerprint, 'verified')).rejects.toMatchObject({
      condition: 'item-not-found',
    });
  });

  it.each(['[', '["nobody"]', '["romeo@example.net"]'])(
    'does not begin with a state of %s',
    async (index) => {
      const state = memoryState();
      await state.save('keys', index);
      await expect(scene({ state })).rejects.toMatchObject({ name: 'GroupsError', condition: 'state' });
    },
  );

  it('rejects a decision that cannot be saved', async () => {
    const one = await scene();
    await fetched(one, [[romeoKey, DAY]], [romeoKey]);
    one.state.save = () => Promise.reject(new Error('disk full'));
    await expect(one.keys.judge(ROMEO, romeoKey.fingerprint, 'verified')).rejects.toMatchObject({
      condition: 'state',
      text: 'disk full',
    });
    expect(standings(one.keys.keysOf(ROMEO))).toEqual([`${romeoKey.fingerprint} first`]);
  });
});

describe('keys that come unasked', () => {
  it('are fetched when a list says so, and again when the key became newer', async () => {
    const { connection, keys, news } = await scene();
    keys.take(elementOf(told(ROMEO, listOf([romeoKey, DAY]))));
    await answer(connection, `public-keys:${romeoKey.fingerprint}`, key(romeoKey));
    await expect.poll(() => keys.announces(ROMEO)).toBe(true);
    const asked = connection.sent.length;
    keys.take(elementOf(told(ROMEO, listOf([romeoKey, DAY]))));
    await settled();
    expect(connection.sent.length).toBe(asked);
    keys.take(elementOf(told(ROMEO, listOf([romeoKey, NEXT_DAY]))));
    await answer(connection, `public-keys:${romeoKey.fingerprint}`, key(romeoKey));
    expect(news).toEqual([`${ROMEO} first`]);
    keys.take(elementOf(told(ROMEO, listOf())));
    await expect.poll(() => keys.announces(ROMEO)).toBe(false);
    expect(keys.keysOf(ROMEO)).toHaveLength(1);
  });

  it('are not taken from a device, nor from a message that is none of PEP', async () => {
    const { connection, keys } = await scene();
    keys.take(elementOf(told(`${ROMEO}/orchard`, listOf([romeoKey, DAY]))));
    keys.take(
      elementOf(`<message xmlns='jabber:client' from='${ROMEO}' to='${JULIET}'><body>Hi</body></message>`),
    );
    await settled();
    expect(connection.sent).toEqual([]);
  });

  it("are taken from presence, as Kontalk's servers add them", async () => {
    const { connection, keys } = await scene();
    const presence = (type: string, children: string): string =>
      `<presence xmlns='jabber:client' from='${ROMEO}/orchard' to='${JULIET}'${type}><pubkey xmlns='urn:xmpp:pubkey:2'>${children}</pubkey></presence>`;
    const withKey = (print: string): string =>
      `<key>${encodeBase64(romeoKey.bytes)}</key><print>${print}</print>`;
    keys.take(elementOf(presence(" type='subscribe'", withKey(romeosNewKey.fingerprint))));
    keys.take(elementOf(presence(" type='subscribe'", withKey(romeoKey.fingerprint))));
    await expect.poll(() => standings(keys.keysOf(ROMEO))).toEqual([`${romeoKey.fingerprint} first`]);
    keys.take(elementOf(presence('', `<print>${romeoKey.fingerprint}</print>`)));
    await settled();
    expect(connection.sent).toEqual([]);
    keys.take(elementOf(presence('', `<print>${romeosNewKey.fingerprint}</print>`)));
    await answer(
      connection,
      'urn:xmpp:pubkey:2',
      `<pubkey xmlns='urn:xmpp:pubkey:2'>${encodeBase64(romeosNewKey.bytes)}</pubkey>`,
    );
    await expect.poll(() => keys.keysOf(ROMEO)).toHaveLength(2);
  });
});

describe('the own key', () => {
  const published = (connection: FakeConnection): readonly string[] =>
    connection.sent.flatMap((text) => /<publish node=['"]([^'"]+)/.exec(text)?.[1] ?? []);
  const own = `${PUBLIC_KEYS_NODE}:${julietKey.fingerprint}`;

  it('is announced at login, the key before the list, beside what is there', async () => {
    const { connection } = await scene({ announce: true });
    await answer(connection, "node='urn:xmpp:openpgp:0:public-keys'", listed([romeoKey, DAY]));
    await answer(connection, own, '');
    await answer(connection, `publish node='${PUBLIC_KEYS_NODE}'`, '');
    expect(published(connection)).toEqual([own, PUBLIC_KEYS_NODE]);
    const list = connection.sent.findLast((text) => text.includes('<publish '));
    expect(list).toContain(romeoKey.fingerprint);
    expect(list).toContain(julietKey.fingerprint);
    // It is another key of the account, so it is looked at.
    expect(connection.sent.at(-1)).toContain(`items node='${PUBLIC_KEYS_NODE}:${romeoKey.fingerprint}'`);
  });

  it('is published on a node that another client has made in another way', async () => {
    const { connection } = await scene({ announce: true });
    await answer(connection, "node='urn:xmpp:openpgp:0:public-keys'", REFUSED('item-not-found'), 'error');
    await answer(connection, own, REFUSED('conflict'), 'error');
    expect(connection.sent.at(-1)).not.toContain('publish-options');
    await answer(connection, own, '');
    expect(published(connection)).toEqual([own, own, PUBLIC_KEYS_NODE]);
  });

  it('is announced again when another client takes it out, but not without end', async () => {
    const { connection, keys } = await scene();
    keys.take(elementOf(told(JULIET, listOf([julietKey, DAY]))));
    await settled();
    expect(connection.sent).toEqual([]);
    for (let time = 0; time < 15; time += 1) {
      keys.take(elementOf(told(JULIET, listOf())));
      await settled();
      if (time >= 10) continue;
      await answer(connection, "node='urn:xmpp:openpgp:0:public-keys'", REFUSED('item-not-found'), 'error');
      await answer(connection, own, '');
      await answer(connection, `publish node='${PUBLIC_KEYS_NODE}'`, '');
    }
    expect(published(connection)).toHaveLength(20);
  });

  it('of another device waits for confirmation', async () => {
    const other = await generateOwnKey(JULIET);
    const { connection, keys, news } = await scene();
    keys.take(elementOf(told(JULIET, listOf([julietKey, DAY], [other, DAY]))));
    await answer(connection, `public-keys:${other.fingerprint}`, key(other));
    await expect.poll(() => news).toEqual([`${JULIET} changed`]);
    expect(standings(keys.keysOf(JULIET))).toEqual([
      `${julietKey.fingerprint} verified`,
      `${other.fingerprint} unconfirmed`,
    ]);
    await keys.judge(JULIET, other.fingerprint, 'verified');
    const newest = [...keys.keysOf(JULIET)].sort((one, two) => two.since - one.since)[0];
    expect(newest?.fingerprint).toBe(julietKey.fingerprint);
  });

  it('goes to another device by the code that opens it', async () => {
    const { connection, keys } = await scene();
    const backup = keys.backup();
    await answer(connection, 'secret-key', '');
    const code = await backup;
    expect(code).toMatch(/^([1-9A-NP-Z]{4}-){5}[1-9A-NP-Z]{4}$/);
    const kept = /<secretkey[^>]*>([^<]+)/.exec(connection.sent.at(-1) ?? '')?.[1] ?? '';
    expect(connection.sent.at(-1)).toContain('whitelist');

    const fetching = fetchBackup(connection);
    connection.answer(
      'secret-key',
      itemsOf('pubsub', 'urn:xmpp:openpgp:0:secret-key', `<secretkey ${NS}>${kept}</secretkey>`),
    );
    const message = await fetching;
    if (message === undefined) throw new Error('no backup');
    expect(await unlockOwnKey(message, code)).toMatchObject({
      value: { fingerprint: julietKey.fingerprint },
    });
    expect(await unlockOwnKey(message, code.replace(/^..../, 'AAAA'))).toMatchObject({ ok: false });
    const none = fetchBackup(connection);
    connection.answer('secret-key', REFUSED('item-not-found'), 'error');
    expect(await none).toBe(undefined);
  });
});
