/** How long a stanza may be that the server takes from this component (XEP-0114 has no way to ask). */
export interface StanzaLimit {
  /** Whether the server takes a stanza of this text, as far as is known. */
  fits(text: string): boolean;
  /** It was written to the server, at this time, in milliseconds. */
  wrote(text: string, now: number): void;
  /**
   * The server has ended the stream.
   * @param condition of its stream error
   * @returns when it seems to have done so because of a long stanza: how long that was, and the limit from now on
   */
  ended(condition: string | undefined, now: number): Guess | undefined;
}

/** Both in bytes. */
interface Guess {
  readonly length: number;
  readonly limit: number;
}

/** How servers end a stream at a stanza that is longer than they read. Prosody finds fault with the XML. */
const CONDITIONS: ReadonlySet<string | undefined> = new Set(['policy-violation', 'not-well-formed']);

/** In bytes. Servers take as much by default, most of them far more. */
const HARMLESS = 131_072;
/** Milliseconds. What was written longer ago has been read. */
const RECENTLY = 60_000;

/** Limits are powers of two, as people choose them: the next one below. */
const below = (length: number): number => 2 ** (Math.ceil(Math.log2(length)) - 1);

/** @param configured the limit in bytes, as the operator knows it; 0: not known */
export function stanzaLimit(configured: number): StanzaLimit {
  let limit = configured === 0 ? Number.POSITIVE_INFINITY : configured;
  let longest: { readonly length: number; readonly at: number } | undefined;

  return {
    fits: (text) => Buffer.byteLength(text) <= limit,
    wrote: (text, at) => {
      // No character of a text is less than a byte, and hardly any text is long enough to be counted.
      if (text.length <= HARMLESS / 3) return;
      const length = Buffer.byteLength(text);
      if (length <= HARMLESS || (longest !== undefined && longest.length > length)) return;
      longest = { length, at };
    },
    ended: (condition, now) => {
      const suspect = longest;
      longest = undefined;
      if (suspect === undefined || now - suspect.at > RECENTLY || !CONDITIONS.has(condition))
        return undefined;
      limit = Math.min(limit, below(suspect.length));
      return { length: suspect.length, limit };
    },
  };
}
