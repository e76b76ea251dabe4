import { describe, expect, it } from 'vitest';
import { fakeConnection, fakePlatform, settled } from '../../test/fake-connection.js';
import { card, cards, echoOf, item, live, page, rewritten, system, VERONA } from '../../test/group-side.js';
import { scene, TIMEOUT } from '../../test/scene.js';
import { xabberGroups } from './xabber-groups.js';

describe('catching up', () => {
  it('reads all pages behind the position, then what was rewritten, and goes on live', async () => {
    const { connection, client, told } = await scene();
    connection.receive(live('101', 'one'));
    connection.offline();
    connection.online();
    expect(connection.sent.at(-1)).toContain('<after>101</after>');
    page(connection, [['102', 'two']], false);
    await settled();
    expect(connection.sent.at(-1)).toContain('<after>102</after>');
    page(connection, [['103', 'three']]);
    await settled();
    expect(connection.sent.at(-1)).toContain("version='3'");
    rewritten(connection, 5);
    await settled();
    connection.receive(live('104', 'four'));
    expect(told).toEqual(['live one', 'read two', 'read three', 'live four']);
    expect(client.position(VERONA)).toEqual({ stanzaId: '104', rewrites: 5 });
  });

  it('tells what comes meanwhile once, and after what was missed', async () => {
    const { connection, told } = await scene();
    connection.offline();
    connection.online();
    connection.receive(live('103', 'three'));
    page(connection, [['102', 'two']]);
    await settled();
    rewritten(connection, 3);
    await settled();
    page(connection, [['103', 'three']]);
    await settled();
    rewritten(connection, 3);
    await settled();
    connection.receive(live('103', 'three'));
    connection.receive(live('99', 'an old copy'));
    expect(told).toEqual(['read two', 'read three']);
  });

  it('goes on when the connection is lost in the middle', async () => {
    const { connection, told, faults } = await scene();
    connection.offline();
    connection.online();
    page(connection, [['101', 'one']], false);
    await settled();
    connection.offline();
    connection.online();
    page(connection, [['102', 'two']]);
    await settled();
    rewritten(connection, 3);
    await settled();
    page(connection, []);
    await settled();
    rewritten(connection, 3);
    await settled();
    expect([told, faults]).toEqual([['read one', 'read two'], []]);
  });

  it('is tried again after a time-out, and leaves no gap', async () => {
    const { connection, platform, told, faults } = await scene();
    connection.offline();
    connection.online();
    platform.pass(TIMEOUT);
    await settled();
    expect(faults).toEqual(['timeout']);
    connection.receive(live('102', 'two'));
    platform.pass(10_000);
    expect(connection.sent.at(-1)).toContain('<after>100</after>');
    page(connection, [
      ['101', 'one'],
      ['102', 'two'],
    ]);
    await settled();
    rewritten(connection, 3);
    await settled();
    expect(told).toEqual(['read one', 'read two']);
  });

  it('without a position begins behind the newest message, and in front of what comes meanwhile', async () => {
    const connection = fakeConnection();
    const client = xabberGroups(connection, { platform: fakePlatform(), available: false });
    const told: string[] = [];
    client.on('message', ({ message }) => told.push(message.text));
    connection.online();
    const following = client.follow(VERONA);
    cards(connection, 1, card('me'));
    await settled();
    connection.receive(live('8', 'new'));
    page(connection, [['8', 'new']]);
    await settled();
    expect(connection.sent.at(-1)).toContain('<before>8</before>');
    page(connection, [['7', 'old']]);
    await settled();
    page(connection, [['8', 'new']]);
    await settled();
    rewritten(connection, 0);
    await following;
    expect(told).toEqual(['new']);
  });
});

describe('a resumed session', () => {
  it('goes on where it was: nothing is asked or sent again', async () => {
    const { connection, client, told } = await scene();
    const { originId, outcome } = client.send(VERONA, 'Hi');
    const before = connection.sent.length;
    connection.offline();
    connection.online(true);
    expect(connection.sent).toHaveLength(before);
    connection.receive(live('101', 'one'));
    connection.receive(echoOf('102', 'Hi', originId));
    expect(await outcome).toMatchObject({ kind: 'stored', stanzaId: '102' });
    expect(told).toEqual(['live one', 'live Hi']);
  });
});

