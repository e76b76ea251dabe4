import { parseBareJid } from '@xmpp-groups/core/jid';
import { describe, expect, it } from 'vitest';
import { fakeConnection, fakePlatform, ME, settled } from '../../test/fake-connection.js';
import { card, cards, VERONA } from '../../test/group-side.js';
import { createWire } from '../wire.js';
import { createGroup, openPrivateChat } from './create.js';

const host = parseBareJid('groups.example.com');
if (!host.ok) throw new Error(host.error.reason);

const ASKS = `<presence xmlns='jabber:client' type='subscribe' from='${VERONA}/Group' to='${ME}'/>`;
const RESULT =
  "<query xmlns='https://xabber.com/protocol/groups#create'><localpart>verona</localpart></query>";

describe('creating a group', () => {
  it.each(['with the result', 'after one has asked it'])('is through when it asks %s', async (when) => {
    const connection = fakeConnection();
    const wire = createWire(connection, fakePlatform(), 1000);
    connection.online();
    const created = createGroup(wire, host.value, { name: 'Verona' });
    connection.answer('#create', RESULT);
    if (when === 'with the result') connection.receive(ASKS);
    await settled();
    connection.answer('jabber:iq:roster');
    await settled();
    expect(connection.sent[2]).toContain("type='subscribe'");
    if (when !== 'with the result') connection.receive(ASKS);
    await settled();
    expect(connection.sent[3]).toContain("type='subscribed'");
    cards(connection, 1, card('me'));
    expect(await created).toBe(VERONA);
  });
});

describe('opening a private chat', () => {
  const CHAT = 'k3jr9x2p@groups.example.com';
  const there = (jid: string): string =>
    `<x xmlns='https://xabber.com/protocol/groups'><jid>${jid}</jid></x><error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`;

  function scene() {
    const connection = fakeConnection();
    const wire = createWire(connection, fakePlatform(), 1000);
    connection.online();
    const opened = openPrivateChat(wire, VERONA, 'r0');
    expect(connection.sent[0]).toContain(`<peer-to-peer jid='${VERONA}' id='r0'/>`);
    return { connection, opened };
  }

  it('takes the one that is there, as the error names it (reference 13.4)', async () => {
    const { connection, opened } = scene();
    connection.answer('#create', there(CHAT), 'error');
    await settled();
    cards(connection, 1, card('me'));
    expect(await opened).toBe(CHAT);
  });

  it.each([
    ['a conflict that names none', there('').replace(/<x .*<\/x>/, ''), 'conflict'],
    ['another refusal', there(CHAT).replace('conflict', 'not-allowed'), 'not-allowed'],
  ])('fails with %s', async (_, error, condition) => {
    const { connection, opened } = scene();
    connection.answer('#create', error, 'error');
    await expect(opened).rejects.toMatchObject({ condition, attempted: { what: 'open a private chat' } });
  });
});
