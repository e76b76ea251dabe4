import { table } from '../testing/table.js';
import * as declarations from './0385-media-sharing.js';

const FILE = "xmlns='urn:xmpp:jingle:apps:file-transfer:5'";

table(declarations, {
  sharedMedia: {
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
      'two names': [`<file ${FILE}><name>a</name><name>b</name></file>`, 'file/name', 'more than one'],
    },
  },
});
