import type { BareJid, FullJid, Jid } from '../jid/index.js';
import { parseBareJid, parseFullJid, parseJid } from '../jid/index.js';
import { err, ok, type Result } from '../result.js';

/** How one value stands in an attribute or as the text of an element. */
export interface ValueCodec<T> {
  /** For documentation: `text`, `integer`, `one of both, wait, none` ... */
  readonly type: string;
  /** The value, or a sentence that says what is wrong with the text. */
  parse(text: string): Result<T, string>;
  /** The value as text. */
  format(value: T): string;
}

/** Any text, as it is. */
export const text: ValueCodec<string> = { type: 'text', parse: ok, format: (value) => value };

/** Text of at most `maximum` Unicode code points. */
export const textUpTo = (maximum: number): ValueCodec<string> => ({
  type: `text of at most ${maximum} characters`,
  // The number of code units bounds the number of code points: the exact count is needed only beyond it.
  parse: (value) =>
    value.length <= maximum || [...value].length <= maximum
      ? ok(value)
      : err(`longer than ${maximum} characters`),
  format: (value) => value,
});

/** Text with at least one character that is not white space; white space around it is cut off. */
export const token: ValueCodec<string> = {
  type: 'token',
  parse: (value) => (value.trim() === '' ? err('empty') : ok(value.trim())),
  format: (value) => value,
};

/** A decimal integer from `minimum` to `maximum` (default: what a number holds exactly). */
export const integer = (minimum = 0, maximum = Number.MAX_SAFE_INTEGER): ValueCodec<number> => ({
  type: 'integer',
  parse: (value) => {
    const trimmed = value.trim();
    if (!/^-?\d{1,16}$/.test(trimmed)) return err('not an integer');
    // Adding 0 makes 0 of -0, which would compare as another value.
    const number = Number(trimmed) + 0;
    return number >= minimum && number <= maximum ? ok(number) : err(`not from ${minimum} to ${maximum}`);
  },
  format: String,
});

/** `xs:boolean`: `true`, `1`, `false`, `0`. */
export const boolean: ValueCodec<boolean> = {
  type: 'boolean',
  parse: (value) => {
    const trimmed = value.trim();
    if (trimmed === 'true' || trimmed === '1') return ok(true);
    return trimmed === 'false' || trimmed === '0' ? ok(false) : err('neither true nor false');
  },
  format: String,
};

/** One of a fixed set of words. */
export const oneOf = <const W extends string>(...words: readonly W[]): ValueCodec<W> => ({
  type: `one of ${words.join(', ')}`,
  parse: (value) => {
    const trimmed = value.trim();
    const word = words.find((candidate) => candidate === trimmed);
    return word === undefined ? err(`not one of ${words.join(', ')}`) : ok(word);
  },
  format: (value) => value,
});

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** What can be written in UTC with a year of four digits; an offset may lead beyond it. */
const EARLIEST = Date.parse('0000-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** A point in time as milliseconds since the epoch (XEP-0082, section 3.2; written in UTC). */
export const dateTime: ValueCodec<number> = {
  type: 'date and time',
  parse: (value) => {
    const time = DATE_TIME.test(value.trim()) ? Date.parse(value.trim()) : Number.NaN;
    return time >= EARLIEST && time <= LATEST ? ok(time) : err('not a date and time of XEP-0082');
  },
  format: (value) => new Date(value).toISOString(),
};

const address = <T extends Jid>(type: string, read: (value: string) => Result<T>): ValueCodec<T> => ({
  type,
  parse: (value) => {
    const result = read(value);
    return result.ok ? result : err(`not a ${type}: ${result.error.reason}`);
  },
  format: (value) => value,
});

/** A JID, prepared (RFC 7622). */
export const jid: ValueCodec<Jid> = address('JID', parseJid);

/** A JID without a resource; one that has one is refused. */
export const bareJid: ValueCodec<BareJid> = address('bare JID', parseBareJid);

/** A JID with a resource; one that has none is refused. */
export const fullJid: ValueCodec<FullJid> = address('full JID', parseFullJid);

/** A domain, prepared as in a JID. */
export const domain: ValueCodec<BareJid> = {
  type: 'domain',
  parse: (value) => {
    const read = bareJid.parse(value);
    return read.ok && read.value.includes('@') ? err('a JID, not a domain') : read;
  },
  format: (value) => value,
};
