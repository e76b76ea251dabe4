const TRIGRAM = 3;
/**
 * The index only names candidates. A few rare trigrams leave hardly any that are not found; each frequent one would have
 * the index go through millions of messages.
 */
const MOST_TRIGRAMS = 4;

/** Of a long text so many trigrams are looked at, from all of its parts. */
const MOST_CONSIDERED = 32;

/** Of so many words one trigram at least is asked for. */
const MOST_WORDS = 4;

/** The trigrams of a text, each once; none of a text of one or two characters, of which the index knows nothing. */
function trigramsOf(folded: string): readonly string[] {
  const characters = [...folded];
  const places = characters.length - TRIGRAM + 1;
  const step = Math.max(1, Math.ceil(places / MOST_CONSIDERED));
  const trigrams = new Set<string>();
  for (let place = 0; place < places; place += step) {
    trigrams.add(characters.slice(place, place + TRIGRAM).join(''));
  }
  return [...trigrams];
}

/** How rare trigrams are: the first are found in the fewest texts of the sample. */
function byRarity(trigrams: readonly string[], sample: readonly string[]): readonly string[] {
  return trigrams
    .map((trigram) => ({ trigram, found: sample.filter((text) => text.includes(trigram)).length }))
    .sort((one, other) => one.found - other.found)
    .map(({ trigram }) => trigram);
}

/**
 * What to ask the full-text index for, so that it names every message whose folded text holds `folded`: the rarest
 * trigrams, and one at least of each word, or all messages with one rare word of two would have to be read. Quoted, so that no
 * character is an operator (https://www.sqlite.org/fts5.html, 3.1 and 4.3.3).
 * @param sample some folded texts, to tell what is rare; asked for when there is a choice
 * @returns `undefined` for text of one or two characters
 */
export function wordsOf(folded: string, sample: () => readonly string[]): string | undefined {
  const trigrams = trigramsOf(folded);
  if (trigrams.length === 0) return undefined;
  const ranked = trigrams.length > MOST_TRIGRAMS ? byRarity(trigrams, sample()) : trigrams;
  const chosen = new Set(ranked.slice(0, MOST_TRIGRAMS));
  for (const word of folded.split(' ').slice(0, MOST_WORDS)) {
    const own = ranked.filter((trigram) => word.includes(trigram));
    if (own[0] !== undefined && !own.some((trigram) => chosen.has(trigram))) chosen.add(own[0]);
  }
  return [...chosen].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}
