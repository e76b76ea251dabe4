import { describe, expect, it } from 'vitest';
import { VERONA } from '../../test/group-side.js';
import { scene } from '../../test/scene.js';

const GROUPS = 'https://xabber.com/protocol/groups';

/** What is told of a group in messages without a place in its archive, and by what events. */
const STANZAS = {
  disclosed: `<disclosed xmlns='${GROUPS}' type='offer'><user id='r0'><jid>romeo@example.com</jid></user></disclosed><body>told</body>`,
  displayed: `<displayed xmlns='urn:xmpp:chat-markers:0' id='o1'><stanza-id xmlns='urn:xmpp:sid:0' by='${VERONA}' id='99'/></displayed>`,
};

describe('what a group tells somebody alone', () => {
  it.each([
    [VERONA, 1],
    ['mallory@example.com', 0],
  ])('from %s is told %i times', async (from, times) => {
    const { connection, client, told } = await scene();
    const seen: unknown[] = [];
    client.on('disclosed', (event) => seen.push(event));
    client.on('displayed', (event) => seen.push(event));
    for (const content of Object.values(STANZAS)) {
      connection.receive(
        `<message xmlns='jabber:client' type='chat' from='${from}' to='juliet@example.com'>${content}</message>`,
      );
    }
    expect(seen).toMatchObject(
      times === 0
        ? []
        : [
            { group: VERONA, disclosed: { type: 'offer', user: { id: 'r0', jid: 'romeo@example.com' } } },
            { group: VERONA, id: 'o1', stanzaId: '99' },
          ],
    );
    expect(told).toEqual([]);
  });
});
