import { describe, expect, it } from 'vitest';
import { bare, full } from '../../testing/jids.js';
import { elementIn } from '../../testing/table.js';
import type { XmlElement } from '../../xml/index.js';
import { chooseKeys } from '../keys/choose-keys.js';
import type { KnownKey } from '../keys/known-key.js';
import { type FakeMessage, fakeMessage, fakeOpenPgp } from '../testing/fake-open-pgp.js';
import { ANN, BEN, keyOf, keysOf, OLGA, print, signerOf } from '../testing/people.js';
import type { Arrival } from './checks.js';
import { containerElements } from './container.js';
import { type Draft, writeKontalk, writeOpenPgp } from './content.js';
import type { Fault } from './fault.js';
import { open, openBytes } from './open.js';
import type { ContainerForm } from './open-pgp.js';
import { seal, sealBytes } from './seal.js';

const AT = Date.UTC(2026, 10, 21, 7, 8, 30);
const DAY = 86_400_000;
const FORMS: readonly ContainerForm[] = ['kontalk', 'openpgp'];

const draft: Draft = {
  id: 'Xk3',
  payload: [
    elementIn("<body xmlns='jabber:client'>Saturday?</body>"),
    elementIn(
      "<group xmlns='http://kontalk.org/extensions/message#group' id='k3' owner='olga@example.net'/>",
    ),
  ],
  at: AT,
  padding: '',
};
const arrival: Arrival = { from: full('olga@example.net/phone'), me: ANN, at: AT, keysOf, seen: () => false };
const ofOlga = fakeOpenPgp([print('C')]);
const ofAnn = fakeOpenPgp([print('A')]);

async function sealedFor(form: ContainerForm, recipients = [ANN, BEN]): Promise<readonly XmlElement[]> {
  const keys = chooseKeys(recipients, keysOf, form);
  const sealed = keys.ok ? await seal(draft, form, keys.value, signerOf(OLGA), ofOlga) : keys;
  if (!sealed.ok) throw new Error(sealed.error.kind);
  return sealed.value;
}

describe.each(FORMS)('open, in the form of %s', (form) => {
  it('gives back what was sealed, and who signed when', async () => {
    const opened = await open(await sealedFor(form), arrival, ofAnn);
    expect(opened).toMatchObject({ fault: undefined, signedAt: AT, signer: print('C') });
    const id = form === 'kontalk' ? 'Xk3' : undefined;
    expect(opened?.content).toEqual({ kind: 'message', id, payload: draft.payload });
  });

  it('opens the own copy on another device, when the own account is one of the recipients', async () => {
    const payload = await sealedFor(form, [ANN, OLGA]);
    const opened = await open(
      payload,
      { ...arrival, me: OLGA, from: full('olga@example.net/phone') },
      ofOlga,
    );
    expect(opened?.fault).toBe(undefined);
  });

  const written = (to = [ANN, BEN], more: Partial<Draft> = {}, from = 'Olga <olga@example.net>') =>
    form === 'kontalk'
      ? writeKontalk(
          { ...draft, ...more },
          from,
          to.map((jid) => `X <${jid}>`),
        )
      : writeOpenPgp({ ...draft, ...more }, to);
  const keys = [print('A'), print('B')];
  const made = (plain: string | Uint8Array, changes: Partial<FakeMessage> = {}, signer = 'C') =>
    fakeMessage(plain, keys, print(signer), changes);

  /** What each kind of attacker, or of accident, sends; all but the last argument as it arrives. */
  const cases: readonly [string, Fault | undefined, Uint8Array, Partial<Arrival>?][] = [
    ['what an honest sender makes', undefined, made(written())],
    ['no OpenPGP message', 'undecryptable', Uint8Array.of(1, 2, 3)],
    ['a message for keys of others', 'undecryptable', fakeMessage(written(), [print('B')], print('C'))],
    ['a message that was changed, so that nothing comes out', 'tampered', made(written(), { plain: '!' })],
    ['a message without protection against changes', 'tampered', made(written(), { intact: false })],
    ['no signature', 'unsigned', made(written(), { signature: { kind: 'none' } })],
    ['a broken signature', 'bad-signature', made(written(), { signature: { kind: 'invalid', reason: 'x' } })],
    ['a key that is not here', 'no-key', made(written(), { signature: { kind: 'unknown-key', keyId: '1' } })],
    ['a valid signature of another member', 'wrong-signer', made(written(), {}, 'B')],
    ['a valid signature of a stranger', 'wrong-signer', made(written(), {}, 'E')],
    ['a sender whom nobody knows', 'wrong-signer', made(written()), { from: bare('eve@example.net') }],
    ['content that is no text', 'malformed', made(Uint8Array.of(0xff))],
    ['content that is nothing known', 'malformed', made('Hello')],
    ['content that is too long', 'malformed', made(new Uint8Array(4 * 262_144 + 1))],
    ['what was written for others', 'wrong-recipient', made(written([BEN]))],
    ['what was written for nobody', 'wrong-recipient', made(written([]))],
    ['what was here before', 'replayed', made(written()), { seen: () => true }],
    ['what is older than 30 days', 'clock-skew', made(written()), { at: AT + 30 * DAY + 1 }],
    ['what is 30 days old', undefined, made(written()), { at: AT + 30 * DAY }],
    ['what is ahead of time', 'clock-skew', made(written()), { at: AT - 600_001 }],
    ['what is a little ahead of time', undefined, made(written()), { at: AT - 600_000 }],
  ];

  it.each(cases)('%s: %s', async (_, fault, message, changed = {}) => {
    const opened = await open(containerElements(form, message), { ...arrival, ...changed }, ofAnn);
    expect(opened?.fault).toBe(fault);
    expect(opened?.reason).not.toBe('');
  });

  it.each<[Fault | undefined, KnownKey]>([
    ['unconfirmed-key', keyOf(OLGA, 'C', 'unconfirmed')],
    ['refused-key', keyOf(OLGA, 'C', 'refused')],
    [undefined, keyOf(OLGA, 'C', 'verified')],
    ['wrong-signer', { ...keyOf(OLGA, 'C'), userIds: ['Ben <ben@example.net>', 'xmpp:ben@example.net'] }],
  ])('%s: a signature with a key that is $standing', async (fault, key) => {
    const known = (jid: string) => (jid === OLGA ? [keyOf(OLGA, 'D'), key] : []);
    const opened = await open(containerElements(form, made(written())), { ...arrival, keysOf: known }, ofAnn);
    expect(opened?.fault).toBe(fault);
  });

  it('takes nothing that stands in clear beside it', async () => {
    const beside = elementIn(
      "<group xmlns='http://kontalk.org/extensions/message#group' id='evil' owner='olga@example.net' type='set'/>",
    );
    const opened = await open([beside, ...(await sealedFor(form))], arrival, ofAnn);
    expect(opened?.content).toMatchObject({ kind: 'message', payload: draft.payload });
    const garbage = await open([beside, ...containerElements(form, Uint8Array.of(0))], arrival, ofAnn);
    expect(garbage?.content).toBe(undefined);
  });
});

