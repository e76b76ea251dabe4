/** Puts values one behind the other; numbers are big-endian and unsigned. */
export interface ByteWriter {
  /** In `size` bytes, at most 6. */
  number(value: number, size: number): ByteWriter;
  bytes(value: Uint8Array): ByteWriter;
  /** UTF-8 with its length in bytes in front, in 2 bytes. */
  text(value: string): ByteWriter;
  /** UTF-8 up to the end. */
  rest(value: string): ByteWriter;
}

/** A JID of this length is copied here faster than Node is asked to do it. */
const SHORT = 64;

/** Copies a text, if it is all ASCII. */
function writeAscii(value: string, bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code > 0x7f) return false;
    bytes[at + index] = code;
  }
  return true;
}

/** What most frames have room in. */
const ROOM = 2_048;

/**
 * The bytes that `write` puts. Throws a RangeError for a number that does not fit: that is a fault of the program.
 * All in one buffer: a list of a thousand recipients would otherwise be two thousand of them.
 */
export function writeBytes(write: (to: ByteWriter) => void): Buffer {
  let bytes = Buffer.allocUnsafe(ROOM);
  let length = 0;
  const makeRoom = (size: number): void => {
    if (length + size <= bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, length + size));
    bytes.copy(larger, 0, 0, length);
    bytes = larger;
  };
  const to: ByteWriter = {
    number: (value, size) => {
      makeRoom(size);
      length = bytes.writeUIntBE(value, length, size);
      return to;
    },
    bytes: (value) => {
      makeRoom(value.length);
      bytes.set(value, length);
      length += value.length;
      return to;
    },
    text: (value) => {
      makeRoom(2 + value.length);
      if (value.length <= SHORT && writeAscii(value, bytes, length + 2)) {
        bytes.writeUInt16BE(value.length, length);
        length += 2 + value.length;
        return to;
      }
      return to.number(Buffer.byteLength(value), 2).rest(value);
    },
    rest: (value) => {
      makeRoom(Buffer.byteLength(value));
      length += bytes.write(value, length);
      return to;
    },
  };
  write(to);
  return bytes.subarray(0, length);
}
