/** XEP-0446: File metadata element, version 0.2.0. https://xmpp.org/extensions/xep-0446.html */
import { element, text, textChild } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** What is told of a file that is shared by XEP-0447, stickers of XEP-0449 included. */
export const fileMetadata = element('file', NS.fileMetadata, 'XEP-0446 section 3', {
  mediaType: textChild('media-type', NS.fileMetadata, text).optional,
  name: textChild('name', NS.fileMetadata, text).optional,
});
