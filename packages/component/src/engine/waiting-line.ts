import type { Delivery } from '@xmpp-groups/core/xabber';
import type { Way } from './ways.js';

/**
 * What was given to an outlet at once. Deliveries are kept, and not their text, which is as much again for each
 * recipient: it is made when the link takes it.
 */
export interface Said {
  readonly parts: readonly (Delivery | string)[];
  /** Absent: the one that is chosen when the link is up. */
  readonly by: Way | undefined;
  /** It is a single stanza. */
  readonly isOne: boolean;
  /** About how much text it will be, in UTF-16 units. */
  readonly length: number;
  /** About how much of it is in memory until then. */
  readonly kept: number;
  /** The first part that has not gone out as a whole, and its first recipient who has not got it. */
  part: number;
  recipient: number;
  /** What waits behind it. */
  next?: Said;
}

/** What an address takes in the text of a stanza, about. */
const ADDRESS = 40;

function lengthOf(part: Delivery | string, by: Way | undefined): number {
  if (typeof part === 'string') return part.length;
  const { head, open, content, close, recipients, ordered } = part;
  const isList = by === undefined || (by.kind === 'multicast' && ordered);
  const stanzas = isList ? 1 : recipients.length;
  return stanzas * (head.length + open.length + content.length + close.length) + recipients.length * ADDRESS;
}

/** What a recipient takes in memory: a place in a list. */
const PLACE = 8;

const keptOf = (part: Delivery | string): number =>
  typeof part === 'string'
    ? part.length
    : part.head.length + part.open.length + part.content.length + part.recipients.length * PLACE;

/** What waits in an outlet, in order. */
export interface WaitingLine {
  first(): Said | undefined;
  /** Behind all others; `by` absent: the way is not known yet. */
  add(parts: Said['parts'], by: Way | undefined): void;
  /** Text that was taken out and could not be written: before all others. */
  putBack(text: string, isOne: boolean): void;
  /** Takes the first one out. */
  leave(): void;
  /** About how much text it will be, in UTF-16 units, and how much of that is in memory. */
  length(): number;
  kept(): number;
}

export function waitingLine(): WaitingLine {
  let first: Said | undefined;
  let last: Said | undefined;
  let length = 0;
  let kept = 0;

  const count = (said: Said, sign: 1 | -1): void => {
    length += sign * said.length;
    kept += sign * said.kept;
  };

  return {
    first: () => first,
    add: (parts, by) => {
      const said: Said = {
        parts,
        by,
        isOne: parts.length === 1 && typeof parts[0] === 'string',
        length: parts.reduce((sum, part) => sum + lengthOf(part, by), 0),
        kept: parts.reduce((sum, part) => sum + keptOf(part), 0),
        part: 0,
        recipient: 0,
      };
      if (last === undefined) first = said;
      else last.next = said;
      last = said;
      count(said, 1);
    },
    putBack: (text, isOne) => {
      const size = text.length;
      const sizes = { length: size, kept: size };
      const said: Said = { parts: [text], by: undefined, isOne, ...sizes, part: 0, recipient: 0 };
      if (first === undefined) last = said;
      else said.next = first;
      first = said;
      count(said, 1);
    },
    leave: () => {
      if (first === undefined) return;
      count(first, -1);
      first = first.next;
      if (first === undefined) last = undefined;
    },
    length: () => length,
    kept: () => kept,
  };
}
