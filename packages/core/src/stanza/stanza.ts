import { attr, element, jid, oneOf, rest, text, type ValueOf } from '../codec/index.js';
import { failure, ok, type Result } from '../result.js';
import type { XmlElement } from '../xml/element.js';
import { NS } from '../xml/namespaces.js';
import { localName } from '../xml/scope.js';

/** The attributes that every stanza on a link between servers has (RFC 6120, section 8.1). */
const addressed = {
  from: attr('from', jid),
  to: attr('to', jid),
  id: attr('id', text).optional,
  lang: attr('xml:lang', text).optional,
};

/** `<message/>`. A type that is not defined counts as `normal` (RFC 6121, section 5.2.2). */
export const message = element('message', NS.client, 'RFC 6121 section 5', {
  ...addressed,
  type: attr('type', {
    ...oneOf('chat', 'error', 'groupchat', 'headline', 'normal'),
    parse: (value) => ok(MESSAGE_TYPES.find((type) => type === value) ?? 'normal'),
  }).or('normal'),
  payload: rest(),
});

const MESSAGE_TYPES = ['chat', 'error', 'groupchat', 'headline', 'normal'] as const;

/** `<presence/>`; without a type the sender is available (RFC 6121, section 4.7.1). */
export const presence = element('presence', NS.client, 'RFC 6121 section 4', {
  ...addressed,
  type: attr(
    'type',
    oneOf('error', 'probe', 'subscribe', 'subscribed', 'unavailable', 'unsubscribe', 'unsubscribed'),
  ).optional,
  payload: rest(),
});

/** `<iq/>` (RFC 6120, section 8.2.3). */
export const iq = element('iq', NS.client, 'RFC 6120 section 8.2.3', {
  ...addressed,
  id: attr('id', text),
  type: attr('type', oneOf('get', 'set', 'result', 'error')),
  payload: rest(),
});

/** A message as it is read: envelope and payload. */
export type Message = ValueOf<typeof message>;

/** A presence as it is read; without `type` the sender is available. */
export type Presence = ValueOf<typeof presence>;

/** A request or an answer as it is read. */
export type Iq = ValueOf<typeof iq>;

/** A stanza of whichever kind. */
export type Stanza =
  | ({ readonly kind: 'message' } & Message)
  | ({ readonly kind: 'presence' } & Presence)
  | ({ readonly kind: 'iq' } & Iq);

/** Reads the envelope of a stanza: addresses, id, type; the payload stays elements. */
export function readStanza(source: XmlElement): Result<Stanza> {
  switch (localName(source)) {
    case 'message': {
      const read = message.parse(source);
      return read.ok ? ok({ kind: 'message', ...read.value }) : read;
    }
    case 'presence': {
      const read = presence.parse(source);
      return read.ok ? ok({ kind: 'presence', ...read.value }) : read;
    }
    case 'iq': {
      const read = iq.parse(source);
      return read.ok ? ok({ kind: 'iq', ...read.value }) : read;
    }
    default:
      return failure(source.name, 'not a stanza');
  }
}
