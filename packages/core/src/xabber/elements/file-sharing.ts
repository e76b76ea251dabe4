import { child, element, list, text, textChild } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/** What is told of a shared file. */
export const sharedFile = element('file', NS.files, 'reference 6.1', {
  mediaType: textChild('media-type', NS.files, text).optional,
  name: textChild('name', NS.files, text).optional,
});

/** A file inside a `mutable` reference. */
export const fileSharing = element('file-sharing', NS.files, 'reference 6.1', {
  file: child(sharedFile).optional,
});

/** A voice message: the file with what was spoken. */
export const voiceMessage = element('voice-message', NS.voiceMessages, 'reference 6.1', {
  files: list(fileSharing, 20),
});
