import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerFrame, createFrameReader } from './frames.js';

const framed = (content: Uint8Array): Uint8Array =>
  Uint8Array.of(content.length >> 8, content.length & 255, ...content);

describe('createFrameReader', () => {
  it('finds the same frames, however the bytes are cut into pieces', () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 8 });
    const cuts = fc.array(fc.nat(5000), { maxLength: 30 });
    fc.assert(
      fc.property(contents, cuts, fc.boolean(), (frames, at, isCut) => {
        const bytes = Buffer.concat(frames.map(framed));
        const sent = isCut ? bytes.subarray(0, Math.max(0, bytes.length - 1)) : bytes;
        const ends = [...at.filter((end) => end < sent.length), sent.length].sort((a, b) => a - b);
        const reader = createFrameReader();
        const found = ends.flatMap((end, index) => reader.read(sent.subarray(ends[index - 1] ?? 0, end)));
        const complete = isCut ? frames.slice(0, -1) : frames;
        expect(found.map((frame) => [...frame])).toEqual(complete.map((frame) => [...frame]));
        const last = frames.at(-1);
        expect(reader.pending()).toBe(isCut && last !== undefined ? framed(last).length - 1 : 0);
      }),
    );
  });

  it('reads the longest frame there can be', () => {
    const reader = createFrameReader();
    const bytes = framed(new Uint8Array(65_535).fill(7));
    expect(reader.read(bytes.subarray(0, 40_000))).toEqual([]);
    expect(reader.read(bytes.subarray(40_000)).map(({ length }) => length)).toEqual([65_535]);
  });
});

it.each([
  [true, [0, 2, 0, 1]],
  [false, [0, 2, 0, 0]],
])('%s is the frame %j', (yes, bytes) => {
  expect([...answerFrame(yes)]).toEqual(bytes);
});
