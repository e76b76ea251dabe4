import { describe, expect, it } from 'vitest';
import { settled } from '../../test/fake-connection.js';
import { bare } from '../../test/fake-server.js';
import { company, type Person, TIMEOUT } from '../../test/kontalk-company.js';
import { GroupsError } from '../errors.js';
import { memoryState, type StatePort } from './state-port.js';

/** Olga's group with Ann and Ben, and all that was told of its creation forgotten. */
async function sailing(keys: boolean, service = true) {
  const world = company();
  if (!service) world.server.multicast = undefined;
  const olga = await world.person('olga', {}, keys);
  const ann = await world.person('ann', {}, keys);
  const ben = await world.person('ben', {}, keys);
  const created = await olga.groups.create('Sailing', [ann.jid, ben.jid]);
  await pass(world, 1000);
  const everybody = [olga, ann, ben];
  for (const { told } of everybody) told.length = 0;
  return { ...world, olga, ann, ben, group: created.group, created };
}

/** Lets all happen that takes up to so many milliseconds. */
async function pass({ platform }: Pick<Person, 'platform'>, ms: number): Promise<void> {
  await settled();
  for (let passed = 0; passed < ms; passed += 100) {
    platform.pass(100);
    await settled();
  }
}

const failure = async (promise: Promise<unknown>): Promise<GroupsError> => {
  const error = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof GroupsError)) throw error;
  return error;
};

const messagesIn = ({ device }: Person): string[] =>
  device.sent.filter((text) => text.startsWith('<message'));

