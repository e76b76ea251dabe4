import { attr, base64, content, element, rawChild, rest, text } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/** An OpenPGP message, not armoured: the namespace is that of RFC 3923, the content is not. */
export const e2e = element('e2e', NS.kontalkE2e, 'reference 4.1', { message: content(base64) });

/** What stands around the message in an encrypted payload. */
export const sealedStanza = element('xmpp', NS.client, 'reference 4.2', {
  message: rawChild('message', NS.client),
});

/** The message inside. Its sender and recipients are those of the stanza around it, whatever it says itself. */
export const sealedMessage = element('message', NS.client, 'reference 4.2', {
  id: attr('id', text).optional,
  type: attr('type', text).optional,
  payload: rest(),
});
