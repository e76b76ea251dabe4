/** XEP-0202: Entity Time, version 2.0. https://xmpp.org/extensions/xep-0202.html */
import { dateTime, element, text, textChild } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** All children are left out of requests. */
export const entityTime = element('time', NS.time, 'XEP-0202 section 2', {
  zone: textChild('tzo', NS.time, text).optional,
  utc: textChild('utc', NS.time, dateTime).optional,
});