describe.each([
  ['in clear, by multicast', false, true],
  ['in clear, one by one', false, false],
  ['encrypted, by multicast', true, true],
  ['encrypted, one by one', true, false],
])('a group %s', (_, keys, service) => {
  it('is created, written to, changed and left', async () => {
    const { olga, ann, ben, group, created, platform } = await sailing(keys, service);
    expect(await created.outcome).toBe('taken');
    const mark = keys ? '' : 'clear ';
    await ann.groups.send(group, 'Saturday?');
    await pass({ platform }, 500);
    expect(olga.told).toEqual([`${mark}Saturday?`]);
    expect(ben.told).toEqual([`${mark}Saturday?`]);
    await olga.groups.setSubject(group, 'Rowing');
    await olga.groups.remove(group, [ben.jid]);
    await olga.groups.send(group, 'He is gone');
    await pass({ platform }, 1500);
    expect(ben.told).toEqual([`${mark}Saturday?`, 'subject Rowing', 'removed']);
    expect(ann.told).toEqual(['taken', 'subject Rowing', `+ -${ben.jid}`, `${mark}He is gone`]);
    await ann.groups.leave(group);
    await pass({ platform }, 500);
    expect(olga.told.at(-1)).toBe('member-left');
    await olga.groups.add(group, [ann.jid, ben.jid]);
    await pass({ platform }, 1000);
    expect([ann.told, ben.told].map((told) => told.includes('rejoined'))).toEqual([true, true]);
    const view = await ben.groups.group(group);
    expect(view).toMatchObject({ subject: 'Rowing', my: 'member', encrypted: keys });
    expect(new Set(view?.members)).toEqual(new Set([olga.jid, ann.jid, ben.jid]));
    expect((await olga.groups.list()).map(({ members }) => members.length)).toEqual([3]);
  });

  it('reaches who was away, in order', async () => {
    const { olga, ann, ben, group, platform } = await sailing(keys, service);
    ben.device.logout();
    await olga.groups.send(group, 'one');
    await olga.groups.setSubject(group, 'Rowing');
    await pass({ platform }, 1000);
    await ann.groups.send(group, 'two');
    await pass({ platform }, 1000);
    expect(ben.told).toEqual([]);
    ben.device.login();
    await settled();
    const mark = keys ? '' : 'clear ';
    expect(ben.told).toEqual([`${mark}one`, 'subject Rowing', `${mark}two`]);
  });

  it('reads on the wire like nothing but addresses, ids and stubs when it is encrypted', async () => {
    const { olga, ann, ben, group, platform } = await sailing(keys, service);
    await ann.groups.send(group, { text: 'a secret', answers: { id: 'x', from: olga.jid, text: 'secret' } });
    await ann.groups.chatState(group, 'composing');
    await olga.groups.setSubject(group, 'a secret');
    await pass({ platform }, 1000);
    const wire = [olga, ann, ben].flatMap(messagesIn).join('\n');
    expect(/secret|Sailing|message#group|composing/.test(wire)).toBe(!keys);
  });
});

describe('what is said', () => {
  it('waits while the server has not taken a command, and then goes on', async () => {
    const { olga, group, platform } = await sailing(false);
    olga.device.swallows = ({ name }) => name === 'iq';
    const before = messagesIn(olga).length;
    const changed = await olga.groups.setSubject(group, 'Rowing');
    await olga.groups.send(group, 'one');
    await settled();
    expect(messagesIn(olga).length).toBe(before + 1);
    olga.device.swallows = () => false;
    await pass({ platform }, TIMEOUT + 100);
    expect(messagesIn(olga).length).toBe(before + 2);
    expect(await changed.outcome).toBe('waiting');
    expect(olga.told).toEqual(['taken', 'taken']);
  });

  it('is sent again with the same id in a new session, and told once', async () => {
    const { olga, ann, group } = await sailing(false);
    olga.device.swallows = ({ name }) => name === 'iq';
    const sent = await olga.groups.send(group, 'one');
    await settled();
    olga.device.logout();
    olga.device.swallows = () => false;
    olga.device.login();
    await settled();
    expect(messagesIn(olga).filter((text) => text.includes(`id='${sent.id}'`))).toHaveLength(2);
    expect(ann.told).toEqual(['clear one']);
    expect(await sent.outcome).toBe('taken');
  });

  it('is not sent again when the session is resumed', async () => {
    const { olga, group } = await sailing(false);
    const before = messagesIn(olga).length;
    await olga.groups.send(group, 'one');
    olga.device.logout();
    olga.device.login(true);
    await settled();
    expect(messagesIn(olga).length).toBe(before + 1);
  });

  it('while the connection is away goes out with the next login, in order', async () => {
    const { olga, ann, ben, group } = await sailing(true);
    olga.device.logout();
    const said = await olga.groups.remove(group, [ben.jid]);
    await olga.groups.send(group, 'one');
    expect(said.recipients).toEqual([ann.jid, ben.jid]);
    olga.device.login();
    await settled();
    expect(ann.told).toEqual([`+ -${ben.jid}`, 'one']);
    expect(ben.told).toEqual(['removed']);
  });

  it('goes out after a restart', async () => {
    const world = company();
    const state = memoryState();
    const [olga, ann] = [await world.person('olga', { state }), await world.person('ann')];
    const { group } = await olga.groups.create(undefined, [ann.jid]);
    await settled();
    olga.device.logout();
    const sent = await olga.groups.send(group, 'one');
    olga.groups.close();
    expect(await sent.outcome).toBe('waiting');
    const again = await world.person('olga', { state });
    await settled();
    expect(ann.told).toEqual(['joined', 'clear one']);
    expect((await again.groups.group(group))?.members).toEqual([olga.jid, ann.jid]);
    expect(await again.groups.delivery(sent.id)).toEqual(
      new Map([
        [ann.jid, 'sent'],
        [olga.jid, 'sent'],
      ]),
    );
  });

  it.each([
    [
      'to a group that is not there',
      (one: Person) => one.groups.send({ owner: one.jid, id: 'x' }, 'x'),
      'unknown-group',
    ],
    ['to nobody', (one: Person) => one.groups.create('x', []), 'no-recipients'],
    [
      'with a subject that is too long',
      (one: Person) => one.groups.create('x'.repeat(2000), [bare('a@b')]),
      'subject-too-long',
    ],
    [
      'as heir of nothing',
      (one: Person) => one.groups.continueGroup({ owner: one.jid, id: 'x' }),
      'unknown-group',
    ],
  ])('%s is refused', async (_label, act, condition) => {
    const one = await company().person('olga');
    expect(await failure(act(one))).toMatchObject({ condition });
  });

  it('as the owner only is refused to others', async () => {
    const { ann, ben, group } = await sailing(false);
    for (const refused of [
      ann.groups.add(group, [bare('dan@example.net')]),
      ann.groups.remove(group, [ben.jid]),
      ann.groups.setSubject(group, 'x'),
      ann.groups.handOver(group, ben.jid),
    ]) {
      expect((await failure(refused)).condition).toBe('not-owner');
    }
    expect((await failure(ann.groups.forget(group))).condition).toBe('unexpected-request');
    await ann.groups.leave(group);
    expect((await failure(ann.groups.send(group, 'x'))).condition).toBe('not-member');
    await ann.groups.forget(group);
    expect(await ann.groups.list()).toEqual([]);
  });

  it('is refused when too much waits', async () => {
    const { olga, group } = await sailing(false);
    olga.device.logout();
    for (let at = 0; at < 1000; at += 1) await olga.groups.send(group, 'x');
    expect((await failure(olga.groups.send(group, 'x'))).condition).toBe('resource-constraint');
  });
});

describe('the multicast service', () => {
  it('that takes less than it says gets smaller lists, from then on', async () => {
    const world = company();
    world.server.multicast = { limits: { local: 2, remote: 2 } };
    world.server.stated = 100;
    const olga = await world.person('olga', { ownDevices: false });
    const others = [];
    for (const name of ['ann', 'ben', 'cleo', 'dan']) others.push(await world.person(name));
    const { group } = await olga.groups.create(
      'Sailing',
      others.map(({ jid }) => jid),
    );
    await settled();
    expect(others.map(({ told }) => told)).toEqual([['joined'], ['joined'], ['joined'], ['joined']]);
    const before = messagesIn(olga).length;
    await olga.groups.send(group, 'one');
    await settled();
    expect(messagesIn(olga).length - before).toBe(2);
    expect(olga.told).toEqual(['again', 'taken', 'taken']);
  });

  it('that refuses is left alone', async () => {
    const world = company();
    world.server.multicast = { mayUse: () => false };
    const olga = await world.person('olga');
    const [ann, ben] = [await world.person('ann'), await world.person('ben')];
    await olga.groups.create('Sailing', [ann.jid, ben.jid]);
    await pass(world, 500);
    expect([olga.told, ann.told, ben.told]).toEqual([['again', 'taken'], ['joined'], ['joined']]);
    expect(messagesIn(olga).map((text) => /<message[^>]* to='([^']*)'/.exec(text)?.[1])).toEqual([
      'multicast.example.net',
      ann.jid,
      ben.jid,
      olga.jid,
    ]);
  });

  it('is the server itself where somebody wants to follow the page to the letter', async () => {
    const world = company();
    world.server.multicast = undefined;
    const olga = await world.person('olga', { literal: true });
    const [ann, ben] = [await world.person('ann'), await world.person('ben')];
    await olga.groups.create('Sailing', [ann.jid, ben.jid]);
    await pass(world, 500);
    expect(messagesIn(olga)[0]).toContain(" to='example.net'");
    expect([olga.told, ann.told, ben.told]).toEqual([['again', 'taken'], ['joined'], ['joined']]);
  });

  it('that is busy is tried again, and given up in the end', async () => {
    const { olga, group, device } = await sailing(false).then((scene) => ({
      ...scene,
      device: scene.olga.device,
    }));
    const { id } = await olga.groups.send(group, 'one');
    await settled();
    olga.told.length = 0;
    const busy = () =>
      device.deliver(
        `<message xmlns='jabber:client' type='error' id='${id}' from='multicast.example.net' to='${device.jid}'><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
      );
    for (let at = 0; at < 6; at += 1) {
      busy();
      await pass(olga, 1000 * 5 * 2 ** at + 200);
    }
    expect(olga.told.filter((one) => one === 'again')).toHaveLength(5);
    expect(olga.told.slice(-3).map((one) => one.split(' ')[0])).toEqual(['failed', 'failed', 'failed']);
    expect(messagesIn(olga).filter((text) => text.includes(id))).toHaveLength(6);
  });

  it('hides who the others are when it can and shall', async () => {
    const world = company();
    const olga = await world.person('olga', { hidden: true });
    const [ann, ben] = [await world.person('ann'), await world.person('ben')];
    const copies: string[] = [];
    ann.device.loses = (stanza) => {
      copies.push(JSON.stringify(stanza));
      return false;
    };
    await olga.groups.create('Sailing', [ann.jid, ben.jid]);
    await settled();
    expect([...copies.join().matchAll(/"bcc","jid":"([^"]*)"/g)].map(([, jid]) => jid)).toEqual([ann.jid]);
    expect(copies.join()).not.toContain('"type":"to"');
    expect(ann.told).toEqual(['joined']);
  });
});

describe('what comes back', () => {
  it('is counted for who it is from: receipts and errors', async () => {
    const world = company();
    const olga = await world.person('olga', { askReceipts: true });
    const [ann, ben] = [await world.person('ann'), await world.person('ben', { giveReceipts: false })];
    const { group } = await olga.groups.create('Sailing', [ann.jid, ben.jid]);
    const { id } = await olga.groups.send(group, 'one');
    await settled();
    olga.device.deliver(
      `<message xmlns='jabber:client' type='error' id='${id}' from='${ben.jid}' to='${olga.device.jid}'><error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
    );
    olga.device.deliver(
      `<message xmlns='jabber:client' type='chat' from='mallory@example.net/x' to='${olga.device.jid}'><received xmlns='urn:xmpp:receipts' id='${id}'/></message>`,
    );
    await settled();
    expect(olga.told).toEqual(['taken', 'taken', `received ${ann.jid}`, `failed ${ben.jid}`]);
    expect(await olga.groups.delivery(id)).toEqual(
      new Map([
        [ann.jid, 'received'],
        [ben.jid, 'failed'],
        [olga.jid, 'sent'],
      ]),
    );
    expect(await olga.groups.delivery('other')).toBeUndefined();
  });
});

