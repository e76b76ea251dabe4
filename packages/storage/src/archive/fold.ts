const NOT_ASCII = /[\u0080-\uffff]/;

/**
 * Text in the form in which search compares it: composed (NFC) and without the difference between upper and
 * lower case, in every script. By way of upper case, so that `ß` and `SS` meet; the final sigma becomes the
 * plain one, because where a word ends must not matter when a part of it is looked for.
 */
export const fold = (text: string): string =>
  // Each message that is read for a search is folded: for ASCII the short way leads to the same.
  NOT_ASCII.test(text)
    ? text.normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
    : text.toLowerCase();
