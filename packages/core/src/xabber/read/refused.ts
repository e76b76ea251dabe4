import { pick } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { errorElement, type ReceivedError } from '../../stanza/error.js';
import { message } from '../../stanza/stanza.js';
import { originId } from '../../xep/0359-stanza-ids.js';
import type { XmlElement } from '../../xml/element.js';

/** A message that came back (reference 6.7). */
export interface RefusedMessage {
  readonly from: Jid;
  /** The origin-id of the message, or the id that it had as a stanza. */
  readonly originId: string | undefined;
  readonly error: ReceivedError;
}

/** Reads a message of type `error` (reference 6.7); `undefined` when the stanza is none. */
export function readRefused(element: XmlElement): RefusedMessage | undefined {
  const read = message.is(element) ? message.parse(element) : undefined;
  if (!read?.ok || read.value.type !== 'error') return undefined;
  const { from, id, payload } = read.value;
  const error = pick(errorElement, payload);
  if (!error?.ok) return undefined;
  const origin = pick(originId, payload);
  return { from, originId: origin?.ok ? origin.value.id : id, error: error.value };
}
