import { table } from '../testing/table.js';
import * as declarations from './0446-file-metadata.js';

const FILE = "xmlns='urn:xmpp:file:metadata:0'";

table(declarations, {
  fileMetadata: {
    pairs: {
      'an image': [
        `<file ${FILE}><media-type>image/jpeg</media-type><name>summit.jpg</name></file>`,
        { mediaType: 'image/jpeg', name: 'summit.jpg' },
      ],
      'of which nothing is told': [`<file ${FILE}/>`, {}],
    },
    reads: {
      'with its size': [`<file ${FILE}><size>3032449</size><name>a</name></file>`, { name: 'a' }],
    },
    fails: {
      'two media types': [
        `<file ${FILE}><media-type>a</media-type><media-type>b</media-type></file>`,
        'file/media-type',
        'more than one',
      ],
    },
  },
});
