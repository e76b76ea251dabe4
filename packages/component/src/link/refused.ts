import { readStanza, refuse, type StanzaError } from '@xmpp-groups/core/stanza';
import { NS, serialise, type XmlElement } from '@xmpp-groups/core/xml';

/**
 * The answer to a message or request that is not handled at all, as text for a link. `undefined` where none
 * may be given: to errors and results, and to presence, whose senders wait for nothing.
 */
export function refusedUnread(stanza: XmlElement, error: StanzaError): string | undefined {
  // Only the envelope is read: the payload may be what cannot be handled.
  const envelope = readStanza({ ...stanza, children: [] });
  if (!envelope.ok || envelope.value.kind === 'presence') return undefined;
  const answer = refuse(envelope.value, error);
  return answer === undefined ? undefined : serialise(answer, NS.client);
}

/** Who sent a stanza and to whom, for the log; its payload may be what cannot be read. */
export function addressesOf(stanza: XmlElement): { readonly from?: string; readonly to?: string } {
  const envelope = readStanza({ ...stanza, children: [] });
  return envelope.ok ? { from: envelope.value.from, to: envelope.value.to } : {};
}
