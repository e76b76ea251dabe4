import { dateTime } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf, domainOf } from '@xmpp-groups/core/jid';
import { clientMessage } from '@xmpp-groups/core/kontalk';
import { delay } from '@xmpp-groups/core/xep';
import type { XmlElement } from '@xmpp-groups/core/xml';

/**
 * When the own server took a stanza in that it had to keep (XEP-0203), in milliseconds since the epoch; `undefined`
 * when it delivered it at once. What others have stamped does not count; should somebody have stamped it in the
 * server's name before, the server's own stamp is the later one.
 * @param now no stamp is later than that
 */
export function delayOf(stanza: XmlElement, me: BareJid, now: number): number | undefined {
  const read = clientMessage.parse(stanza);
  if (!read.ok) return undefined;
  const stamps = read.value.payload.flatMap((child) => {
    const stamp = delay.is(child) ? delay.parse(child) : undefined;
    if (stamp?.ok !== true || stamp.value.from === undefined) return [];
    const by = bareOf(stamp.value.from);
    const at = by === me || by === domainOf(me) ? dateTime.parse(stamp.value.stamp) : undefined;
    return at?.ok === true && at.value <= now ? [Math.min(now, endOf(at.value))] : [];
  });
  return stamps.length === 0 ? undefined : Math.max(...stamps);
}

/** Servers that stamp whole seconds mean some moment in them. */
const endOf = (stamp: number): number => (stamp % 1000 === 0 ? stamp + 999 : stamp);
