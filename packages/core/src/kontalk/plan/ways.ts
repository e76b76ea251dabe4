import type { BareJid, Jid } from '../../jid/index.js';
import type { ErrorCondition } from '../../stanza/error.js';
import type { Service } from './action.js';

/** Where one stanza goes, and for whom. */
export interface Envelope {
  readonly to: Jid;
  /** `undefined`: for the one it is sent to, without an address list. */
  readonly addresses: { readonly type: 'to' | 'bcc'; readonly jids: readonly BareJid[] } | undefined;
}

/** How many addresses a service takes that does not say (reference 3.1). */
const ASSUMED_LIMIT = 100;

/**
 * How the same message gets to everybody (reference 3.6): through the service, in as many stanzas as its limit
 * demands; without one, and to a single recipient, directly.
 */
export function ways(recipients: readonly BareJid[], service: Service | undefined): readonly Envelope[] {
  const direct = (to: BareJid): Envelope => ({ to, addresses: undefined });
  if (service === undefined) return recipients.map(direct);
  const size = Math.max(1, service.limit ?? ASSUMED_LIMIT);
  const envelopes: Envelope[] = [];
  for (let start = 0; start < recipients.length; start += size) {
    const jids = recipients.slice(start, start + size);
    const [only] = jids;
    envelopes.push(
      jids.length === 1 && only !== undefined
        ? direct(only)
        : { to: service.jid, addresses: { type: service.addressType, jids } },
    );
  }
  return envelopes;
}

/**
 * The way to try next when the service has refused a stanza with `count` addresses (reference 2.9, 3.6):
 * `undefined` stands for single stanzas, `failed` for none.
 */
export function nextWay(
  service: Service,
  count: number,
  condition: ErrorCondition,
): Service | undefined | 'failed' {
  switch (condition) {
    case 'not-acceptable':
      return count > 2 ? { ...service, limit: Math.min(20, Math.ceil(count / 2)) } : undefined;
    case 'forbidden':
    case 'service-unavailable':
    case 'remote-server-not-found':
    case 'item-not-found':
      return undefined;
    default:
      return 'failed';
  }
}
