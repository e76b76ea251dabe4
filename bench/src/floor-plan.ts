import type { Plan } from './floor-protocol.js';

/** The longest list of recipients that the component gives to the multicast service in one stanza. */
const LONGEST_LIST = 500;

export type WayName = 'multicast' | 'splice';

export interface PlanOptions {
  readonly way: WayName;
  /** A copy of a group's message as a member got it, with `mark` in its text. */
  readonly copy: string;
  readonly mark: string;
  /** The sender's address. */
  readonly from: string;
  readonly recipients: readonly string[];
  /** Needed for the way `multicast`. */
  readonly multicastService: string;
}

/** The plan by which the floor sends, by the same way, what a group sends. */
export function planOf({ way, copy, mark, from, recipients, multicastService }: PlanOptions): Plan {
  const tag = /^<message\s[^>]*>/.exec(copy)?.[0];
  const at = copy.indexOf(mark);
  if (tag === undefined || at < 0) throw new Error(`This is no copy with ${mark}: ${copy}`);
  const attribute = (name: string): string => new RegExp(`\\s${name}=['"]([^'"]*)['"]`).exec(tag)?.[1] ?? '';
  const start = (to: string): string =>
    `<message to='${to}' from='${from}' type='${attribute('type')}' id='${attribute('id')}'>`;
  const content = { before: copy.slice(tag.length, at), after: copy.slice(at + mark.length) };
  if (way === 'splice') return { ...content, starts: recipients.map(start) };
  const starts: string[] = [];
  for (let next = 0; next < recipients.length; next += LONGEST_LIST) {
    const list = recipients
      .slice(next, next + LONGEST_LIST)
      .map((jid) => `<address type='bcc' jid='${jid}'/>`);
    starts.push(
      `${start(multicastService)}<addresses xmlns='http://jabber.org/protocol/address'>${list.join('')}</addresses>`,
    );
  }
  return { ...content, starts };
}
