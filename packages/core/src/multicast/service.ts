import type { BareJid } from '../jid/index.js';
import { type DiscoInfo, firstValueOf } from '../xep/index.js';
import { NS } from '../xml/namespaces.js';

/** A service that sends one stanza on to many recipients (XEP-0033). */
export interface MulticastService {
  readonly jid: BareJid;
  /** How many recipients one stanza may have, message or presence. */
  readonly limit: number;
}

/**
 * The service that an entity offers, by its disco#info; `undefined` when it offers none (XEP-0033, section 2.1).
 * The limits stand in a form that ejabberd adds when an operator has set them (reference 3.1).
 * @param unstated the limit, in recipients, where the entity tells none
 */
export function serviceIn(jid: BareJid, info: DiscoInfo, unstated: number): MulticastService | undefined {
  if (!info.features.some((feature) => feature.var === NS.addresses)) return undefined;
  const limit = (kind: 'message' | 'presence'): number => statedLimit(info, kind) ?? unstated;
  return { jid, limit: Math.min(limit('message'), limit('presence')) };
}

function statedLimit(info: DiscoInfo, kind: 'message' | 'presence'): number | undefined {
  const form = info.forms.find((candidate) => firstValueOf(candidate, 'FORM_TYPE') === NS.addresses);
  const limit = Number(form === undefined ? undefined : firstValueOf(form, kind));
  return Number.isSafeInteger(limit) && limit > 0 ? limit : undefined;
}

/**
 * Whether the service is known to deliver to `bcc` addresses, and to hide them. That of Kontalk delivers nothing
 * to them; it calls itself `generic`, and ejabberd's `multicast` (reference 3.3, 3.7).
 */
export const servesBlind = (info: DiscoInfo): boolean =>
  info.identities.some(({ category, type }) => category === 'service' && type === 'multicast');
