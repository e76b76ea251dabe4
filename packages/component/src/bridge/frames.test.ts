import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TABLE } from '../../test/bridge-table.js';
import { type Frame, ID_BYTES, KEY_BYTES } from './frames.js';
import { decodeFrame } from './read-frame.js';
import { encodeFrame } from './write-frame.js';

const LENGTH_BYTES = 4;

describe('frames', () => {
  it.each(TABLE.frames)('are written and read as the table says: $frame.kind', ({ frame, bytes }) => {
    const written = encodeFrame(frame);
    expect(written.readUInt32BE(0)).toBe(bytes.length);
    expect(written.subarray(LENGTH_BYTES).toString('hex')).toBe(bytes.toString('hex'));
    expect(decodeFrame(bytes)).toEqual({ ok: true, value: frame });
  });

  it.each(TABLE.unreadable)('are refused: $why', ({ bytes }) => {
    expect(decodeFrame(bytes)).toEqual({ ok: false, error: expect.stringMatching(/^a frame of the /) });
  });

  const fixed = (length: number) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes));
  const number = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  const text = fc.string({ unit: 'grapheme' });
  const byte = fc.integer({ min: 0, max: 255 });
  const anyFrame: fc.Arbitrary<Frame> = fc.oneof(
    fc.record({
      kind: fc.constant('hello' as const),
      version: byte,
      incarnation: fixed(ID_BYTES),
      nonce: fixed(KEY_BYTES),
    }),
    fc.record({
      kind: fc.constant('welcome' as const),
      proof: fixed(KEY_BYTES),
      session: fc.constantFrom('new' as const, 'resumed' as const, 'replaced' as const),
      taken: number,
      mode: fc.constantFrom('subdomain' as const, 'sameHost' as const),
      domain: text,
    }),
    fc.record({
      kind: fc.constant('stanza' as const),
      number,
      again: fc.boolean(),
      done: fc.integer({ min: 0, max: 65_535 }),
      since: number,
      first: number,
      xml: text,
    }),
    fc.record({
      kind: fc.constant('fanOut' as const),
      number,
      cause: number,
      recipients: fc.array(text),
      xml: text,
    }),
    fc.record({ kind: fc.constant('acknowledge' as const), number, stanzas: fc.array(number) }),
    fc.record({ kind: fc.constant('reject' as const), number, stanza: number, text }),
    fc.record({
      kind: fc.constant('groups' as const),
      number,
      begins: fc.boolean(),
      ends: fc.boolean(),
      names: fc.array(text),
    }),
    fc.record({
      kind: fc.constant('event' as const),
      number,
      again: fc.boolean(),
      since: number,
      name: text,
      user: text,
      xml: text,
    }),
  );

  it('are read as they were written, whatever is in them', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        expect(decodeFrame(encodeFrame(frame).subarray(LENGTH_BYTES))).toEqual({ ok: true, value: frame });
      }),
    );
  });

  it('do no harm, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeFrame(Buffer.from(bytes))).toHaveProperty('ok');
      }),
    );
  });
});
