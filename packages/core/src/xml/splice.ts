import { failure, ok, type Result } from '../result.js';
import type { XmlElement } from './element.js';
import { escapeAttribute, serialise } from './serialise.js';

/**
 * A stanza serialised once, to be sent to many: an escaped address between `head` and `tail` completes it.
 * Plain data, so that it can be stored and handed to another process.
 */
export interface Prepared {
  readonly head: string;
  readonly tail: string;
}

/**
 * Serialises a stanza without its `to`, ready for {@link splice}. `namespace` is the default namespace
 * around it, as for `serialise`.
 */
export function prepare(stanza: XmlElement, namespace = ''): Prepared {
  const { name, attrs, children } = stanza;
  const unaddressed =
    attrs.to === undefined ? stanza : { name, attrs: { ...attrs, to: undefined }, children };
  return cut(serialise(unaddressed, namespace), name.length + 1);
}

/**
 * The same for a stanza that is text already, such as one from the archive. The text has to be well-formed;
 * only its start tag is looked at, and a `to` in it is taken out. Fails when it does not begin with a tag.
 */
export function prepareText(text: string): Result<Prepared> {
  const name = /^<[^\s<>/!?='"]+/.exec(text);
  if (name === null) return failure('', 'the text does not begin with a start tag');
  const attribute = /\s+([^\s=<>/'"]+)\s*=\s*(?:"[^"]*"|'[^']*')/y;
  attribute.lastIndex = name[0].length;
  for (let from = attribute.lastIndex, found = attribute.exec(text); found !== null; ) {
    if (found[1] === 'to')
      return ok(cut(text.slice(0, from) + text.slice(attribute.lastIndex), name[0].length));
    from = attribute.lastIndex;
    found = attribute.exec(text);
  }
  return ok(cut(text, name[0].length));
}

/** The stanza, addressed to `to` (any string; it is escaped). */
export function splice(prepared: Prepared, to: string): string {
  return prepared.head + escapeAttribute(to) + prepared.tail;
}

/** One text with a copy of the stanza for each recipient, in their order. No recipients, no text. */
export function spliceAll(prepared: Prepared, recipients: readonly string[]): string {
  let out = '';
  for (const to of recipients) out += prepared.head + escapeAttribute(to) + prepared.tail;
  return out;
}

/** The address goes right behind the element's name, which ends at `at`. */
function cut(text: string, at: number): Prepared {
  return { head: `${text.slice(0, at)} to='`, tail: `'${text.slice(at)}` };
}