describe('chat states', () => {
  it('are told to the members, not too often, and not offline', async () => {
    const { olga, ann, group, platform } = await sailing(true);
    expect(await ann.groups.chatState(group, 'composing')).toBe(true);
    expect(await ann.groups.chatState(group, 'composing')).toBe(false);
    await settled();
    expect(olga.told).toEqual(['composing']);
    platform.pass(20_000);
    ann.device.logout();
    expect(await ann.groups.chatState(group, 'composing')).toBe(false);
    expect((await failure(ann.groups.chatState({ ...group, id: 'x' }, 'composing'))).condition).toBe(
      'unknown-group',
    );
  });
});

describe('invitations', () => {
  it('wait for an answer; what was said meanwhile is told then', async () => {
    const world = company();
    const olga = await world.person('olga');
    const ann = await world.person('ann', { autoJoin: () => false });
    const ben = await world.person('ben', { autoJoin: () => false });
    const { group } = await olga.groups.create('Sailing', [ann.jid, ben.jid]);
    await olga.groups.send(group, 'one');
    await settled();
    expect([ann.told, (await ann.groups.group(group))?.my]).toEqual([['invited'], 'invited']);
    await ann.groups.accept(group);
    expect(ann.told).toEqual(['invited', 'joined', 'clear one']);
    await ben.groups.decline(group);
    await settled();
    expect(olga.told.at(-1)).toBe('member-left');
    expect(ann.told.at(-1)).toBe('member-left');
  });
});

