import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import type { Stanza } from '@xmpp-groups/core/stanza';
import type { Delivery } from '@xmpp-groups/core/xabber';
import { pause } from '../link/backoff.js';
import type { Link } from '../link/link.js';
import { listsFor, multicastText, spliceTexts, unwrapBounce, type Way } from './ways.js';

/** Where everything that leaves the daemon goes through, in order. */
export interface Outlet {
  send(deliveries: readonly Delivery[]): void;
  /** One stanza as text, e.g. an answer to an IQ. */
  sendText(text: string): void;
  /** The link is up, and the way is known: what has waited goes out. */
  open(way: Way): void;
  /** The link is down: everything waits. */
  close(): void;
  /** The server took what was written: more may follow. */
  drained(): void;
  /**
   * Looks at an error that came in. One from the multicast service means that a list was not delivered: its
   * stanza goes out again, to each recipient by himself, and so does everything from then on.
   * @returns whether it was one
   */
  takeBounce(stanza: Stanza): boolean;
  /** Whether so much waits that no new messages should be accepted. */
  isCongested(): boolean;
  /**
   * Waits until nothing waits any more, or for `limit` milliseconds.
   * @returns how much still waits, as far as it is known, in UTF-16 units; 0: nothing
   */
  emptied(limit: number): Promise<number>;
}

const CONGESTED = 64 * 1024 * 1024;

/** What is short is gathered until it is about this long, in UTF-16 units, and written at once. */
const PIECE = 32_768;

/** What an outlet tells about itself. */
export interface OutletObserver {
  sent(kind: Delivery['kind'], stanzas: number, recipients: number): void;
  fellBack(): void;
}

/** @param congested how much text may wait, in UTF-16 units, before messages are refused */
export function createOutlet(link: Link, observe: OutletObserver, congested = CONGESTED): Outlet {
  let way: Way | undefined;
  /** The multicast service that was used last: lists may come back from it for a while. */
  let service: BareJid | undefined;
  let waiting: string[] = [];
  let waitingLength = 0;
  /** The link is up and takes text. */
  let flowing = false;
  /** What came while the way is not known, on which the text of deliveries depends; in order, after `waiting`. */
  let undecided: (Delivery | string)[] = [];
  let undecidedLength = 0;
  let tellEmpty: (() => void) | undefined;

  const hold = (text: string): void => {
    waiting.push(text);
    waitingLength += text.length;
  };

  const defer = (item: Delivery | string): void => {
    undecided.push(item);
    undecidedLength += typeof item === 'string' ? item.length : item.open.length + item.content.length;
  };

  const push = (text: string): void => {
    if (text === '') return;
    if (!flowing) {
      hold(text);
      return;
    }
    const outcome = link.write(text);
    if (outcome === 'taken') return;
    flowing = false;
    if (outcome === 'down') hold(text);
  };

  const flush = (): void => {
    const texts = waiting;
    waiting = [];
    waitingLength = 0;
    for (const text of texts) push(text);
    if (waitingLength + undecidedLength === 0) tellEmpty?.();
  };

  const textsOf = (delivery: Delivery, by: Way): readonly string[] => {
    const { kind, recipients } = delivery;
    if (by.kind === 'multicast' && delivery.ordered) {
      observe.sent(kind, listsFor(recipients.length, by.service), recipients.length);
      return [multicastText(delivery, by.service)];
    }
    observe.sent(kind, recipients.length, recipients.length);
    return spliceTexts(delivery);
  };

  const send = (deliveries: readonly Delivery[]): void => {
    if (way === undefined) {
      for (const delivery of deliveries) defer(delivery);
      return;
    }
    let text = '';
    for (const delivery of deliveries) {
      for (const part of textsOf(delivery, way)) {
        text += part;
        if (text.length < PIECE) continue;
        push(text);
        text = '';
      }
    }
    push(text);
  };

  return {
    send,
    sendText: (text) => {
      // An answer must not overtake the deliveries that belong to it, as those of an archive's page.
      if (way === undefined) defer(text);
      else push(text);
    },
    open: (chosen) => {
      way = chosen;
      if (chosen.kind === 'multicast') service = chosen.service.jid;
      flowing = true;
      const items = undecided;
      undecided = [];
      undecidedLength = 0;
      for (const item of items) {
        for (const text of typeof item === 'string' ? [item] : textsOf(item, chosen)) hold(text);
      }
      flush();
    },
    close: () => {
      flowing = false;
      way = undefined;
    },
    drained: () => {
      if (way === undefined) return;
      flowing = true;
      flush();
    },
    takeBounce: (stanza) => {
      if (service === undefined || stanza.type !== 'error' || stanza.kind === 'iq') return false;
      if (bareOf(stanza.from) !== service) return false;
      if (way?.kind === 'multicast') {
        way = { kind: 'splice' };
        observe.fellBack();
      }
      const again = unwrapBounce(stanza);
      if (again !== undefined) send([again]);
      return true;
    },
    isCongested: () => waitingLength + undecidedLength > congested,
    emptied: async (limit) => {
      if (waitingLength + undecidedLength === 0) return 0;
      const done = new AbortController();
      tellEmpty = () => done.abort();
      await pause(limit, done.signal);
      return waitingLength + undecidedLength;
    },
  };
}
