import { parseBareJid } from '@xmpp-groups/core/jid';
import { describe, expect, it } from 'vitest';
import { fakeConnection, fakePlatform, ME, settled } from '../../test/fake-connection.js';
import { card, cards, VERONA } from '../../test/group-side.js';
import { createWire } from '../wire.js';
import { createGroup } from './create.js';

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
