/** Stands in the text of each message of a measurement; the number behind it says which one it is. */
const LABEL = 'copy#';
const DIGITS = 7;
const NEEDLE = Buffer.from(LABEL, 'latin1');
/** How many bytes a mark has. */
const MARK_LENGTH = LABEL.length + DIGITS + 1;
const SEMICOLON = 0x3b;
const ZERO = 0x30;

/** The mark of the message `number`, such as `copy#0000012;`. Always of the same length. */
export const markOf = (number: number): string => `${LABEL}${String(number).padStart(DIGITS, '0')};`;

/** Finds marks in what comes over a socket, wherever the chunks end. */
export interface MarkScanner {
  /** Calls `found` with the number of each mark that ends in this chunk. Keeps nothing of `chunk` itself. */
  scan(chunk: Buffer): void;
}

export function markScanner(found: (number: number) => void): MarkScanner {
  /** The end of the last chunk, when a mark may have been cut there. */
  let cut: Buffer | undefined;

  return {
    scan: (chunk) => {
      const bytes = cut === undefined ? chunk : Buffer.concat([cut, chunk]);
      cut = undefined;
      let after = 0;
      for (let at = bytes.indexOf(NEEDLE); at >= 0; at = bytes.indexOf(NEEDLE, at + 1)) {
        if (bytes[at + MARK_LENGTH - 1] !== SEMICOLON) continue;
        found(numberAt(bytes, at + LABEL.length));
        after = at + MARK_LENGTH;
      }
      // Most chunks end with a stanza, and then no mark is cut.
      if (bytes.at(-1) !== 0x3e) {
        cut = Buffer.from(bytes.subarray(Math.max(after, bytes.length - MARK_LENGTH + 1)));
      }
    },
  };
}

function numberAt(bytes: Buffer, from: number): number {
  let number = 0;
  for (let at = from; at < from + DIGITS; at += 1) number = number * 10 + (bytes[at] ?? ZERO) - ZERO;
  return number;
}
