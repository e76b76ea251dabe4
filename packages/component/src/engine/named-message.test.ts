import { parseBareJid } from '@xmpp-groups/core/jid';
import type { NamedMessage, PlacedMessage } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import { namedMessage } from './named-message.js';

const group = parseBareJid('verona@groups.example.com');
if (!group.ok) throw new Error(group.error.reason);

const message = (stanzaId: number, author: string, id: string, originId?: string): PlacedMessage => ({
  stanzaId,
  previous: stanzaId - 1,
  author,
  id,
  originId,
  text: '',
  xml: '',
});

/** One that is too old to be among the latest, and those. */
const old = message(1, 'romeo', 'old', 'old-origin');
const latest = [
  message(2, 'romeo', 'a', 'origin-a'),
  message(3, 'juliet', 'b'),
  message(4, 'nurse', 'b'),
  message(5, 'romeo', '7'),
];

const store = {
  message: async (_: unknown, id: number) => [old, ...latest].find(({ stanzaId }) => stanzaId === id),
  findByOrigin: async (_: unknown, author: string, origin: string) =>
    [old, ...latest].find((one) => one.author === author && one.originId === origin),
  page: async () => ({ messages: latest, complete: false, count: 5 }),
};

describe('a message of the archive', () => {
  it.each<[title: string, name: NamedMessage, found: number | undefined]>([
    ['by its id there', { stanzaId: 1 }, 1],
    ['by its id there, whatever else is said', { stanzaId: 1, called: 'a', by: 'romeo' }, 1],
    ['by the own origin-id', { stanzaId: undefined, called: 'old-origin', by: 'romeo' }, 1],
    ['by the id of its stanza', { stanzaId: undefined, called: 'a', by: 'nurse' }, 2],
    ['the own one first', { stanzaId: undefined, called: 'b', by: 'juliet' }, 3],
    ['else the latest', { stanzaId: undefined, called: 'b', by: 'romeo' }, 4],
    ['by a name that only looks like an id of the archive', { stanzaId: 7, called: '7', by: 'romeo' }, 5],
    [
      'not by the origin-id of somebody else when it is old',
      { stanzaId: undefined, called: 'old-origin', by: 'nurse' },
      undefined,
    ],
    ['not without a name', { stanzaId: undefined }, undefined],
    ['not by an unknown id', { stanzaId: 9 }, undefined],
  ])('is found: %s', async (_, name, found) => {
    expect((await namedMessage(store, group.value, name))?.stanzaId).toBe(found);
  });
});
