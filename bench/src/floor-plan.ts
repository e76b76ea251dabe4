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

/** What a group of the floor inside ejabberd sends: the name of its file, and the text in it. */
export interface InsidePlan {
  readonly group: string;
  readonly text: string;
}

/** What the module inside ejabberd adds to each copy by itself. */
const ADDED = /<no-copy xmlns=(['"])urn:xmpp:hints\1\/>/;

/** The same for the floor inside ejabberd: the recipients, and the copy as somebody got it, from another address. */
export function insidePlanOf({
  copy,
  from,
  recipients,
}: Pick<PlanOptions, 'copy' | 'from' | 'recipients'>): InsidePlan {
  const text = copy.replace(/ from=(['"])[^'"]*\1/, ` from='${from}'`).replace(ADDED, '');
  return { group: from.slice(0, from.indexOf('@')), text: `${recipients.join('\n')}\n\n${text}` };
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
