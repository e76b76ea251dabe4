import type { Delivery } from '@xmpp-groups/core/xabber';
import type { Occasion, Outlet, OutletObserver } from '../engine/outlet.js';
import { spliceTexts } from '../engine/ways.js';
import { pause } from '../link/backoff.js';
import type { HandOver } from '../link/link.js';
import type { BridgeLink } from './bridge-link.js';
import type { Utterance } from './session.js';

type Said = Extract<Utterance, { kind: 'route' | 'fanOut' }>;

const CONGESTED = 64 * 1024 * 1024;

/** How many recipients one frame has at most. */
const LONGEST_LIST = 1_000;

/** What is short is gathered until it is about this long, in UTF-16 units, and said in one frame. */
const PIECE = 32_768;

/** When fewer bytes than this are not confirmed, the module keeps up with what is said. */
const CALM = 1024 * 1024;

/**
 * Where everything goes through, in order, on the way to the module inside ejabberd: what is for many as one stanza
 * with the list of its recipients, everything else as stanzas.
 * @param congested how much may wait for the module, in bytes, before messages are refused
 */
export function createBridgeOutlet(
  link: Pick<BridgeLink, 'say' | 'write' | 'fits' | 'acknowledge' | 'unconfirmed'>,
  observe: Pick<OutletObserver, 'sent'>,
  congested = CONGESTED,
): Outlet {
  let tellEmpty: (() => void) | undefined;
  /** How much of what is being said again has been left out, because it was delivered before. */
  const leftOut = new WeakMap<HandOver, number>();

  const isDelivered = ({ handOver, isReplay }: Occasion): boolean => {
    const count = leftOut.get(handOver) ?? 0;
    if (!isReplay || count >= (handOver.again?.said ?? 0)) return false;
    leftOut.set(handOver, count + 1);
    return true;
  };

  return {
    send: (deliveries, occasion) => {
      for (const utterance of utterancesOf(deliveries, observe)) {
        if (occasion === undefined) link.say(utterance);
        else if (!isDelivered(occasion)) link.say({ ...utterance, about: occasion.handOver });
      }
    },
    sendText: (text) => {
      link.write(text);
    },
    finished: (handOver) => link.acknowledge(handOver),
    open: () => undefined,
    close: () => undefined,
    drained: () => tellEmpty?.(),
    takeBounce: () => false,
    isCongested: () => link.unconfirmed() > congested,
    isBusy: () => link.unconfirmed() > CALM,
    fits: link.fits,
    emptied: async (limit) => {
      if (link.unconfirmed() === 0) return 0;
      const done = new AbortController();
      tellEmpty = () => done.abort();
      await pause(limit, done.signal);
      return link.unconfirmed();
    },
  };
}

/** The frames for some deliveries; the same deliveries always make the same frames. */
function utterancesOf(deliveries: readonly Delivery[], observe: Pick<OutletObserver, 'sent'>): Said[] {
  const said: Said[] = [];
  let text = '';
  const cut = (): void => {
    if (text !== '') said.push({ kind: 'route', xml: text });
    text = '';
  };
  for (const delivery of deliveries) {
    const { kind, recipients } = delivery;
    observe.sent(kind, Math.ceil(recipients.length / LONGEST_LIST), recipients.length);
    if (recipients.length > 1) {
      cut();
      said.push(...listsOf(delivery));
      continue;
    }
    text += spliceTexts(delivery).join('');
    if (text.length >= PIECE) cut();
  }
  cut();
  return said;
}

function listsOf({ head, open, content, close, recipients }: Delivery): Said[] {
  const xml = withoutTo(head, open) + content + close;
  const lists: Said[] = [];
  for (let from = 0; from < recipients.length; from += LONGEST_LIST) {
    lists.push({ kind: 'fanOut', recipients: recipients.slice(from, from + LONGEST_LIST), xml });
  }
  return lists;
}

const TO = " to='";

/** The start tag of a delivery without the attribute that its head leaves open. */
const withoutTo = (head: string, open: string): string => head.slice(0, -TO.length) + open.slice(1);
