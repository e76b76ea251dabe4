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
 * @param batch the recipients of the stanza that came back
 */
export function routeAfter(
  batch: readonly Jid[],
  service: FoundService,
  condition: ErrorCondition,
): Route | undefined {
  if (PASSING.includes(condition)) return undefined;
  const limit = batch.length > SAFE_LIMIT ? SAFE_LIMIT : Math.floor(batch.length / 2);
  return condition === 'not-acceptable' && limit > 1
    ? routeTo(batch, { ...service, limit })
    : { kind: 'each', recipients: batch };
}

/**
 * The stanzas to send, from one that has no `to` yet: the same id and the same children for every recipient
 * (reference 3.6). A batch of one needs no list.
 */
export function stanzasOn(route: Route, stanza: XmlElement): readonly XmlElement[] {
  const to = (jid: Jid, list: readonly XmlElement[] = []): XmlElement => ({
    name: stanza.name,
    attrs: { ...stanza.attrs, to: jid },
    children: [...stanza.children, ...list],
  });
  if (route.kind === 'each') return route.recipients.map((jid) => to(jid));
  return route.batches.map((batch) => {
    const [only] = batch;
    if (only !== undefined && batch.length === 1) return to(only);
    const list = batch.map((jid) => ({ type: route.type, jid }));
    return to(route.service.jid, [addresses.build({ addresses: list })]);
  });
}

/**
 * Whether an error comes from the service itself, and so is about all recipients, and not from one of them
 * (reference 2.9).
 */
export const isFromService = (from: Jid, service: FoundService): boolean => bareOf(from) === service.jid;
