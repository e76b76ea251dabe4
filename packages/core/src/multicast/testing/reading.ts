import { type Address, addresses } from '../../xep/index.js';
import { elementsOf, enter, STANZA_SCOPE, type XmlElement } from '../../xml/index.js';

/** The list in a copy; `undefined` when it has none. */
export function listIn(copy: XmlElement): readonly Address[] | undefined {
  const list = elementsOf(copy).find((child) => addresses.is(child, enter(copy, STANZA_SCOPE)));
  if (list === undefined) return undefined;
  const read = addresses.parse(list);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value.addresses;
}

/** A list as lines, `type jid` with a mark for what is delivered, in alphabetical order. */
export const linesOf = (list: readonly Address[] | undefined): readonly string[] | undefined =>
  list?.map(({ type, jid, delivered }) => `${type} ${jid}${delivered === true ? ' delivered' : ''}`).sort();
