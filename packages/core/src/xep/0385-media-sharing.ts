/** XEP-0385: Stateless Inline Media Sharing, version 0.3.2. https://xmpp.org/extensions/xep-0385.html */
import { element, text, textChild } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** What is told of a shared file; older than the metadata of XEP-0446, and still sent. */
export const sharedMedia = element('file', NS.jingleFile, 'XEP-0385 section 3.1', {
  mediaType: textChild('media-type', NS.jingleFile, text).optional,
  name: textChild('name', NS.jingleFile, text).optional,
});