describe('the archive', () => {
  it('whose page ends in the middle because the connection is lost is asked again, and each message is in it once', async () => {
    const { connection, client } = await scene();
    const asked = client.history(VERONA, { after: '50', max: 10 });
    const question = connection.sent.at(-1);
    const queryId = /queryid='([^']+)'/.exec(question ?? '')?.[1] ?? '';
    item(connection, queryId, '51', 'one');
    connection.offline();
    connection.online();
    expect(connection.sent).toContain(question);
    item(connection, queryId, '51', 'one');
    item(connection, queryId, '52', 'two');
    item(connection, 'another', '53', 'three');
    connection.answer(
      '<after>50</after>',
      `<fin xmlns='urn:xmpp:mam:2' queryid='${queryId}' complete='true'><set xmlns='http://jabber.org/protocol/rsm'><first>51</first><last>52</last></set></fin>`,
    );
    const { items, complete } = await asked;
    expect([items.map(({ message }) => message.text), complete]).toEqual([['one', 'two'], true]);
  });

  it('that has forgotten the position is told as a fault, and what comes is told all the same', async () => {
    const { connection, told, faults } = await scene();
    connection.offline();
    connection.online();
    connection.answer(
      'urn:xmpp:mam:2',
      "<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>",
      'error',
    );
    await settled();
    expect(faults).toEqual(['item-not-found']);
    connection.receive(live('200', 'new'));
    expect(told).toEqual(['live new']);
  });
});

describe('following', () => {
  const REFUSED = "<error type='cancel'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

  it('ends at once for who is no member', async () => {
    const connection = fakeConnection();
    const platform = fakePlatform();
    const client = xabberGroups(connection, { platform, available: false });
    connection.online();
    const following = expect(client.follow(VERONA)).rejects.toMatchObject({ condition: 'not-allowed' });
    connection.answer('#members', REFUSED, 'error');
    await following;
    expect(client.position(VERONA)).toBeUndefined();
    await settled();
    expect(platform.timers()).toBe(0);
  });

  it('is told about, and tried again, when the group does not answer', async () => {
    const connection = fakeConnection();
    const platform = fakePlatform();
    const client = xabberGroups(connection, { platform, timeout: TIMEOUT, available: false });
    const told: string[] = [];
    client.on('message', ({ message, own }) => told.push(`${message.text}${own ? ', own' : ''}`));
    connection.online();
    const following = expect(client.follow(VERONA, { stanzaId: '100', rewrites: 3 })).rejects;
    platform.pass(TIMEOUT);
    await following.toMatchObject({ condition: 'timeout' });
    connection.receive(live('101', 'left to the archive'));
    platform.pass(10_000);
    cards(connection, 1, card('r0'));
    await settled();
    page(connection, [['101', 'left to the archive']]);
    await settled();
    rewritten(connection, 3);
    await settled();
    // That one is Romeo oneself is known before the first message.
    expect(told).toEqual(['left to the archive, own']);
  });

  it('begun before the login waits for it', async () => {
    const connection = fakeConnection();
    const client = xabberGroups(connection, { platform: fakePlatform(), available: false });
    const following = client.follow(VERONA, { stanzaId: '100', rewrites: 3 });
    connection.online();
    cards(connection, 1, card('me'));
    await settled();
    page(connection, []);
    await settled();
    rewritten(connection, 3);
    await following;
    expect(client.position(VERONA)).toEqual({ stanzaId: '100', rewrites: 3 });
  });

  it('ends when the group has removed the member', async () => {
    const { connection, client, told } = await scene();
    const ended: string[] = [];
    client.on('ended', ({ group }) => ended.push(group));
    connection.receive(
      `<presence xmlns='jabber:client' type='unsubscribe' from='${VERONA}/Group' to='juliet@example.com'/>`,
    );
    connection.receive(live('101', 'late'));
    expect([ended, told, client.position(VERONA)]).toEqual([[VERONA], [], undefined]);
  });
});

