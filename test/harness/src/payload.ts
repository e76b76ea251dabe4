import { type Iq, iq } from '@xmpp-groups/core/stanza';
import type { XmlElement } from '@xmpp-groups/core/xml';

/** The payload of the answer to a request. Throws when the stanza is no IQ. */
export function payloadOf(stanza: XmlElement): Iq['payload'] {
  const read = iq.parse(stanza);
  if (!read.ok) throw new Error(`${read.error.path}: ${read.error.reason}`);
  return read.value.payload;
}
