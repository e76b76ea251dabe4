import { table } from '../../testing/table.js';
import * as declarations from './file-sharing.js';

const FILES = "xmlns='https://xabber.com/protocol/files'";
const VOICE = "xmlns='https://xabber.com/protocol/voice-messages'";

table(declarations, {
  sharedFile: {
    pairs: {
      'an image': [
        `<file ${FILES}><media-type>image/png</media-type><name>cat.png</name></file>`,
        { mediaType: 'image/png', name: 'cat.png' },
      ],
      'of which nothing is told': [`<file ${FILES}/>`, {}],
    },
    reads: {
      'as xabber-web tells of it': [
        `<file ${FILES}><media-type>image/png</media-type><name>cat.png</name><size>1</size><height>2</height>
         <width>3</width><desc/></file>`,
        { mediaType: 'image/png', name: 'cat.png' },
      ],
    },
  },
  fileSharing: {
    pairs: {
      'a file': [
        `<file-sharing ${FILES}><file><media-type>audio/ogg</media-type></file></file-sharing>`,
        { file: { mediaType: 'audio/ogg' } },
      ],
    },
    reads: {
      'with its sources': [
        `<file-sharing ${FILES}><file><name>a</name></file><sources><uri>https://example.com/a</uri></sources>
         </file-sharing>`,
        { file: { name: 'a' } },
      ],
    },
  },
  voiceMessage: {
    pairs: {
      'in a file': [
        `<voice-message ${VOICE}>
           <file-sharing ${FILES}><file><media-type>audio/ogg</media-type></file></file-sharing>
         </voice-message>`,
        { files: [{ file: { mediaType: 'audio/ogg' } }] },
      ],
      'without one': [`<voice-message ${VOICE}/>`, { files: [] }],
    },
  },
});
