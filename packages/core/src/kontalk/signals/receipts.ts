import { pick } from '../../codec/index.js';
import { type BareJid, bareOf, type Jid } from '../../jid/index.js';
import { receipt, receiptRequest } from '../../xep/index.js';
import type { XmlElement } from '../../xml/element.js';

/** A receipt to send: to the sender alone and in clear, as both of Kontalk's clients do (reference 6). */
export interface ReceiptToSend {
  readonly to: BareJid;
  readonly payload: readonly XmlElement[];
}

/**
 * The receipt that a message of a group asks for; `undefined` when it asks for none, has no id, or is a receipt
 * itself (XEP-0184, section 5.3). To be sent for messages only that were accepted from a member.
 * @param id that of the stanza outside
 */
export function receiptFor(
  payload: readonly XmlElement[],
  from: Jid,
  id: string | undefined,
): ReceiptToSend | undefined {
  const asked = payload.some((child) => receiptRequest.is(child));
  if (!asked || id === undefined || id.trim() === '' || receivedIn(payload) !== undefined) return undefined;
  return { to: bareOf(from), payload: [receipt.build({ id })] };
}

/**
 * The id that a receipt is for. It stands outside in clear, be it that the receipt came alone or, as Android repeats
 * them, with a group inside a container (reference 6). Whether it counts depends on who sent it: only a recipient of
 * that id can have received it.
 */
export function receivedIn(payload: readonly XmlElement[]): string | undefined {
  const read = pick(receipt, payload);
  return read?.ok ? read.value.id : undefined;
}
