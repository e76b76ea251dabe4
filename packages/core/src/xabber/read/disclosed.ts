import { pick } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { message } from '../../stanza/stanza.js';
import type { XmlElement } from '../../xml/element.js';
import type { DisclosureStep } from '../command.js';
import { disclosed } from '../elements/disclosure.js';
import { body } from '../elements/posted.js';
import type { UserCard } from '../elements/user.js';

/** What a group tells somebody alone of another member (docs/disclosure.md). */
export interface Disclosed {
  readonly from: Jid;
  readonly type: DisclosureStep;
  /** Who turns to him; with the JID where that is told. */
  readonly user: UserCard;
  readonly reason: string | undefined;
  /** What a client shows that knows nothing of it. */
  readonly body: string;
}

/** Reads word of a disclosure (docs/disclosure.md); `undefined` when the stanza is none. */
export function readDisclosed(element: XmlElement): Disclosed | undefined {
  const envelope = message.is(element) ? message.parse(element) : undefined;
  if (!envelope?.ok || envelope.value.type === 'error') return undefined;
  const told = pick(disclosed, envelope.value.payload);
  if (!told?.ok) return undefined;
  const text = pick(body, envelope.value.payload);
  const { type, user, reason } = told.value;
  return { from: envelope.value.from, type, user, reason, body: text?.ok ? text.value.text : '' };
}
