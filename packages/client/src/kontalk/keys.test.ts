import { encodeBase64 } from '@xmpp-groups/core/codec';
import { describe, expect, it } from 'vitest';
import { settled } from '../../test/fake-connection.js';
import { print } from '../../test/fake-keyring.js';
import { bare } from '../../test/fake-server.js';
import { company, type Person } from '../../test/kontalk-company.js';
import { memoryState } from './state-port.js';

async function sailing() {
  const world = company();
  const olga = await world.person('olga', {}, 'C');
  const ann = await world.person('ann', {}, true);
  const ben = await world.person('ben', {}, true);
  const { group } = await olga.groups.create('Sailing', [ann.jid, ben.jid]);
  await settled();
  for (const { told } of [olga, ann, ben]) told.length = 0;
  return { ...world, olga, ann, ben, group };
}

const GROUP = 'http://kontalk.org/extensions/message#group';

/** What the fake library makes of a message: of whoever has signed, for whoever. */
const sealed = (inside: string, signer: string, to: readonly Person[], from: Person): string => {
  const names = to.map(({ jid }) => `<${jid}>`).join('; ');
  const plain = `Content-type: Message/CPIM\n\nFrom: <${from.jid}>\nTo: ${names}\nDateTime: 2026-11-21T00:00:00+00:00\n\nContent-type: application/xmpp+xml; charset=utf-8\n\n<xmpp xmlns='jabber:client'><message type='chat'>${inside}</message></xmpp>`;
  const text = (value: string): string => encodeBase64(new TextEncoder().encode(value));
  const message = {
    to: to.map(({ keyring }) => keyring?.signer.fingerprint),
    signature: { kind: 'valid', signer },
    intact: true,
    plain: text(plain),
  };
  return `<e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>${text(JSON.stringify(message))}</e2e>`;
};

const stanza = (from: Person, to: Person, inside: string, id = 'forged'): string =>
  `<message xmlns='jabber:client' type='chat' id='${id}' from='${from.jid}/x' to='${to.jid}'>${inside}<body>(encrypted)</body></message>`;

describe('somebody without a key', () => {
  it('is named, and nothing is sent, until a key is there or he is left out', async () => {
    const { olga, ann, group, server, directory } = await sailing();
    const dan = bare('dan@example.net');
    const before = olga.device.sent.length;
    await expect(olga.groups.add(group, [dan])).rejects.toMatchObject({
      condition: 'missing-key',
      jids: [dan],
    });
    expect(olga.device.sent.length).toBe(before);
    expect((await olga.groups.group(group))?.members).not.toContain(dan);
    server.device('dan@example.net/1');
    directory.set(dan, [print('D')]);
    await olga.groups.add(group, [dan]);
    await settled();
    // Ann asks for his key as soon as she knows of him.
    expect(ann.keyring?.asked).toContain(dan);
    directory.delete(dan);
    const cleo = await company().person('cleo');
    await expect(olga.groups.create('x', [cleo.jid])).rejects.toMatchObject({ jids: [cleo.jid] });
    const said = await ann.groups.send(group, 'without Dan', { leaveOut: [dan] });
    expect(said.recipients).not.toContain(dan);
  });

  it('cannot read anything, but does as soon as he has keys', async () => {
    const world = company();
    const state = memoryState();
    const olga = await world.person('olga', {}, 'C');
    const blind = await world.person('ann', { state });
    world.directory.set(blind.jid, [print('A')]);
    const { group } = await olga.groups.create('Sailing', [blind.jid]);
    await settled();
    expect(blind.told).toEqual(['waiting undecryptable']);
    expect(await blind.groups.list()).toEqual([]);
    blind.groups.close();
    blind.device.logout();
    const ann = await world.person('ann', { state }, true);
    await ann.keyring?.fetch(olga.jid);
    await settled();
    expect(ann.told).toEqual(['joined']);
    await expect(blind.groups.send(group, 'x')).rejects.toMatchObject({ condition: 'closed' });
  });
});

describe('what cannot be verified yet', () => {
  it('is kept through a restart, and told in order when the key comes', async () => {
    const world = company();
    const state = memoryState();
    const olga = await world.person('olga', {}, 'C');
    const ann = await world.person('ann', { state }, true);
    const published = world.directory.get(olga.jid) ?? [];
    world.directory.delete(olga.jid);
    const { group } = await olga.groups.create('Sailing', [ann.jid]);
    await olga.groups.send(group, 'one');
    await settled();
    expect(ann.told).toEqual(['waiting no-key', 'waiting no-key']);
    expect(ann.keyring?.asked).toEqual([olga.jid]);
    ann.groups.close();
    ann.device.logout();
    const again = await world.person('ann', { state }, true);
    world.directory.set(olga.jid, published);
    await again.keyring?.fetch(olga.jid);
    await settled();
    expect(again.told).toEqual(['joined', 'one']);
  });

  it('because the owner has a new key waits for the user, for the key and for the group', async () => {
    const { olga, ann, group, directory } = await sailing();
    directory.set(olga.jid, [print('F')]);
    ann.device.deliver(
      stanza(
        olga,
        ann,
        sealed(
          `<group xmlns='${GROUP}' id='${group.id}' owner='${olga.jid}' type='set'><subject>New</subject></group>`,
          print('F'),
          [ann],
          olga,
        ),
      ),
    );
    await settled();
    expect(ann.told).toEqual(['waiting no-key']);
    await ann.keyring?.fetch(olga.jid);
    await settled();
    expect(ann.told).toEqual(['waiting no-key', `key-changed ${olga.jid}`]);
    expect((await ann.groups.group(group))?.subject).toBe('Sailing');
    await ann.groups.confirmOwnerKey(group, print('F'));
    await settled();
    expect((await ann.groups.group(group))?.subject).toBe('New');
  });
});

