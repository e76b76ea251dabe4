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

/** UTF-8 of a UTF-16 unit takes no more than this. */
const BYTES_PER_UNIT = 3;

const BEGINNING = 65_536;

/** What is written is put together here: a list of a thousand recipients would be thousands of buffers otherwise. */
let scratch = Buffer.allocUnsafeSlow(BEGINNING);

/** More than this is not kept from one call to the next. */
const MOST_KEPT = 4_194_304;

/** The bytes that `write` puts. Throws a RangeError for a number that does not fit: that is a fault of the program. */
export function writeBytes(write: (to: ByteWriter) => void): Buffer {
  let end = 0;
  /** Makes room for so many bytes more; returns where they begin. */
  const room = (size: number): number => {
    if (end + size > scratch.length) {
      const wider = Buffer.allocUnsafeSlow(Math.max(end + size, 2 * scratch.length));
      scratch.copy(wider, 0, 0, end);
      scratch = wider;
    }
    return end;
  };
  const to: ByteWriter = {
    number: (value, size) => {
      end = scratch.writeUIntBE(value, room(size), size);
      return to;
    },
    bytes: (value) => {
      scratch.set(value, room(value.length));
      end += value.length;
      return to;
    },
    text: (value) => {
      const at = room(2 + value.length * BYTES_PER_UNIT);
      const length = scratch.write(value, at + 2, 'utf8');
      end = scratch.writeUInt16BE(length, at) + length;
      return to;
    },
    rest: (value) => {
      end += scratch.write(value, room(value.length * BYTES_PER_UNIT), 'utf8');
      return to;
    },
  };
  write(to);
  const bytes = Buffer.from(scratch.subarray(0, end));
  if (scratch.length > MOST_KEPT) scratch = Buffer.allocUnsafeSlow(BEGINNING);
  return bytes;
}
