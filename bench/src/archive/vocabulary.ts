/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A place from 0 to `count - 1`, where the first are by far the most frequent, as words are (Zipf). */
export const skewed = (count: number, random: () => number): number =>
  Math.floor((count + 1) ** random()) - 1;

const ONSETS = 's t r l n d c m p b f g h st tr pr br ch sh w v k gr fl'.split(' ');
const VOWELS = 'e a i o u ea ou ai'.split(' ');
const CODAS = ['', 'n', 'r', 's', 't', 'l', 'd', 'ng', 'st', 'm', 'ck', 'nt'];

function syllable(random: () => number): string {
  const pick = (parts: readonly string[]) => parts[skewed(parts.length, random)] ?? '';
  return `${pick(ONSETS)}${pick(VOWELS)}${pick(CODAS)}`;
}

/** So many different words; the frequent ones, which come first, are short. */
function makeWords(count: number, random: () => number): readonly string[] {
  const words = new Set<string>();
  while (words.size < count) {
    const length = words.size < 60 ? 1 : words.size < 2_000 ? 2 : 3;
    words.add(Array.from({ length }, () => syllable(random)).join(''));
  }
  return [...words];
}

/** Stand in so few messages of the largest group. */
export const RARE_WORDS = { hundreds: 'zymurgyx', few: 'quokkaj' } as const;

/** Nobody has written it, and yet each of its trigrams is in many messages. */
export const ABSENT_WORD = 'testerest';

const WORDS = 20_000;
const PHRASES = 65_536;
const WORDS_OF_A_PHRASE = 5;

/** What people write: text number `seq`, about 60 characters long, always the same for the same number. */
export function textsOf(seed: number): { readonly words: readonly string[]; text(seq: number): string } {
  const random = randomFrom(seed);
  const words = makeWords(WORDS, random);
  const phrase = (): string =>
    Array.from({ length: WORDS_OF_A_PHRASE }, () => words[skewed(WORDS, random)] ?? '').join(' ');
  const phrases = Array.from({ length: PHRASES }, phrase);
  /** Fractions of multiples of irrational numbers are spread evenly, and far from each other. */
  const phraseAt = (seq: number, step: number): string =>
    phrases[Math.floor(((seq * step) % 1) * PHRASES)] ?? '';
  return {
    words,
    text: (seq) => {
      const both = `${phraseAt(seq, 0.618033988749895)} ${phraseAt(seq, 0.7548776662466927)}`;
      if (seq % 20_011 === 17) return `${both} ${RARE_WORDS.hundreds}`;
      return seq % 1_000_003 === 17 ? `${both} ${RARE_WORDS.few}` : both;
    },
  };
}
