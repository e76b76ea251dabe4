import type { ValueOf } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import type { Disclose } from '../command.js';
import type { disclosure } from '../elements/disclosure.js';

/** What a disclosure in a request or in a message asks for. */
export const interpretDisclosure = (
  { type, recipient, reason }: ValueOf<typeof disclosure>,
  from: Jid,
): Disclose => ({ kind: 'disclose', from, type, id: recipient.id, reason: reason?.trim() || undefined });
