/** Takes values off the front of some bytes. What goes beyond the end reads as zero or nothing, and is remembered. */
export interface ByteReader {
  /** Unsigned and big-endian, of `size` bytes, at most 6. */
  number(size: number): number;
  /** Of one byte: 0 or anything else. */
  flag(): boolean;
  /** Of one byte: the place of a value among `values`. Another place is beyond the end, too. */
  oneOf<Value>(values: readonly [Value, ...Value[]]): Value;
  bytes(size: number): Buffer;
  /** UTF-8 with its length in bytes in front, in 2 bytes. */
  text(): string;
  /** All that is left, as UTF-8. */
  rest(): string;
  /** How many bytes are left. */
  left(): number;
  /** Whether nothing went beyond the end so far. */
  isSound(): boolean;
  /** Whether the bytes were exactly what was taken. */
  isWhole(): boolean;
}

export function readBytes(source: Buffer): ByteReader {
  let at = 0;
  let sound = true;
  const has = (size: number): boolean => {
    sound &&= at + size <= source.length;
    return sound;
  };
  const bytes = (size: number): Buffer => {
    if (!has(size)) return Buffer.alloc(0);
    at += size;
    return source.subarray(at - size, at);
  };
  const number = (size: number): number => {
    if (!has(size)) {
      at = source.length;
      return 0;
    }
    at += size;
    return source.readUIntBE(at - size, size);
  };
  return {
    number,
    flag: () => number(1) !== 0,
    oneOf: (values) => {
      const place = number(1);
      sound &&= place < values.length;
      return values[place] ?? values[0];
    },
    bytes,
    text: () => bytes(number(2)).toString('utf8'),
    rest: () => bytes(source.length - at).toString('utf8'),
    left: () => source.length - at,
    isSound: () => sound,
    isWhole: () => sound && at === source.length,
  };
}
