import { describe, expect, it } from 'vitest';
import { TABLE } from '../../test/bridge-table.js';
import { bare } from '../../test/jids.js';
import { type Frame, KEY_BYTES } from './frames.js';
import { createHandshake } from './handshake.js';
import { isSameProof, proofOf } from './proof.js';
import { decodeFrame } from './read-frame.js';

const { proofs } = TABLE;
const SERVES = { serves: true, events: [] };
const SAID = {
  theirs: proofs.shimNonce,
  own: proofs.runnerNonce,
  incarnation: proofs.incarnation,
  session: proofs.session,
};

describe('proofs', () => {
  it.each(['runner', 'shim'] as const)('are those of the table: %s', (side) => {
    expect(proofOf(side, proofs.secret, SAID)).toEqual(proofs[side]);
  });

  it.each<[string, Buffer, boolean]>([
    ['the same', Buffer.from(proofs.shim), true],
    ['that of the other side', proofs.runner, false],
    ['one that is cut off', proofs.shim.subarray(1), false],
  ])('are compared: %s', (_what, other, same) => {
    expect(isSameProof(proofs.shim, other)).toBe(same);
  });
});

describe('createHandshake', () => {
  const endpoint = { address: { host: '127.0.0.1', port: 5348 }, domain: bare('groups.example.com') };
  const hello: Frame = {
    kind: 'hello',
    version: 2,
    incarnation: proofs.incarnation,
    nonce: proofs.shimNonce,
  };
  const begun = () => {
    const handshake = createHandshake(
      endpoint,
      'the secret',
      { id: proofs.session, received: () => 7 },
      SERVES,
    );
    const answer = handshake.step(hello);
    const bytes = answer.ok && Buffer.isBuffer(answer.value) ? answer.value : Buffer.alloc(4);
    const frame = decodeFrame(bytes.subarray(4));
    if (!frame.ok || frame.value.kind !== 'prove') throw new Error('no proof came');
    return { handshake, proven: frame.value };
  };
  const welcome = (secret: string, nonce: Buffer, domain = 'groups.example.com'): Frame => ({
    kind: 'welcome',
    proof: proofOf('shim', secret, { ...SAID, own: nonce }),
    session: 'resumed',
    taken: 3,
    mode: 'subdomain',
    domain,
  });

  it('proves the secret and says how far it got, and is in when the other side has proved it, too', () => {
    const { handshake, proven } = begun();
    const said = { ...SAID, own: proven.nonce };
    expect(proven).toEqual({
      kind: 'prove',
      version: 2,
      session: proofs.session,
      nonce: expect.any(Buffer),
      proof: proofOf('runner', 'the secret', said),
      received: 7,
      serves: true,
      events: [],
    });
    expect(proven.nonce).toHaveLength(KEY_BYTES);
    const answer = welcome('the secret', proven.nonce);
    expect(handshake.step(answer)).toEqual({
      ok: true,
      value: { welcome: answer, incarnation: proofs.incarnation },
    });
  });

  it('says what it wants', () => {
    const role = { serves: false, events: ['remove_user'] };
    const session = { id: proofs.session, received: () => 0 };
    const answer = createHandshake(endpoint, 'the secret', session, role).step(hello);
    const bytes = answer.ok && Buffer.isBuffer(answer.value) ? answer.value : Buffer.alloc(4);
    expect(decodeFrame(bytes.subarray(4))).toMatchObject({ ok: true, value: role });
  });

  it.each<{ what: string; answer: (nonce: Buffer) => Frame; says: object }>([
    {
      what: 'who does not know the secret',
      answer: (nonce) => welcome('another secret', nonce),
      says: {
        kind: 'refused',
        condition: 'not-authorized',
        sentence: expect.stringContaining('what listens at 127.0.0.1:5348 does not know ejabberd.secret'),
      },
    },
    {
      what: 'another domain',
      answer: (nonce) => welcome('the secret', nonce, 'other.example.com'),
      says: {
        kind: 'refused',
        condition: 'host-unknown',
        sentence: expect.stringContaining('serves other.example.com and not groups.example.com'),
      },
    },
    ...[
      { reason: 1, condition: 'unsupported-version', sentence: 'install the two of one release' },
      { reason: 2, condition: 'not-authorized', sentence: 'refused the secret of groups.example.com' },
      { reason: 3, condition: 'conflict', sentence: 'not done with an earlier connection' },
      { reason: 9, condition: 'undefined-condition', sentence: "look into ejabberd's log" },
    ].map(({ reason, condition, sentence }) => ({
      what: `being turned away for reason ${reason}`,
      answer: (): Frame => ({ kind: 'refuse', reason, text: 'no' }),
      says: { kind: 'refused', condition, sentence: expect.stringContaining(sentence) },
    })),
    {
      what: 'a stanza before the welcome',
      answer: () => ({ kind: 'taken', number: 1 }),
      says: { kind: 'unreachable', sentence: expect.stringContaining('does not speak the protocol') },
    },
  ])('ends with $what', ({ answer, says }) => {
    const { handshake, proven } = begun();
    expect(handshake.step(answer(proven.nonce))).toEqual({ ok: false, error: says });
  });

  it.each<{ what: string; first: Frame; kind: string }>([
    { what: 'another version', first: { ...hello, version: 1 }, kind: 'refused' },
    { what: 'something else', first: { kind: 'taken', number: 1 }, kind: 'unreachable' },
  ])('does not prove anything to $what', ({ first, kind }) => {
    const handshake = createHandshake(
      endpoint,
      'the secret',
      { id: proofs.session, received: () => 0 },
      SERVES,
    );
    expect(handshake.step(first)).toMatchObject({ ok: false, error: { kind } });
  });
});
