/** XEP-0373: OpenPGP for XMPP, version 0.7.0. https://xmpp.org/extensions/xep-0373.html */
import {
  attr,
  base64,
  child,
  content,
  dateTime,
  element,
  jid,
  list,
  rest,
  text,
  textChild,
  type ValueCodec,
  type ValueOf,
} from '../codec/index.js';
import { err, ok } from '../result.js';
import { NS } from '../xml/namespaces.js';

const ns = NS.openpgp;

/** An OpenPGP message, not armoured. */
export const openpgp = element('openpgp', ns, 'XEP-0373 section 3.1', { message: content(base64) });

const recipient = element('to', ns, 'XEP-0373 section 3.1', { jid: attr('jid', jid) });
const time = element('time', ns, 'XEP-0373 section 3.1', { stamp: attr('stamp', dateTime) });
const payload = element('payload', ns, 'XEP-0373 section 3.1', { elements: rest() });

/** What is signed and encrypted: for whom, when, and what stands for children of the stanza. */
export const signcrypt = element('signcrypt', ns, 'XEP-0373 section 3.1', {
  to: list(recipient),
  time: child(time),
  /** Random text of random length, so that the length of the whole says little. */
  padding: textChild('rpad', ns, text).optional,
  payload: child(payload),
});

/** The upper-case hexadecimal digits of a fingerprint, 40 of version 4; read in lower case and with spaces, too. */
export const fingerprint: ValueCodec<string> = {
  type: 'fingerprint',
  parse: (value) => {
    const digits = value.replace(/\s+/g, '').toUpperCase();
    return /^[\dA-F]{40}(?:[\dA-F]{24})?$/.test(digits) ? ok(digits) : err('not a fingerprint');
  },
  format: (value) => value,
};

/** A public key, on the node of its own. */
export const publicKey = element('pubkey', ns, 'XEP-0373 section 4.1', {
  key: textChild('data', ns, base64),
});

const announcedKey = element('pubkey-metadata', ns, 'XEP-0373 section 4.2', {
  fingerprint: attr('v4-fingerprint', fingerprint),
  date: attr('date', dateTime),
});

/** The keys that somebody uses. */
export const publicKeys = element('public-keys-list', ns, 'XEP-0373 section 4.2', {
  keys: list(announcedKey, 100),
});

/** The secret keys, encrypted with a backup code, on a node that nobody else may read. */
export const secretKey = element('secretkey', ns, 'XEP-0373 section 5.4', { message: content(base64) });

/** What was signed and encrypted, as it is read; `time` in milliseconds since the epoch. */
export type SignCrypt = ValueOf<typeof signcrypt>;

/** A key in the list of somebody; `date` in milliseconds since the epoch. */
export type AnnouncedKey = ValueOf<typeof announcedKey>;
