import { describe, expect, it } from 'vitest';
import { elementIn } from '../../testing/table.js';
import { NS, serialise, type XmlElement } from '../../xml/index.js';
import { chooseKeys } from '../keys/choose-keys.js';
import { fakeOpenPgp, plainOfFake, readFake } from '../testing/fake-open-pgp.js';
import { ANN, BEN, keyOf, keysOf, OLGA, print, signerOf } from '../testing/people.js';
import { containerIn, stubElements } from './container.js';
import type { Draft } from './content.js';
import type { ContainerForm, EncryptOrder } from './open-pgp.js';
import { seal } from './seal.js';

const draft: Draft = {
  id: 'Xk3',
  payload: [
    elementIn("<body xmlns='jabber:client'>Saturday at the secret place</body>"),
    elementIn(
      "<group xmlns='http://kontalk.org/extensions/message#group' id='k3v9' owner='olga@example.net' type='set'><subject>Sailing</subject><add jid='cleo@example.net'/></group>",
    ),
    elementIn("<composing xmlns='http://jabber.org/protocol/chatstates'/>"),
  ],
  at: Date.UTC(2026, 10, 21, 7, 8, 30),
  padding: 'x',
};
const recipients = (form: ContainerForm) => {
  const keys = chooseKeys([ANN, BEN], keysOf, form);
  if (!keys.ok) throw new Error('no keys');
  return keys.value;
};

const textOf = (elements: readonly XmlElement[]): string =>
  elements.map((child) => serialise(child, NS.client)).join('');

/** The elements of a sealed draft, as text, and the order that the library got. */
async function sealed(form: ContainerForm, more: Partial<Draft> = {}) {
  const orders: EncryptOrder[] = [];
  const library = fakeOpenPgp([print('C')]);
  const made = await seal({ ...draft, ...more }, form, recipients(form), signerOf(OLGA), {
    ...library,
    encrypt: (plain, order) => {
      orders.push(order);
      return library.encrypt(plain, order);
    },
  });
  return {
    made,
    orders,
    text: made.ok ? made.value.map((child) => serialise(child, NS.client)).join('') : '',
  };
}

describe('seal', () => {
  it.each<[ContainerForm, string, string]>([
    ['kontalk', "<e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>BASE64</e2e>", '<body>(encrypted)</body>'],
    [
      'openpgp',
      "<openpgp xmlns='urn:xmpp:openpgp:0'>BASE64</openpgp><encryption xmlns='urn:xmpp:eme:0' namespace='urn:xmpp:openpgp:0'/>",
      "<store xmlns='urn:xmpp:hints'/><body>This message is encrypted using OpenPGP.</body>",
    ],
  ])(
    'leaves outside the container, in the form of %s (reference 4.1, 4.5), and a stub if it is kept',
    async (form, container, stub) => {
      const { text } = await sealed(form);
      expect(text.replace(/>[\w+/=]{40,}</, '>BASE64<')).toBe(container);
      expect(textOf(stubElements(form))).toBe(stub);
      expect(textOf(stubElements(form, 'Verschlüsselt'))).toContain('<body>Verschlüsselt</body>');
    },
  );

  it.each<ContainerForm>(['kontalk', 'openpgp'])(
    'Kontalk page: "group ID and all other information can and should be encrypted", in the form of %s',
    async (form) => {
      const { text, made } = await sealed(form);
      for (const secret of ['k3v9', 'olga', 'cleo', 'Sailing', 'secret', 'composing', 'group']) {
        expect(text.replace(/>[\w+/=]{40,}</, '><')).not.toContain(secret);
      }
      const message = made.ok ? containerIn(made.value)?.message : undefined;
      for (const secret of ['k3v9', 'olga', 'cleo', 'Sailing', 'secret', 'composing']) {
        expect(message && plainOfFake(message)).toContain(secret);
      }
    },
  );

  it('Kontalk page: "All group stanzas are encrypted using a multirecipient key", once for all', async () => {
    const { orders, made } = await sealed('kontalk');
    expect(orders).toEqual([
      {
        to: [print('A'), print('B')],
        signer: print('C'),
        userId: 'Olga <olga@example.net>',
        form: 'kontalk',
      },
    ]);
    const message = made.ok ? containerIn(made.value)?.message : undefined;
    expect(message && readFake(message).to).toEqual([print('A'), print('B')]);
  });

  it('signs with the user id of the form', async () => {
    expect((await sealed('openpgp')).orders[0]?.userId).toBe('xmpp:olga@example.net');
  });

  it('makes up no name where a key has none', async () => {
    const made = await seal(
      draft,
      'kontalk',
      [{ jid: ANN, key: { ...keyOf(ANN, 'A'), userIds: [] } }],
      { ...signerOf(OLGA), userIds: ['Olga <olga@other.example>'] },
      fakeOpenPgp([print('C')]),
    );
    const message = made.ok ? containerIn(made.value)?.message : undefined;
    expect(message && plainOfFake(message)).toContain('From: <olga@example.net>\nTo: <ann@example.net>\n');
  });

  it.each([
    [
      'nobody to write to',
      () => seal(draft, 'kontalk', [], signerOf(OLGA), fakeOpenPgp([print('C')])),
      { kind: 'no-recipients' },
    ],
    [
      'a key that is of no use',
      () =>
        seal(
          draft,
          'kontalk',
          recipients('kontalk'),
          signerOf(OLGA),
          fakeOpenPgp([print('C')], [print('B')]),
        ),
      { kind: 'unusable-key', keys: [print('B')] },
    ],
    [
      'no secret key',
      () => seal(draft, 'kontalk', recipients('kontalk'), signerOf(OLGA), fakeOpenPgp([])),
      { kind: 'no-signer', keys: [print('C')] },
    ],
    [
      'too much',
      async () => (await sealed('kontalk', { id: 'x'.repeat(262_144) })).made,
      { kind: 'too-large', most: 262_144 },
    ],
  ])('fails for %s', async (_, attempt, error) => {
    expect(await attempt()).toEqual({ ok: false, error });
  });
});
