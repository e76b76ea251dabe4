import type { BareJid } from '@xmpp-groups/core/jid';
import { type XmlElement, xml } from '@xmpp-groups/core/xml';

/** A presence for `to`; without a type it says that the sender is available. Servers add who that is. */
export const presenceTo = (
  to: BareJid | undefined,
  type?: 'subscribe' | 'subscribed' | 'unsubscribe' | 'unsubscribed' | 'unavailable',
  payload: readonly XmlElement[] = [],
): XmlElement => xml('presence', { to, type }, payload);
