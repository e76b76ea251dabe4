import { err, ok, type Result } from '@xmpp-groups/core/result';
import { LONGEST_FRAME } from './frames.js';

/** Cuts what comes from a socket, in pieces that end anywhere, into frames. */
export interface Chunks {
  /** @returns the frames that are complete now, without their lengths; fails when one is announced that is too long */
  add(chunk: Buffer): Result<readonly Buffer[], string>;
}

const LENGTH_BYTES = 4;

export function createChunks(): Chunks {
  let parts: Buffer[] = [];
  let held = 0;
  /** How many bytes there must be before it is worth looking. */
  let needed = LENGTH_BYTES;

  return {
    add: (chunk) => {
      parts.push(chunk);
      held += chunk.length;
      if (held < needed) return ok([]);
      const bytes = parts.length === 1 ? chunk : Buffer.concat(parts);
      const frames: Buffer[] = [];
      let at = 0;
      needed = LENGTH_BYTES;
      while (bytes.length - at >= LENGTH_BYTES) {
        const length = bytes.readUInt32BE(at);
        if (length > LONGEST_FRAME) return err(`a frame of ${length} bytes`);
        needed = LENGTH_BYTES + length;
        if (bytes.length - at < needed) break;
        frames.push(bytes.subarray(at + LENGTH_BYTES, at + needed));
        at += needed;
        needed = LENGTH_BYTES;
      }
      parts = at === bytes.length ? [] : [bytes.subarray(at)];
      held = bytes.length - at;
      return ok(frames);
    },
  };
}
