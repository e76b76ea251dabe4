import { blindListText, inBatches, type MulticastService } from '@xmpp-groups/core/multicast';
import type { Stanza } from '@xmpp-groups/core/stanza';
import { errorElement } from '@xmpp-groups/core/stanza';
import { type Delivery, deliveryOf } from '@xmpp-groups/core/xabber';
import { addresses } from '@xmpp-groups/core/xep';
import { escapeAttribute, spliceAll } from '@xmpp-groups/core/xml';

/**
 * The way by which the ordered deliveries of all groups go (DESIGN section 3): one stanza with a list of
 * recipients to the server's multicast service, one stanza for each, or one stanza with a list to the module inside
 * ejabberd.
 */
export type Way =
  | { readonly kind: 'multicast'; readonly service: MulticastService }
  | { readonly kind: 'splice' }
  | { readonly kind: 'bridge' };

/**
 * The longest list that one stanza gets, whatever the service allows: one process of the server works through
 * it, and other groups wait meanwhile.
 */
const LONGEST_LIST = 500;

/**
 * How many stanzas make one text. A text for a thousand recipients is a megabyte that is touched once by the
 * writer and once by the socket; in pieces that fit the processor's cache it costs little more than half.
 */
const PIECE = 50;

/** Way (b): the stanza once for each recipient, as texts to be written one after the other. */
export function spliceTexts({ head, open, content, close, recipients }: Delivery): string[] {
  const tail = open + content + close;
  const texts: string[] = [];
  for (let from = 0; from < recipients.length; from += PIECE) {
    texts.push(spliceAll({ head, tail }, recipients.slice(from, from + PIECE)));
  }
  return texts;
}

const longestList = ({ limit }: MulticastService): number => Math.min(limit, LONGEST_LIST);

/** How many lists, and so stanzas, that many recipients need. */
export const listsFor = (recipients: number, service: MulticastService): number =>
  Math.ceil(recipients / longestList(service));

/** Way (a): the stanza once for each list of recipients, who do not see the list (bcc). */
export function multicastText(delivery: Delivery, service: MulticastService): string {
  const { head, open, content, close, recipients } = delivery;
  const start = head + escapeAttribute(service.jid) + open;
  const rest = content + close;
  let text = '';
  for (const batch of inBatches(recipients, longestList(service))) {
    text += start + blindListText(batch) + rest;
  }
  return text;
}

/**
 * The text for the recipients from the `from`th on, as far as they get it in one piece.
 * @returns `next`: the first one whom it is not for
 */
export function nextPiece(
  delivery: Delivery,
  way: Way,
  from: number,
): { readonly text: string; readonly next: number } {
  const next = from + (way.kind === 'multicast' ? longestList(way.service) : PIECE);
  const part = { ...delivery, recipients: delivery.recipients.slice(from, next) };
  const text = way.kind === 'multicast' ? multicastText(part, way.service) : spliceTexts(part).join('');
  return { text, next };
}

/**
 * The delivery that a multicast service has sent back undone, to be sent in another way; `undefined` when the
 * bounce does not hold it any more.
 */
export function unwrapBounce(bounce: Stanza): Delivery | undefined {
  if (bounce.kind === 'iq') return undefined;
  const list = bounce.payload.find((element) => addresses.is(element));
  const read = list === undefined ? undefined : addresses.parse(list);
  if (!read?.ok) return undefined;
  const recipients = read.value.addresses.flatMap(({ jid }) => (jid === undefined ? [] : [jid]));
  const content = bounce.payload.filter((element) => element !== list && !errorElement.is(element));
  // The type of the original is overwritten by `error`. Only messages with a text go this way as `chat`; what
  // has none is a headline.
  const isChat = content.some((element) => element.name === 'body');
  const type = bounce.kind === 'presence' ? undefined : isChat ? 'chat' : 'headline';
  const attrs = { from: bounce.to, type, id: bounce.id };
  return deliveryOf(bounce.kind, attrs, content, recipients, true);
}