describe('open', () => {
  it('is not for a stanza in clear', async () => {
    expect(await open(draft.payload, arrival, ofAnn)).toBe(undefined);
  });

  it('says so when the container holds no base64', async () => {
    const opened = await open(
      [elementIn("<e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>???</e2e>")],
      arrival,
      ofAnn,
    );
    expect(opened?.fault).toBe('undecryptable');
  });

  const kontalk = (change: (text: string) => string, from = 'Olga <olga@example.net>') =>
    containerElements(
      'kontalk',
      fakeMessage(change(writeKontalk(draft, from, ['Ann <ann@example.net>'])), [print('A')], print('C')),
    );

  it.each<[string, Fault | undefined, readonly XmlElement[]]>([
    ['another name of the same address', undefined, kontalk((text) => text, 'Queen <Olga@Example.net>')],
    ['the name of another', 'wrong-sender', kontalk((text) => text, 'Olga <eve@example.net>')],
    ['no address', 'wrong-sender', kontalk((text) => text, 'olga')],
    ['no time', 'no-time', kontalk((text) => text.replace(/DateTime.*\n/, ''))],
    ['another type', 'content-type', kontalk((text) => text.replace('application/xmpp+xml', 'image/png'))],
    ['a text alone', undefined, kontalk((text) => text.replace('application/xmpp+xml', 'text/plain'))],
  ])('in the form of Kontalk, %s: %s', async (_, fault, payload) => {
    expect((await open(payload, arrival, ofAnn))?.fault).toBe(fault);
  });

  it('wants a user id of XEP-0373 on keys for its form', async () => {
    const known = () => [{ ...keyOf(OLGA, 'C'), userIds: ['Olga <olga@example.net>'] }];
    const opened = await open(await sealedFor('openpgp'), { ...arrival, keysOf: known }, ofAnn);
    expect(opened?.fault).toBe('wrong-signer');
  });

  it('of both forms in one stanza, opens that of XEP-0373', async () => {
    const both = [...(await sealedFor('kontalk')), ...(await sealedFor('openpgp'))];
    expect((await open(both, arrival, ofAnn))?.content).toMatchObject({ id: undefined });
  });
});

describe('a file', () => {
  const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff);
  const sealed = async () => {
    const keys = chooseKeys([ANN, BEN], keysOf, 'kontalk');
    const file = keys.ok ? await sealBytes(bytes, 'kontalk', keys.value, signerOf(OLGA), ofOlga) : keys;
    if (!file.ok) throw new Error(file.error.kind);
    return file.value;
  };

  it('is encrypted once for all, and opened by each', async () => {
    for (const letter of ['A', 'B']) {
      expect(await openBytes(await sealed(), arrival, fakeOpenPgp([print(letter)]))).toEqual({
        fault: undefined,
        bytes,
      });
    }
  });

  it.each<[Fault, Partial<Arrival>, string]>([
    ['wrong-signer', { from: full('ben@example.net/x') }, 'A'],
    ['undecryptable', {}, 'E'],
  ])('%s', async (fault, changed, letter) => {
    expect(
      (await openBytes(await sealed(), { ...arrival, ...changed }, fakeOpenPgp([print(letter)]))).fault,
    ).toBe(fault);
  });

  it('tampered', async () => {
    expect(
      await openBytes(fakeMessage('x', [print('A')], print('C'), { plain: '!' }), arrival, ofAnn),
    ).toEqual({ fault: 'tampered', bytes: undefined });
  });
});
