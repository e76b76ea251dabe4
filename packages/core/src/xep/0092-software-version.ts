/** XEP-0092: Software Version, version 1.1. https://xmpp.org/extensions/xep-0092.html */
import { element, text, textChild } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** All children are left out of requests. */
export const softwareVersion = element('query', NS.version, 'XEP-0092 section 2', {
  name: textChild('name', NS.version, text).optional,
  version: textChild('version', NS.version, text).optional,
});