describe('what is forged', () => {
  it('with the key of another is shown as a claim at most, and is given to no group', async () => {
    const { olga, ann, ben, group } = await sailing();
    const plain = `<group xmlns='${GROUP}' id='${group.id}' owner='${olga.jid}'/><body>I say so</body>`;
    const command = `<group xmlns='${GROUP}' id='${group.id}' owner='${olga.jid}' type='set'><remove jid='${ben.jid}'/></group>`;
    ann.device.deliver(stanza(olga, ann, sealed(plain, print('B'), [ann], olga)));
    ann.device.deliver(stanza(olga, ann, sealed(command, print('B'), [ann], olga), 'second'));
    await settled();
    expect(ann.told).toEqual(['unverified wrong-signer I say so']);
    expect((await ann.groups.group(group))?.members).toContain(ben.jid);
  });

  it('in clear, alone or beside something genuine, changes nothing', async () => {
    const { olga, ann, ben, group } = await sailing();
    const removal = `<group xmlns='${GROUP}' id='${group.id}' owner='${olga.jid}' type='set'><remove jid='${ben.jid}'/></group>`;
    ann.device.deliver(stanza(olga, ann, removal));
    const plain = `<group xmlns='${GROUP}' id='${group.id}' owner='${olga.jid}'/><body>genuine</body>`;
    ann.device.deliver(stanza(olga, ann, sealed(plain, print('C'), [ann], olga) + removal, 'second'));
    await settled();
    expect(ann.told).toEqual(['outer-group-differs', 'genuine']);
    expect((await ann.groups.group(group))?.members).toContain(ben.jid);
  });

  it('by repeating what was genuine is told once', async () => {
    const { olga, ann, group } = await sailing();
    const seen: string[] = [];
    ann.device.loses = (element) => {
      seen.push(JSON.stringify(element));
      return false;
    };
    await olga.groups.send(group, 'one');
    await settled();
    for (const one of seen)
      ann.device.deliver({ ...JSON.parse(one), attrs: { ...JSON.parse(one).attrs, id: 'other' } });
    await settled();
    expect(ann.told).toEqual(['one']);
  });
});

describe('files', () => {
  it('are encrypted for all members, and opened only as those of their sender', async () => {
    const { olga, ann, ben, group, directory } = await sailing();
    const bytes = Uint8Array.of(1, 2, 3);
    const file = await olga.groups.sealFile(group, bytes);
    expect(await ann.groups.openFile(olga.jid, file)).toEqual({ fault: undefined, bytes });
    expect(await ann.groups.openFile(ben.jid, file)).toMatchObject({ fault: 'wrong-signer' });
    const seen: unknown[] = [];
    ann.groups.on('message', ({ file: described, answers, text }) => seen.push([described, answers, text]));
    const description = { url: 'https://example.net/f', type: 'image/png', length: 3 };
    await olga.groups.send(group, {
      file: { ...description, description: 'a boat' },
      thumbnail: { type: 'image/png', bytes },
      answers: { id: 'm1', from: ann.jid, text: 'Show it' },
    });
    await settled();
    expect(seen).toEqual([[{ ...description, encrypted: true }, 'm1', undefined]]);
    await expect(ann.groups.sealFile({ ...group, id: 'x' }, bytes)).rejects.toMatchObject({
      condition: 'unknown-group',
    });
    const dan = bare('dan@example.net');
    directory.set(dan, [print('D')]);
    await olga.groups.add(group, [dan]);
    await ann.groups.leave(group);
    await expect(ann.groups.sealFile(group, bytes)).rejects.toMatchObject({ condition: 'not-member' });
  });

  it('need keys', async () => {
    const world = company();
    const [olga, ann] = [await world.person('olga'), await world.person('ann')];
    const { group } = await olga.groups.create('x', [ann.jid]);
    await expect(olga.groups.sealFile(group, new Uint8Array())).rejects.toMatchObject({
      condition: 'no-signer',
    });
    expect(await olga.groups.openFile(ann.jid, new Uint8Array())).toMatchObject({ fault: 'undecryptable' });
  });
});

describe('an encrypted group', () => {
  it('is never written to in clear', async () => {
    const world = company();
    const state = memoryState();
    const olga = await world.person('olga', { state }, 'C');
    const ann = await world.person('ann', {}, true);
    const { group } = await olga.groups.create('Sailing', [ann.jid]);
    await settled();
    olga.groups.close();
    const careless = await world.person('olga', { state });
    await expect(careless.groups.send(group, 'x')).rejects.toMatchObject({ condition: 'downgrade' });
    await expect(careless.groups.setSubject(group, 'x')).rejects.toMatchObject({ condition: 'downgrade' });
  });

  it('is the same on two devices of one account', async () => {
    const { olga, ann, group, person } = await sailing();
    const second = await person('ann', {}, true);
    await second.keyring?.fetch(olga.jid);
    await olga.groups.add(group, [ann.jid]);
    await settled();
    await ann.groups.send(group, 'from the first');
    await settled();
    expect(second.told).toEqual(['joined', 'from the first']);
    await second.groups.leave(group);
    await settled();
    expect((await ann.groups.group(group))?.my).toBe('parted');
  });
});
