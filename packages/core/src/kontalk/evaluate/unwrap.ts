import type { ValueOf } from '../../codec/index.js';
import { pick } from '../../codec/index.js';
import { dateTime } from '../../codec/value.js';
import type { BareJid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { carbonReceived, carbonSent } from '../../xep/0280-message-carbons.js';
import type { forwarded } from '../../xep/0297-forwarding.js';
import { archiveResult } from '../../xep/0313-message-archive.js';
import type { XmlElement } from '../../xml/element.js';
import { clientMessage } from '../elements/message.js';

/** The message that was meant for me, and when my server says that it took it in. */
export interface Unwrapped {
  readonly message: XmlElement;
  readonly delayStamp?: number;
  /** The message as it was read already, when it stood in no wrapper. */
  readonly envelope?: ValueOf<typeof clientMessage>;
}

/**
 * Takes a message out of a carbon copy (XEP-0280) or a result of the own archive (XEP-0313); any other message is
 * returned as it is. A wrapper that is not from my own account fails: whoever sent it can have written what he
 * likes (reference 2.6, P2; XEP-0280, section 11).
 */
export function unwrap(stanza: XmlElement, me: BareJid): Result<Unwrapped, 'forged-wrapper' | 'malformed'> {
  const envelope = clientMessage.parse(stanza);
  if (!envelope.ok) return err('malformed');
  const { from, payload } = envelope.value;
  const wrapped = pick(carbonSent, payload) ?? pick(carbonReceived, payload) ?? pick(archiveResult, payload);
  if (wrapped === undefined) return ok({ message: stanza, envelope: envelope.value });
  if (from !== undefined && from !== me) return err('forged-wrapper');
  return wrapped.ok ? ok(inside(wrapped.value.forwarded)) : err('malformed');
}

function inside({ message, delay }: ValueOf<typeof forwarded>): Unwrapped {
  const stamp = delay === undefined ? undefined : dateTime.parse(delay.stamp);
  return stamp?.ok === true ? { message, delayStamp: stamp.value } : { message };
}
