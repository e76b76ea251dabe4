/** XEP-0054: vcard-temp, version 1.3. https://xmpp.org/extensions/xep-0054.html */
import { child, element, text, textChild, token, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

const field = (name: string) => textChild(name, NS.vcard, text).optional;

const name = element('N', NS.vcard, 'XEP-0054 section 3', {
  family: field('FAMILY'),
  given: field('GIVEN'),
});

const photo = element('PHOTO', NS.vcard, 'XEP-0054 section 3', {
  mediaType: field('TYPE'),
  base64: field('BINVAL'),
});

/**
 * The parts of a vCard that groups read from users, and those that they show of themselves: the `X-` fields
 * are a group's properties (reference 11.7).
 */
export const vcard = element('vCard', NS.vcard, 'XEP-0054 section 3; reference 11.7', {
  fullName: field('FN'),
  name: child(name).optional,
  nickname: field('NICKNAME'),
  photo: child(photo).optional,
  jabberId: field('JABBERID'),
  description: field('DESC'),
  privacy: textChild('X-PRIVACY', NS.vcard, token).optional,
  index: textChild('X-INDEX', NS.vcard, token).optional,
  membership: textChild('X-MEMBERSHIP', NS.vcard, token).optional,
  status: field('X-STATUS'),
  members: field('X-MEMBERS'),
});

/** The parts of a vCard that are read here. */
export type VCard = ValueOf<typeof vcard>;
