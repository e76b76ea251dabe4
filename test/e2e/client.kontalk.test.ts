import {
  type ContainerForm,
  chooseKeys,
  clientMessage,
  containerIn,
  type GroupKey,
  group as groupElement,
  seal,
} from '@xmpp-groups/core/kontalk';
import { elementsOf, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { describe, expect, it } from 'vitest';
import { comeOnline, inKontalkWorld, type KontalkServer, type KontalkUser, wireOf } from './kontalk-world.js';

const SERVERS: readonly KontalkServer[] = ['ejabberd with multicast', 'Prosody without multicast'];

const textsOf = ({ told }: KontalkUser): string[] => told.filter((one) => /^[A-Z]/.test(one));

/** A command that takes somebody out. */
const removal = (group: GroupKey, whom: KontalkUser): XmlElement =>
  xml('group', { xmlns: 'http://kontalk.org/extensions/message#group', ...group, type: 'set' }, [
    xml('remove', { jid: whom.jid }),
  ]);

const messageTo = (whom: KontalkUser, payload: readonly XmlElement[], from?: KontalkUser): XmlElement =>
  clientMessage.build({
    from: from?.connection.own(),
    to: whom.jid,
    type: 'chat',
    id: `forged-${payload.length}`,
    payload,
  });

/** A message to a group, in clear or not. */
const isOfGroups = (stanza: XmlElement): boolean =>
  stanza.name === 'message' &&
  (containerIn(elementsOf(stanza)) !== undefined ||
    elementsOf(stanza).some((child) => groupElement.is(child)));

/** What somebody can seal with a key of his own. */
async function sealedBy(
  by: KontalkUser,
  to: KontalkUser,
  payload: readonly XmlElement[],
  form: ContainerForm,
) {
  const { keys } = by;
  if (keys === undefined) throw new Error('no keys');
  await keys.fetch(to.jid);
  const chosen = chooseKeys([to.jid], keys.keysOf, form);
  if (!chosen.ok) throw new Error('no key');
  const draft = { id: 'forged', payload, at: Date.now(), padding: 'x' };
  const sealed = await seal(draft, form, chosen.value, keys.signer, keys.openPgp);
  if (!sealed.ok) throw new Error(sealed.error.kind);
  return sealed.value;
}

describe.each(SERVERS.flatMap((server) => [false, true].map((encrypts) => ({ server, encrypts }))))(
  'Kontalk groups on $server, encrypted: $encrypts',
  ({ server, encrypts }) => {
    const world = inKontalkWorld(server);
    const form = server === 'ejabberd with multicast' ? 'openpgp' : 'kontalk';

    async function sailing(options = {}) {
      const olga = await world.user('olga', encrypts, options);
      const [ann, ben] = [await world.user('ann', encrypts), await world.user('ben', encrypts)];
      const { group, outcome } = await olga.groups.create('Sailing', [ann.jid, ben.jid]);
      expect(await outcome).toBe('taken');
      for (const { told } of [ann, ben]) await expect.poll(() => told).toContain('joined');
      return { olga, ann, ben, group };
    }

    it('go through a life: created, written to, changed, left, joined again', async () => {
      const { olga, ann, ben, group } = await sailing();
      await ann.groups.send(group, 'Saturday?');
      for (const other of [olga, ben]) await expect.poll(() => textsOf(other)).toEqual(['Saturday?']);
      const cleo = await world.user('cleo', encrypts);
      await olga.groups.add(group, [cleo.jid]);
      await expect.poll(() => cleo.told).toContain('joined');
      expect(await cleo.groups.group(group)).toMatchObject({
        subject: 'Sailing',
        complete: true,
        encrypted: encrypts,
      });
      await olga.groups.remove(group, [ben.jid]);
      await expect.poll(() => ben.told).toContain('removed');
      await olga.groups.setSubject(group, 'Rowing');
      await expect.poll(() => cleo.told).toContain('subject Rowing');
      await ann.groups.leave(group);
      await expect.poll(() => olga.told).toContain(`left ${ann.jid}`);
      await olga.groups.add(group, [ann.jid]);
      await expect.poll(() => ann.told).toContain('rejoined');
      await cleo.groups.send(group, 'All here');
      await expect.poll(() => textsOf(ann)).toEqual(['All here']);
      expect(textsOf(ben)).toEqual(['Saturday?']);
      const members = [olga, cleo, ann].map(({ jid }) => jid);
      for (const one of [olga, cleo, ann]) {
        expect(new Set((await one.groups.group(group))?.members)).toEqual(new Set(members));
        expect(one.told.filter((told) => told.startsWith('fault'))).toEqual([]);
      }
    });

    it('reach who was away', async () => {
      const { olga, ann, ben, group } = await sailing();
      ben.told.length = 0;
      await ben.entity.stop();
      await olga.groups.send(group, 'One');
      await olga.groups.setSubject(group, 'Rowing');
      const { outcome } = await olga.groups.send(group, 'Two');
      expect(await outcome).toBe('taken');
      await expect.poll(() => textsOf(ann)).toEqual(['One', 'Two']);
      await comeOnline(ben);
      await expect.poll(() => ben.told).toEqual(['One', 'subject Rowing', 'Two']);
    });

    it('repair a command that was lost', async () => {
      const { olga, ann, ben, group } = await sailing();
      ann.connection.change = (stanza) => (isOfGroups(stanza) ? undefined : stanza);
      await olga.groups.setSubject(group, 'Rowing');
      await expect.poll(() => ben.told).toContain('subject Rowing');
      await expect.poll(() => ann.connection.passed.filter(isOfGroups).length).toBeGreaterThan(1);
      expect(await ann.groups.group(group)).toMatchObject({ subject: 'Sailing' });
      ann.connection.change = (stanza) => stanza;
      await ben.groups.send(group, 'Where?');
      await expect.poll(() => ann.told).toContain('subject Rowing');
      expect(textsOf(ann)).toEqual(['Where?']);
    });

    it('take no command of others than the owner', async () => {
      const { olga, ann, ben, group } = await sailing();
      const command = [removal(group, olga)];
      await ben.connection.send(messageTo(ann, encrypts ? await sealedBy(ben, ann, command, form) : command));
      await expect.poll(() => ann.told).toContain('command-forged');
      expect((await ann.groups.group(group))?.members).toContain(olga.jid);
    });

    it('send again what the server itself sends back, when it is taken for the service as the page says', async () => {
      const { olga } = await sailing({ literal: true });
      const wire = wireOf(olga);
      expect(wire.includes("to='localhost'><addresses")).toBe(server === 'Prosody without multicast');
    });
  },
);

describe.each(SERVERS)('An encrypted Kontalk group on %s', (server) => {
  const world = inKontalkWorld(server);
  const form = server === 'ejabberd with multicast' ? 'openpgp' : 'kontalk';

  async function sailing() {
    const olga = await world.user('olga', true);
    const [ann, ben] = [await world.user('ann', true), await world.user('ben', true)];
    const { group } = await olga.groups.create('Sailing', [ann.jid, ben.jid]);
    for (const { told } of [ann, ben]) await expect.poll(() => told).toContain('joined');
    // Each looks for the others' keys when he joins; until then what they send would have to wait.
    for (const [user, other] of [
      [ann, ben],
      [ben, ann],
    ] as const) {
      await expect.poll(() => user.keys?.people().get(other.jid)?.length ?? 0).toBeGreaterThan(0);
    }
    for (const { told } of [olga, ann, ben]) told.length = 0;
    return { olga, ann, ben, group };
  }

  it('takes nothing that a server forges in the name of the owner, nor what it adds to something genuine', async () => {
    const { olga, ann, ben, group } = await sailing();
    const command = [removal(group, ben)];
    ann.connection.inject(messageTo(ann, await sealedBy(ben, ann, command, form), olga));
    ann.connection.inject(messageTo(ann, command, olga));
    const claim = [
      groupElement.build({ ...group, subjects: [], member: [], add: [], remove: [], part: false }),
    ];
    ann.connection.inject(
      messageTo(
        ann,
        await sealedBy(ben, ann, [...claim, xml('body', { xmlns: 'jabber:client' }, ['I say so'])], form),
        olga,
      ),
    );
    await expect.poll(() => ann.told).toEqual(['unverified wrong-signer I say so']);
    ann.connection.change = (stanza) =>
      isOfGroups(stanza) ? { ...stanza, children: [...command, ...stanza.children] } : stanza;
    await olga.groups.send(group, 'Genuine');
    await expect.poll(() => textsOf(ann)).toEqual(['Genuine']);
    expect(ann.told).toContain('outer-group-differs');
    expect((await ann.groups.group(group))?.members).toContain(ben.jid);
  });

  it('tells what comes twice once', async () => {
    const { olga, ann, ben, group } = await sailing();
    await olga.groups.send(group, 'One');
    await expect.poll(() => textsOf(ann)).toEqual(['One']);
    for (const stanza of ann.connection.passed.filter(isOfGroups)) {
      ann.connection.inject({ ...stanza, attrs: { ...stanza.attrs, id: 'again' } });
    }
    const [seen] = ann.connection.passed.filter(isOfGroups).slice(-1);
    // A member repeats the owner's words as his own.
    if (seen !== undefined)
      await ben.connection.send({ ...seen, attrs: { ...seen.attrs, from: undefined, to: ann.jid } });
    await ben.groups.send(group, 'Two');
    await expect.poll(() => textsOf(ann)).toEqual(['One', 'Two']);
    expect(ann.told.filter((one) => one !== 'taken')).toEqual(['One', 'unverified wrong-signer One', 'Two']);
  });

  it('shows nothing on the wire but addresses, ids and texts that say nothing', async () => {
    const { olga, ann, ben, group } = await sailing();
    const said = [
      'Nobody shall know',
      'Rowing',
      'Sailing',
      group.id,
      'message#group',
      'composing',
      'urn:xmpp-groups',
    ];
    await olga.groups.setSubject(group, 'Rowing');
    await ann.groups.send(group, {
      text: 'Nobody shall know',
      answers: { id: 'x', from: olga.jid, text: 'Rowing' },
    });
    await ann.groups.chatState(group, 'composing');
    await expect.poll(() => ben.told).toContain('composing');
    await ann.groups.leave(group);
    await olga.groups.remove(group, [ben.jid]);
    await expect.poll(() => ben.told).toContain('removed');
    const wire = wireOf(olga, ann, ben);
    expect(said.filter((secret) => wire.includes(secret))).toEqual([]);
    const readable = [olga, ann, ben]
      .flatMap(({ connection }) => connection.passed)
      .filter(({ name, attrs }) => name === 'message' && attrs.type === 'chat')
      .flatMap((stanza) => elementsOf(stanza))
      .map((child) => child.attrs.xmlns ?? 'jabber:client');
    const allowed = [
      'http://jabber.org/protocol/address',
      'jabber:client',
      'urn:ietf:params:xml:ns:xmpp-e2e',
      'urn:xmpp:eme:0',
      'urn:xmpp:hints',
      'urn:xmpp:mam:tmp',
      'urn:xmpp:openpgp:0',
      'urn:xmpp:sid:0',
    ];
    expect(readable.filter((namespace) => !allowed.includes(namespace))).toEqual([]);
    const bodies = [...wire.matchAll(/<body[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect([...new Set(bodies)]).toEqual([
      form === 'kontalk' ? '(encrypted)' : 'This message is encrypted using OpenPGP.',
    ]);
  });
});
