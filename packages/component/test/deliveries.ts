import { type Delivery, deliveryOf } from '@xmpp-groups/core/xabber';
import { NS, xml } from '@xmpp-groups/core/xml';
import { jid } from './jids.js';

export const members = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `user${at}@example.com`);

/** A message of a group to `recipients`. */
export const messageTo = (recipients: readonly string[], text: string, ordered = true): Delivery =>
  deliveryOf(
    'message',
    { from: 'verona@groups.example.com', type: 'chat', id: text.slice(0, 20) },
    [xml('body', { xmlns: NS.client }, [text])],
    recipients.map(jid),
    ordered,
  );