describe('sending', () => {
  it('is stored with the echo, and told in its place', async () => {
    const { connection, platform, client, told } = await scene();
    const states: string[] = [];
    client.on('sent', ({ state }) => states.push(state.kind));
    const { originId, outcome } = client.send(VERONA, 'Hi');
    expect(connection.sent.at(-1)).toContain(`<origin-id xmlns='urn:xmpp:sid:0' id='${originId}'/>`);
    connection.receive(echoOf('101', 'Hi', originId));
    expect(await outcome).toMatchObject({ kind: 'stored', stanzaId: '101', message: { text: 'Hi' } });
    expect([states, told, platform.timers()]).toEqual([['sending', 'stored'], ['live Hi'], 0]);
  });

  it('fails without an echo; another attempt has the same origin-id and the mark of one', async () => {
    const { connection, platform, client } = await scene();
    const { originId, outcome } = client.send(VERONA, 'Hi');
    expect(connection.sent.at(-1)).not.toContain('<retry');
    platform.pass(TIMEOUT);
    expect(await outcome).toMatchObject({ kind: 'failed', error: { condition: 'timeout' } });
    const again = client.retry(originId);
    expect(again?.originId).toBe(originId);
    expect(connection.sent.at(-1)).toContain('<retry');
    expect(connection.sent.at(-1)).toContain(`id='${originId}'`);
    connection.receive(echoOf('101', 'Hi', originId));
    expect(await again?.outcome).toMatchObject({ kind: 'stored' });
    expect(client.retry(originId)).toBeUndefined();
  });

  it('fails with what the group says', async () => {
    const { connection, client } = await scene();
    const { originId, outcome } = client.send(VERONA, 'Hi');
    connection.receive(
      `<message xmlns='jabber:client' type='error' from='${VERONA}' to='juliet@example.com/balcony' id='${originId}'><error type='cancel'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
    );
    expect(await outcome).toMatchObject({ kind: 'failed', error: { condition: 'not-allowed' } });
  });

  it('takes no echo from somebody else', async () => {
    const { connection, platform, client } = await scene();
    const { originId, outcome } = client.send(VERONA, 'Hi');
    connection.receive(echoOf('101', 'Hi', originId).replaceAll(VERONA, 'mallory@example.com'));
    platform.pass(TIMEOUT);
    expect(await outcome).toMatchObject({ kind: 'failed' });
  });

  it('is done again in a new session, until the echo comes; offline it waits for one', async () => {
    const { connection, client } = await scene();
    const first = client.send(VERONA, 'one');
    connection.offline();
    const second = client.send(VERONA, 'two');
    connection.online();
    const resent = connection.sent.filter((text) => text.includes('<retry'));
    expect(resent.map((text) => text.includes(first.originId))).toEqual([true, false]);
    connection.receive(echoOf('101', 'one', first.originId));
    connection.receive(echoOf('102', 'two', second.originId));
    const outcomes = await Promise.all([first.outcome, second.outcome]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['stored', 'stored']);
  });

  it('ends when the client is closed', async () => {
    const { platform, client } = await scene();
    const { outcome } = client.send(VERONA, 'Hi');
    client.close();
    expect(await outcome).toMatchObject({ kind: 'failed', error: { condition: 'closed' } });
    expect(platform.timers()).toBe(0);
  });
});

describe('the members', () => {
  it('are asked for once, then by versions; who has left is gone', async () => {
    const { connection, client } = await scene();
    const seen: string[][] = [];
    client.on('members', ({ members }) => seen.push([...members.keys()]));
    const asked = client.members(VERONA);
    cards(connection, 7, card('r0') + card('j0'));
    expect([...(await asked).keys()]).toEqual(['r0', 'j0']);
    expect([...(await client.members(VERONA)).keys()]).toEqual(['r0', 'j0']);
    connection.receive(system('101', 'left', 7));
    connection.receive(system('102', 'left', 8));
    connection.receive(system('103', 'join', 9));
    expect(connection.sent.at(-1)).toContain("version='7'");
    cards(connection, 8, card('r0', 'none'));
    await settled();
    expect(connection.sent.at(-1)).toContain("version='8'");
    cards(connection, 9, card('p0'));
    await settled();
    expect(seen).toEqual([['j0'], ['j0', 'p0']]);
  });
});
