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

/** The bytes that `write` puts. Throws a RangeError for a number that does not fit: that is a fault of the program. */
export function writeBytes(write: (to: ByteWriter) => void): Buffer {
  const parts: Uint8Array[] = [];
  const to: ByteWriter = {
    number: (value, size) => {
      const part = Buffer.alloc(size);
      part.writeUIntBE(value, 0, size);
      parts.push(part);
      return to;
    },
    bytes: (value) => {
      parts.push(value);
      return to;
    },
    text: (value) => {
      const part = Buffer.from(value, 'utf8');
      return to.number(part.length, 2).bytes(part);
    },
    rest: (value) => to.bytes(Buffer.from(value, 'utf8')),
  };
  write(to);
  return Buffer.concat(parts);
}
