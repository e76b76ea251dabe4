const TRIGRAM = 3;
/**
 * The index only names candidates. A few rare trigrams leave hardly any that are not found; each frequent one would have
 * the index go through millions of messages.
 */
const MOST_TRIGRAMS = 4;

/** Of a long text so many trigrams are looked at, from all of its parts. */
const MOST_CONSIDERED = 32;

/** The trigrams of a text, each once; none of a text of one or two characters, of which the index knows nothing. */
export function trigramsOf(folded: string): readonly string[] {
  const characters = [...folded];
  const places = characters.length - TRIGRAM + 1;
  const step = Math.max(1, Math.ceil(places / MOST_CONSIDERED));
  const trigrams = new Set<string>();
  for (let place = 0; place < places; place += step) {
    trigrams.add(characters.slice(place, place + TRIGRAM).join(''));
  }
  return [...trigrams];
}

/** Whether there are more trigrams than the index is asked for, so that a sample helps to choose. */
export const isChoice = (trigrams: readonly string[]): boolean => trigrams.length > MOST_TRIGRAMS;

/**
 * What to ask the full-text index for, so that it names every message that has all these trigrams: the rarest of them,
 * quoted, so that no character is an operator (https://www.sqlite.org/fts5.html, 3.1 and 4.3.3).
 * @param sample some folded texts, to tell which are rare
 * @returns `undefined` when there are no trigrams
 */
export function wordsOf(trigrams: readonly string[], sample: readonly string[]): string | undefined {
  if (trigrams.length === 0) return undefined;
  const frequency = (trigram: string): number => sample.filter((text) => text.includes(trigram)).length;
  return trigrams
    .map((trigram) => ({ trigram, found: frequency(trigram) }))
    .sort((one, other) => one.found - other.found)
    .slice(0, MOST_TRIGRAMS)
    .map(({ trigram }) => `"${trigram.replaceAll('"', '""')}"`)
    .join(' AND ');
}
