import { pick } from '../../codec/index.js';
import { bareOf, type Jid } from '../../jid/index.js';
import { message } from '../../stanza/stanza.js';
import { displayed } from '../../xep/0333-displayed-markers.js';
import type { XmlElement } from '../../xml/element.js';

/** That a message, and all of one's own before it, were seen by somebody (reference 6.6). */
export interface DisplayedMarker {
  readonly from: Jid;
  /** The id that the message had as a stanza. */
  readonly id: string;
  /** The id in the archive of who sent the marker. */
  readonly stanzaId: string | undefined;
}

/** Reads a marker (XEP-0333; reference 6.6); `undefined` when the stanza is none. */
export function readDisplayed(element: XmlElement): DisplayedMarker | undefined {
  const envelope = message.is(element) ? message.parse(element) : undefined;
  if (!envelope?.ok || envelope.value.type === 'error') return undefined;
  const { from, payload } = envelope.value;
  const marker = pick(displayed, payload);
  if (!marker?.ok) return undefined;
  const { id, stanzaIds } = marker.value;
  return { from, id, stanzaId: stanzaIds.find(({ by }) => by === bareOf(from))?.id };
}
