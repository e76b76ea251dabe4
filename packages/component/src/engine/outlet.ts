import { bareOf } from '@xmpp-groups/core/jid';
import { readStanza } from '@xmpp-groups/core/stanza';
import type { Delivery } from '@xmpp-groups/core/xabber';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { Link } from '../link/link.js';
import { multicastText, spliceText, unwrapBounce, type Way } from './ways.js';

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
  takeBounce(stanza: XmlElement): boolean;
  /** Whether so much waits that no new messages should be accepted. */
  isCongested(): boolean;
  waitingBytes(): number;
  way(): Way | undefined;
}

/** How much text may wait, in UTF-16 units, before messages are refused. */
const CONGESTED = 64 * 1024 * 1024;

/** What an outlet tells about itself. */
export interface OutletObserver {
  sent(kind: Delivery['kind'], stanzas: number, recipients: number): void;
  fellBack(): void;
}

export function createOutlet(link: Link, observe: OutletObserver): Outlet {
  let way: Way | undefined;
  let waiting: string[] = [];
  let waitingLength = 0;
  /** The link is up and takes text. */
  let flowing = false;
  /** Deliveries whose text depends on the way, while it is not known. */
  let undecided: Delivery[] = [];

  const hold = (text: string): void => {
    waiting.push(text);
    waitingLength += text.length;
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
  };

  const textOf = (delivery: Delivery, by: Way): string => {
    const multicast = by.kind === 'multicast' && delivery.ordered;
    observe.sent(delivery.kind, multicast ? 1 : delivery.recipients.length, delivery.recipients.length);
    return multicast ? multicastText(delivery, by.service) : spliceText(delivery);
  };

  const send = (deliveries: readonly Delivery[]): void => {
    if (way === undefined) {
      undecided.push(...deliveries);
      return;
    }
    let text = '';
    for (const delivery of deliveries) text += textOf(delivery, way);
    push(text);
  };

  return {
    send,
    sendText: push,
    open: (chosen) => {
      way = chosen;
      flowing = true;
      flush();
      const deliveries = undecided;
      undecided = [];
      send(deliveries);
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
      if (way?.kind !== 'multicast' || stanza.attrs.type !== 'error') return false;
      const envelope = readStanza(stanza);
      if (!envelope.ok || bareOf(envelope.value.from) !== way.service.jid) return false;
      way = { kind: 'splice' };
      observe.fellBack();
      const again = unwrapBounce(envelope.value);
      if (again !== undefined) send([again]);
      return true;
    },
    isCongested: () => waitingLength > CONGESTED,
    waitingBytes: () => waitingLength,
    way: () => way,
  };
}
