import { base64, content, element, textChild } from '../../codec/index.js';
import { fingerprint } from '../../xep/index.js';
import { NS } from '../../xml/namespaces.js';

/**
 * Kontalk's keys. In a request to subscribe: key and fingerprint; in available presence: the fingerprint; in the
 * answer to an IQ: the key as the text of the element; in the question: nothing.
 */
export const kontalkKey = element('pubkey', NS.kontalkKey, 'reference 5', {
  answer: content(base64),
  key: textChild('key', NS.kontalkKey, base64).optional,
  print: textChild('print', NS.kontalkKey, fingerprint).optional,
});
