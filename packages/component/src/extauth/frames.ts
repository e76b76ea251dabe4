const PREFIX = 2;

/** Puts frames together from the pieces in which a pipe hands bytes over. */
export interface FrameReader {
  /** The frames that are complete with this piece, without their prefixes. */
  read(piece: Uint8Array): Uint8Array[];
  /** How many bytes of an incomplete frame there are. */
  pending(): number;
}

/** A reader of frames, each behind its length as two bytes, the higher first. No frame is too long for it. */
export function createFrameReader(): FrameReader {
  let rest: Uint8Array = new Uint8Array();
  return {
    read: (piece) => {
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const frames: Uint8Array[] = [];
      let at = 0;
      while (bytes.length - at >= PREFIX) {
        const end = at + PREFIX + view.getUint16(at);
        if (end > bytes.length) break;
        frames.push(bytes.subarray(at + PREFIX, end));
        at = end;
      }
      rest = bytes.subarray(at);
      return frames;
    },
    pending: () => rest.length,
  };
}

/** The frame that says yes or no. */
export const answerFrame = (yes: boolean): Uint8Array => Uint8Array.of(0, 2, 0, yes ? 1 : 0);
