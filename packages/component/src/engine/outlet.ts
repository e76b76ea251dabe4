import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import type { Stanza } from '@xmpp-groups/core/stanza';
import type { Delivery } from '@xmpp-groups/core/xabber';
import { pause } from '../link/backoff.js';
import type { HandOver, Link } from '../link/link.js';
import { type Said, waitingLine } from './waiting-line.js';
import { listsFor, nextPiece, unwrapBounce, type Way } from './ways.js';

/** The stanza because of which something is said, and whether it may have been said before. */
export interface Occasion {
  readonly handOver: HandOver;
  /** The same was said, as far as that came, by a daemon before this one. */
  readonly isReplay: boolean;
}

/** Where everything that leaves the daemon goes through, in order. */
export interface Outlet {
  /** @param occasion for a link whose other side counts what was delivered because of a stanza */
  send(deliveries: readonly Delivery[], occasion?: Occasion): void;
  /** One stanza as text, e.g. an answer to an IQ. */
  sendText(text: string): void;
  /** All that follows from a stanza is durable, and was given to this outlet. */
  finished(handOver: HandOver): void;
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
  /** Whether the server has not taken yet what was said before: what is long and can wait had better not be made yet. */
  isBusy(): boolean;
  /** Whether a stanza of this text can go out in one piece. */
  fits(text: string): boolean;
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
export function createOutlet(
  link: Pick<Link, 'write' | 'listen' | 'fits'>,
  observe: OutletObserver,
  congested = CONGESTED,
): Outlet {
  let way: Way | undefined;
  /** The multicast service that was used last: lists may come back from it for a while. */
  let service: BareJid | undefined;
  const waiting = waitingLine();
  /** The link is up and takes text. */
  let flowing = false;
  let deaf = false;
  let tellEmpty: (() => void) | undefined;

  const say = (parts: readonly (Delivery | string)[]): void => {
    waiting.add(parts, way);
    pump();
  };

  /** Writes what waits, as far as the link takes it. */
  const pump = (): void => {
    for (
      let said = waiting.first();
      said !== undefined && flowing && way !== undefined;
      said = waiting.first()
    ) {
      const text = textOf(said, said.by ?? way);
      if (said.part === said.parts.length) waiting.leave();
      if (text !== '') write(text, said.isOne);
    }
    heed();
    if (waiting.first() === undefined) tellEmpty?.();
  };

  const write = (text: string, isOne: boolean): void => {
    const outcome = link.write(text, isOne);
    if (outcome === 'taken') return;
    flowing = false;
    if (outcome === 'full') return;
    waiting.putBack(text, isOne);
  };

  /** The next piece of what was said, which is not longer than the link takes at a time. */
  const textOf = (said: Said, by: Way): string => {
    let text = '';
    for (let part = said.parts[said.part]; part !== undefined; part = said.parts[said.part]) {
      if (typeof part === 'string') {
        text += part;
        said.part += 1;
      } else {
        text += pieceOf(part, by, said);
      }
      if (text.length >= PIECE) break;
    }
    return text;
  };

  const pieceOf = (delivery: Delivery, chosen: Way, said: Said): string => {
    const { kind, ordered, recipients } = delivery;
    const by: Way = ordered ? chosen : { kind: 'splice' };
    if (said.recipient === 0) {
      const stanzas = by.kind === 'multicast' ? listsFor(recipients.length, by.service) : recipients.length;
      observe.sent(kind, stanzas, recipients.length);
    }
    const { text, next } = nextPiece(delivery, by, said.recipient);
    const isOver = next >= recipients.length;
    said.recipient = isOver ? 0 : next;
    if (isOver) said.part += 1;
    return text;
  };

  /**
   * Refusals wait for the server, too, and each is as long as what it refuses. A server that sends on and on and takes
   * none of them is listened to no more, until it has taken a good part. Not sooner: one that cannot get rid of what it
   * sends may not read, either.
   */
  const heed = (): void => {
    const isTooMuch = way !== undefined && waiting.kept() > (deaf ? congested : 2 * congested);
    if (isTooMuch === deaf) return;
    deaf = isTooMuch;
    link.listen(!deaf);
  };

  return {
    send: say,
    // An answer must not overtake the deliveries that belong to it, as those of an archive's page.
    sendText: (text) => say([text]),
    // Only the module inside ejabberd hands stanzas over, and it has an outlet of its own.
    finished: () => undefined,
    open: (chosen) => {
      way = chosen;
      if (chosen.kind === 'multicast') service = chosen.service.jid;
      flowing = true;
      pump();
    },
    close: () => {
      flowing = false;
      way = undefined;
      // The next connection has to say which way there is.
      heed();
    },
    drained: () => {
      if (way === undefined) return;
      flowing = true;
      pump();
    },
    takeBounce: (stanza) => {
      if (service === undefined || stanza.type !== 'error' || stanza.kind === 'iq') return false;
      if (bareOf(stanza.from) !== service) return false;
      if (way?.kind === 'multicast') {
        way = { kind: 'splice' };
        observe.fellBack();
      }
      const again = unwrapBounce(stanza);
      if (again !== undefined) say([again]);
      return true;
    },
    isCongested: () => waiting.length() > congested,
    isBusy: () => !flowing || waiting.first() !== undefined,
    fits: link.fits,
    emptied: async (limit) => {
      if (waiting.first() === undefined) return 0;
      const done = new AbortController();
      tellEmpty = () => done.abort();
      await pause(limit, done.signal);
      return waiting.length();
    },
  };
}
