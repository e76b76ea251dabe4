/*
 * `Bidi_Class`, as far as characters of the IdentifierClass need it: JavaScript has no property escape for
 * it, but right-to-left scripts have blocks of their own. Tried in the order in which they stand here.
 */

const MARK = /^(?![\u0CBF\u0CC6\u{11A07}\u{11A08}\u{11C3F}])\p{Mn}$/u;
const EUROPEAN_NUMBER = /^[0-9\u06F0-\u06F9]$/u;
const ARABIC_NUMBER = /^[\u0660-\u0669\u{10D30}-\u{10D39}]$/u;
const NEUTRAL =
  /^[!-/:-@[-`{-~\u00B7\u02B9\u02BA\u02C2-\u02CF\u02EC\u0375\u200C-\u200D\u2E2F\u30FB\uA67F\uA717-\uA71F\uA788]$/u;
const RIGHT_TO_LEFT = /^[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]$/u;

type Direction = 'mark' | 'european' | 'arabic' | 'neutral' | 'right' | 'left';

function directionOf(character: string): Direction {
  if (MARK.test(character)) return 'mark';
  if (EUROPEAN_NUMBER.test(character)) return 'european';
  if (ARABIC_NUMBER.test(character)) return 'arabic';
  if (NEUTRAL.test(character)) return 'neutral';
  return RIGHT_TO_LEFT.test(character) ? 'right' : 'left';
}

/** Whether a text has a letter or a digit that runs from right to left (`Bidi_Class` R, AL or AN). */
export function hasRightToLeft(text: string): boolean {
  for (const character of text) {
    const direction = directionOf(character);
    if (direction === 'right' || direction === 'arabic') return true;
  }
  return false;
}

/** Whether a text of identifier characters follows the Bidi Rule (RFC 5893, section 2, conditions 1 to 6). */
export function followsBidiRule(text: string): boolean {
  const directions = Array.from(text, directionOf);
  const present = new Set(directions);
  const first = directions[0];
  const last = directions.findLast((direction) => direction !== 'mark');
  if (first === 'left') {
    return !present.has('right') && !present.has('arabic') && (last === 'left' || last === 'european');
  }
  if (first !== 'right') return false;
  if (present.has('left') || (present.has('european') && present.has('arabic'))) return false;
  return last === 'right' || last === 'european' || last === 'arabic';
}
