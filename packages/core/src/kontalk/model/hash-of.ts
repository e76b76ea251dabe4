/**
 * A number for a text, to spread texts over the cells of a table, and no more: who chooses the texts can put all of his
 * into one cell, which is then searched from end to end.
 */
export function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash ^ (hash >>> 8) ^ (hash >>> 16);
}
