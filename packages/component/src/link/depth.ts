import { elementsOf, type XmlElement } from '@xmpp-groups/core/xml';

/** The levels that core's own parser allows; what is written back must be no deeper than what can be read. */
export const DEEPEST = 64;

/**
 * Whether an element has more than `levels` levels, itself counted. Looks at no more than that: recursive
 * functions overflow the stack on a few thousand levels, which a client can send in 20 KB.
 */
export function isDeeperThan(levels: number, element: XmlElement): boolean {
  let row = [element];
  for (let level = 1; level <= levels; level += 1) {
    row = row.flatMap(elementsOf);
    if (row.length === 0) return false;
  }
  return true;
}
