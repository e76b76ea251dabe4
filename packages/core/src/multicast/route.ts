import { bareOf, type Jid } from '../jid/index.js';
import type { ErrorCondition } from '../stanza/index.js';
import { addresses } from '../xep/index.js';
import type { XmlElement } from '../xml/element.js';
import { inBatches } from './batches.js';
import type { FoundService } from './search.js';

/** How one stanza reaches all its recipients. */
export type Route =
  | { readonly kind: 'each'; readonly recipients: readonly Jid[] }
  | {
      readonly kind: 'service';
      readonly service: FoundService;
      readonly batches: readonly (readonly Jid[])[];
      /** `to` is understood everywhere; `bcc` hides the members from third parties (reference 3.7). */
      readonly type: 'to' | 'bcc';
    };

/**
 * The way to `recipients` (each at most once): one recipient gets a plain stanza, several are reached through the
 * service in as many batches as its limit demands, or each alone where there is no service (reference 3.6).
 * @param hidden whether the recipients shall be hidden where the service can do that
 */
export function routeTo(recipients: readonly Jid[], service?: FoundService, { hidden = false } = {}): Route {
  const distinct = [...new Set(recipients)];
  if (service === undefined || distinct.length < 2) return { kind: 'each', recipients: distinct };
  return {
    kind: 'service',
    service,
    batches: inBatches(distinct, service.limit),
    type: hidden && service.blind ? 'bcc' : 'to',
  };
}

/** What every service has to take, as far as XEP-0033 (section 8) says anything of it. */
const SAFE_LIMIT = 20;

/** What a service says that will not take a list now, but may take it later. */
const PASSING: readonly ErrorCondition[] = [
  'resource-constraint',
  'remote-server-timeout',
  'internal-server-error',
];

/**
 * The way after the service has sent a batch back: smaller batches when it was too long, else each recipient
 * alone; `undefined` when the same way may work after a while (reference 2.9, 3.6). The stanzas keep their id and
 * their content.
 * @param batch the recipients of the stanza that came back, or all who are left: no batch is larger than the limit was
 */
export function routeAfter(
  batch: readonly Jid[],
  service: FoundService,
  condition: ErrorCondition,
  options: { readonly hidden?: boolean } = {},
): Route | undefined {
  if (PASSING.includes(condition)) return undefined;
  const size = Math.min(batch.length, service.limit);
  const limit = size > SAFE_LIMIT ? SAFE_LIMIT : Math.floor(size / 2);
  return condition === 'not-acceptable' && limit > 1
    ? routeTo(batch, { ...service, limit }, options)
    : { kind: 'each', recipients: batch };
}

/** One stanza of several that carry the same message. */
export interface Piece {
  readonly stanza: XmlElement;
  /** Whom it reaches. */
  readonly recipients: readonly Jid[];
  /** How long to wait before it is sent, in milliseconds from the first one. */
  readonly after: number;
}

/** How many single stanzas are sent in a second: servers stop those who send more (reference 3.6). */
const SINGLES_PER_SECOND = 10;

/**
 * The stanzas to send, from one that has no `to` yet: the same id and the same children for every recipient
 * (reference 3.6). A batch of one needs no list.
 */
export function piecesOn(route: Route, stanza: XmlElement): readonly Piece[] {
  const piece = (to: Jid, recipients: readonly Jid[], after: number, list?: XmlElement): Piece => ({
    stanza: {
      name: stanza.name,
      attrs: { ...stanza.attrs, to },
      children: list === undefined ? stanza.children : [list, ...stanza.children],
    },
    recipients,
    after,
  });
  if (route.kind === 'each') {
    return route.recipients.map((jid, place) =>
      piece(jid, [jid], Math.floor((place * 1000) / SINGLES_PER_SECOND)),
    );
  }
  const { service, type, batches } = route;
  return batches.map((batch) => {
    const [only] = batch;
    if (only !== undefined && batch.length === 1) return piece(only, batch, 0);
    const list = addresses.build({ addresses: batch.map((jid) => ({ type, jid })) });
    return piece(service.jid, batch, 0, list);
  });
}

/**
 * Whether an error comes from the service itself, and so is about all recipients, and not from one of them
 * (reference 2.9).
 */
export const isFromService = (from: Jid, service: FoundService): boolean => bareOf(from) === service.jid;
