import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bareOf } from '../../jid/index.js';
import { messageIn } from '../../testing/stanzas.js';
import { elementIn } from '../../testing/table.js';
import { elementsOf, serialise, type XmlElement } from '../../xml/index.js';
import { type FakeMessage, fakeMessage, fakeOpenPgp } from '../testing/fake-open-pgp.js';
import { keyOf, print } from '../testing/people.js';
import { containerElements, containerIn } from './container.js';
import { type Draft, writeKontalk, writeOpenPgp } from './content.js';
import { open } from './open.js';
import type { ContainerForm } from './open-pgp.js';
import { verdictOf } from './verdict.js';

interface StateVector {
  readonly kind: string;
  readonly name: string;
  readonly auth: 'ok' | 'cleartext' | 'bad-signature' | 'undecryptable' | 'no-key' | 'wrong-recipient';
  readonly signedTime: string | null;
  readonly stanza: string;
  readonly expected: { readonly outcome: string; readonly reason?: string };
}

const file: { readonly vectors: readonly StateVector[] } = JSON.parse(
  readFileSync(new URL('../testing/kontalk-vectors.json', import.meta.url), 'utf8'),
);
const vectors = file.vectors.filter(({ kind }) => kind === 'state');

/** What the sender or an attacker does, for each verdict that the vectors give. */
const CHANGES: Readonly<Record<Exclude<StateVector['auth'], 'cleartext'>, Partial<FakeMessage>>> = {
  ok: {},
  'bad-signature': { signature: { kind: 'invalid', reason: 'x' } },
  undecryptable: { to: [print('E')] },
  'no-key': { signature: { kind: 'unknown-key', keyId: '1' } },
  'wrong-recipient': {},
};

const VERDICTS: Readonly<Record<StateVector['auth'], object>> = {
  ok: { kind: 'verified' },
  cleartext: { kind: 'cleartext' },
  'bad-signature': { kind: 'failed', reason: 'bad-signature' },
  undecryptable: { kind: 'pending', reason: 'undecryptable' },
  'no-key': { kind: 'pending', reason: 'no-key' },
  'wrong-recipient': { kind: 'failed', reason: 'wrong-recipient' },
};

/** The stanza of a vector as it would have come, and what the containers make of it. */
async function delivered({ stanza, auth, signedTime }: StateVector, form: ContainerForm) {
  const { id = '', from, to, payload } = messageIn(stanza);
  const [sender, me] = [bareOf(from), bareOf(to)];
  const at = Date.parse(signedTime ?? '2026-11-21T10:00:00Z');
  const draft: Draft = { id, payload, at, padding: '' };
  const named = auth === 'wrong-recipient' ? sender : me;
  const text =
    form === 'kontalk' ? writeKontalk(draft, `<${sender}>`, [`<${named}>`]) : writeOpenPgp(draft, [named]);
  let outside: readonly XmlElement[] = payload;
  if (auth !== 'cleartext' && containerIn(payload) === undefined) {
    outside = containerElements(form, fakeMessage(text, [print('A')], print('C'), CHANGES[auth]));
  }
  const arrival = { from, me, at, keysOf: () => [keyOf(sender, 'C')], seen: () => false };
  return open(outside, arrival, fakeOpenPgp([print('A')]));
}

describe.each<ContainerForm>(['kontalk', 'openpgp'])('the vectors, encrypted in the form of %s', (form) => {
  it.each(vectors)('$name comes out as it went in, with the verdict $auth', async (vector) => {
    const opened = await delivered(vector, form);
    const verdict = verdictOf(opened);
    expect(verdict).toMatchObject(VERDICTS[vector.auth]);
    if (verdict.kind !== 'verified') return;
    expect(verdict.signedTime).toBe(Date.parse(vector.signedTime ?? ''));
    const sent = elementsOf(elementIn(vector.stanza));
    expect(verdict.payload.map((child) => serialise(child, 'jabber:client'))).toEqual(
      sent.map((child) => serialise(child, 'jabber:client')),
    );
  });
});

it('has all vectors', () => {
  expect(vectors).toHaveLength(69);
});
