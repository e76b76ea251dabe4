import { withAttrs } from '../../codec/index.js';
import { standardReference } from '../../xep/0372-references.js';
import { markup } from '../../xep/0394-message-markup.js';
import { fallback } from '../../xep/0428-fallback.js';
import type { XmlElement } from '../../xml/element.js';
import { escapedLength } from '../../xml/serialise.js';
import { reference } from '../elements/reference.js';

/** By how much a text begins later: in characters, and in characters of the XML-escaped text. */
interface Shift {
  readonly characters: number;
  readonly escaped: number;
}

/** What points into the text has to count the header too. */
export const shifted = (child: XmlElement, header: string): XmlElement =>
  header === '' ? child : moved(child, { characters: [...header].length, escaped: escapedLength(header) });

/**
 * What points into a text, when that begins later or earlier: references of Xabber count escaped characters (trap T11),
 * those of XEP-0372, markup (XEP-0394) and the ranges of fallbacks (XEP-0428) characters. What has no
 * offsets stays as it is.
 */
export function moved(child: XmlElement, { characters, escaped }: Shift): XmlElement {
  if (fallback.is(child)) return shiftedFallback(child, characters);
  if (markup.is(child)) return shiftedMarkup(child, characters);
  if (reference.is(child)) {
    const read = reference.parse(child);
    return read.ok ? withRange(child, read.value, escaped) : child;
  }
  if (standardReference.is(child)) {
    const read = standardReference.parse(child);
    return read.ok ? withRange(child, read.value, characters) : child;
  }
  return child;
}

interface Range {
  readonly begin?: number | undefined;
  readonly end?: number | undefined;
}

const withRange = (child: XmlElement, { begin, end }: Range, shift: number): XmlElement =>
  begin === undefined || end === undefined
    ? child
    : withAttrs(child, { begin: String(begin + shift), end: String(end + shift) });

/** Without `start` a range begins with the author's text, without `end` it reaches to the end of the body. */
function shiftedFallback(source: XmlElement, shift: number): XmlElement {
  const read = fallback.parse(source);
  if (!read.ok) return source;
  const moved = ({ start, end }: { start?: number | undefined; end?: number | undefined }) =>
    start === undefined && end === undefined
      ? {}
      : { start: (start ?? 0) + shift, end: end === undefined ? undefined : end + shift };
  return fallback.build({ ...read.value, ranges: read.value.ranges.map(moved) });
}

function shiftedMarkup(source: XmlElement, shift: number): XmlElement {
  const read = markup.parse(source);
  if (!read.ok) return source;
  const moved = <T extends { readonly start: number; readonly end: number }>(part: T): T => ({
    ...part,
    start: part.start + shift,
    end: part.end + shift,
  });
  return markup.build({
    ...read.value,
    spans: read.value.spans.map(moved),
    codeBlocks: read.value.codeBlocks.map(moved),
    quotations: read.value.quotations.map(moved),
    lists: read.value.lists.map(moved).map((list) => ({
      ...list,
      items: list.items.map(({ start }) => ({ start: start + shift })),
    })),
  });
}
