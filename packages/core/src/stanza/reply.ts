import type { XmlElement } from '../xml/element.js';
import { buildError, type StanzaError } from './error.js';
import { type Iq, iq, type Message, message, type Presence, presence, type Stanza } from './stanza.js';

/** The result of an IQ; it comes from exactly the JID that was asked (RFC 6120, section 8.2.3; trap T3). */
export const result = (request: Iq, payload: readonly XmlElement[] = []): XmlElement =>
  iq.build({ from: request.to, to: request.from, id: request.id, type: 'result', payload });

const refusedIq = (request: Iq, error: StanzaError): XmlElement =>
  iq.build({
    from: request.to,
    to: request.from,
    id: request.id,
    type: 'error',
    payload: [...(error.more ?? []), buildError(error)],
  });

/** The children of the refused message stay: clients find theirs by `origin-id` (reference 6.7). */
const refusedMessage = (refused: Message, error: StanzaError): XmlElement =>
  message.build({
    from: refused.to,
    to: refused.from,
    id: refused.id,
    type: 'error',
    payload: [...refused.payload, ...(error.more ?? []), buildError(error)],
  });

const refusedPresence = (refused: Presence, error: StanzaError): XmlElement =>
  presence.build({
    from: refused.to,
    to: refused.from,
    id: refused.id,
    type: 'error',
    payload: [...(error.more ?? []), buildError(error)],
  });

/**
 * The error stanza that answers `stanza`; `undefined` where no answer may be sent: to an error, and to the
 * result of an IQ (RFC 6120, section 8.3.1).
 */
export function refuse(stanza: Stanza, error: StanzaError): XmlElement | undefined {
  if (stanza.type === 'error') return undefined;
  switch (stanza.kind) {
    case 'message':
      return refusedMessage(stanza, error);
    case 'presence':
      return refusedPresence(stanza, error);
    case 'iq':
      return stanza.type === 'result' ? undefined : refusedIq(stanza, error);
  }
}