describe('handing over', () => {
  it('makes a member the owner of a group that continues', async () => {
    const { olga, ann, ben, group, platform } = await sailing(true);
    expect((await failure(ann.groups.continueGroup(group))).condition).toBe('wrong-member');
    await olga.groups.handOver(group, ann.jid);
    await pass({ platform }, 500);
    expect(ann.told).toEqual(['owner-left', 'handed-over']);
    const { group: next } = await ann.groups.continueGroup(group);
    await pass({ platform }, 500);
    expect(ben.told).toEqual(['owner-left', 'handed-over', 'joined', 'continued']);
    expect((await ben.groups.group(next))?.members).toEqual([ann.jid, ben.jid]);
    expect((await ben.groups.group(group))?.owned).toBe(false);
  });
});

describe('the state', () => {
  const broken: StatePort = {
    load: () => Promise.resolve('{"version":1}'),
    save: () => Promise.resolve(),
  };
  it.each<[string, StatePort]>([
    ['cannot be read', broken],
    ['is no JSON', { ...broken, load: () => Promise.resolve('{') }],
    ['cannot be loaded', { ...broken, load: () => Promise.reject(new Error('no')) }],
  ])('that %s lets everything fail, and is not overwritten', async (_, state) => {
    const one = await company().person('olga', { state });
    expect(one.told).toEqual(['fault state']);
    expect((await failure(one.groups.list())).condition).toBe('state');
    expect((await failure(one.groups.create('x', [bare('a@b')]))).condition).toBe('state');
    expect(messagesIn(one)).toEqual([]);
  });

  it('that cannot be saved: nothing is sent, and what has come is told later', async () => {
    const world = company();
    let full = false;
    const memory = memoryState();
    const state: StatePort = {
      ...memory,
      save: (name, text) => (full ? Promise.reject(new Error('full')) : memory.save(name, text)),
    };
    const [olga, ann] = [await world.person('olga', { state }), await world.person('ann', { state })];
    const { group } = await olga.groups.create('Sailing', [ann.jid]);
    await settled();
    full = true;
    const before = messagesIn(olga).length;
    expect(await failure(olga.groups.send(group, 'x'))).toMatchObject({ condition: 'state', text: 'full' });
    expect(messagesIn(olga).length).toBe(before);
    expect((await olga.groups.group(group))?.subject).toBe('Sailing');
    ann.device.deliver(
      `<message xmlns='jabber:client' type='chat' id='m' from='${olga.jid}/x' to='${ann.jid}'><group xmlns='http://kontalk.org/extensions/message#group' id='${group.id}' owner='${olga.jid}'/><body>one</body></message>`,
    );
    await settled();
    expect(ann.told).toEqual(['joined', 'fault state']);
    full = false;
    await pass(world, 5000);
    expect(ann.told).toEqual(['joined', 'fault state', 'clear one']);
  });
});

describe('the connection', () => {
  it('of another account is not used', async () => {
    const one = await company().person('olga', { account: bare('ann@example.net') });
    expect(one.told).toEqual(['fault conflict']);
    await one.groups.create('x', [bare('ben@example.net')]);
    await settled();
    expect(one.device.sent).toEqual([]);
  });

  it('stays when the client is closed; all promises settle', async () => {
    const { olga, group, platform } = await sailing(false);
    olga.device.swallows = () => true;
    const sent = await olga.groups.setSubject(group, 'x');
    const late = olga.groups.send(group, 'y');
    olga.groups.close();
    const kept = await Promise.allSettled([late, olga.groups.send(group, 'z'), olga.groups.accept(group)]);
    expect(kept.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await sent.outcome).toBe('waiting');
    olga.device.deliver(`<message xmlns='jabber:client' type='chat' from='x@y/z'/>`);
    await settled();
    expect(platform.timers()).toBe(0);
    expect(olga.told).toEqual([]);
  });
});
