import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChunks } from './chunks.js';
import { LONGEST_FRAME } from './frames.js';

const framed = (bytes: Uint8Array): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

describe('createChunks', () => {
  it('gives back the frames, wherever the chunks end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 20 })),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (frames, sizes) => {
          const stream = Buffer.concat(frames.map(framed));
          const chunks = createChunks();
          const got: Buffer[] = [];
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            const added = chunks.add(stream.subarray(at, at + size));
            at += size;
            if (added.ok) got.push(...added.value);
          }
          expect(got.map((bytes) => bytes.toString('hex'))).toEqual(
            frames.map((bytes) => Buffer.from(bytes).toString('hex')),
          );
        },
      ),
    );
  });

  it('refuses a frame that is too long before it has come', () => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(LONGEST_FRAME + 1);
    expect(createChunks().add(length)).toEqual({ ok: false, error: `a frame of ${LONGEST_FRAME + 1} bytes` });
  });
});
