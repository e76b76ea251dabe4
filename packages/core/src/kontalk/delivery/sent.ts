import { pick } from '../../codec/index.js';
import { type BareJid, bareOf } from '../../jid/index.js';
import { isFromService, type Route, routeAfter } from '../../multicast/index.js';
import { ok, type Result } from '../../result.js';
import type { ErrorCondition } from '../../stanza/error.js';
import { errorElement } from '../../stanza/error.js';
import type { XmlElement } from '../../xml/element.js';
import { clientMessage } from '../elements/message.js';
import type { Outgoing } from '../plan/outgoing.js';

/** How far a message got to one recipient. */
export type Reached = 'sent' | 'received' | 'failed';

/** A message that was sent, and how far it got to each (reference 2.9, 3.6). Immutable. */
export interface Sent {
  readonly id: string;
  readonly recipients: ReadonlyMap<BareJid, Reached>;
  /** The way that it took last. */
  readonly route: Route;
}

const FAILED: Reached = 'failed';

/** The record of a message that has just left: `sent` to each of its recipients. */
export const sentAs = ({ id, recipients, route }: Outgoing): Sent => ({
  id,
  recipients: new Map(recipients.map((jid) => [jid, 'sent'])),
  route,
});

/**
 * A receipt (XEP-0184) for a message. It counts only from somebody who the message was for: anybody can know the
 * id (reference 2.10, #12).
 */
export function received(sent: Sent, id: string, from: BareJid): Sent {
  if (id !== sent.id || !sent.recipients.has(from)) return sent;
  return { ...sent, recipients: new Map(sent.recipients).set(from, 'received') };
}

/** What came back instead of a receipt. */
export interface Bounce {
  readonly id: string | undefined;
  readonly from: BareJid | undefined;
  readonly condition: ErrorCondition;
}

/** Reads a message of type `error`; fails when it is none. */
export function readBounce(stanza: XmlElement): Result<Bounce | undefined> {
  const read = clientMessage.parse(stanza);
  if (!read.ok) return read;
  const { type, id, from, payload } = read.value;
  if (type !== 'error') return ok(undefined);
  const error = pick(errorElement, payload);
  const condition = error?.ok === true ? error.value.condition : 'undefined-condition';
  return ok({ id, from: from === undefined ? undefined : bareOf(from), condition });
}

/** Whom an error is about: one recipient, or everybody that the service would have served. */
export type Bounced =
  | { readonly kind: 'recipient'; readonly sent: Sent; readonly member: BareJid }
  /** `next`: the way to try now, with the same stanza; `undefined`: the same one again, after a while. */
  | { readonly kind: 'service'; readonly sent: Sent; readonly next: Route | undefined }
  | { readonly kind: 'other' };

/** Counts an error against the recipient that it is from, never against the others (reference 2.9). */
export function bounced(sent: Sent, { id, from, condition }: Bounce): Bounced {
  if (id !== sent.id || from === undefined) return { kind: 'other' };
  if (sent.recipients.has(from)) {
    const recipients = new Map(sent.recipients).set(from, FAILED);
    return { kind: 'recipient', sent: { ...sent, recipients }, member: from };
  }
  const { route } = sent;
  if (route.kind !== 'service' || !isFromService(from, route.service)) return { kind: 'other' };
  // Which of several stanzas it was, an error does not tell: who gets one twice knows it by its id.
  const left = [...sent.recipients].flatMap(([jid, reached]) => (reached === 'sent' ? [jid] : []));
  const next = routeAfter(left, route.service, condition, { hidden: route.type === 'bcc' });
  return { kind: 'service', sent: { ...sent, route: next ?? route }, next };
}
