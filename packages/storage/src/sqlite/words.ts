const TRIGRAM = 3;
/** The index only names candidates; a few trigrams leave hardly any that are not found. */
const MOST_TRIGRAMS = 16;

/**
 * What to ask the full-text index for, so that it names every message whose folded text holds `folded`: some
 * of its trigrams, quoted, so that no character is an operator (https://www.sqlite.org/fts5.html, 3.1 and 4.3.3).
 * @returns `undefined` for text of one or two characters, of which the index knows nothing
 */
export function wordsOf(folded: string): string | undefined {
  const characters = [...folded];
  const places = characters.length - TRIGRAM + 1;
  if (places < 1) return undefined;
  const step = Math.max(1, Math.ceil(places / MOST_TRIGRAMS));
  const trigrams = new Set<string>();
  for (let place = 0; place < places; place += step) {
    trigrams.add(characters.slice(place, place + TRIGRAM).join(''));
  }
  return [...trigrams].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}
