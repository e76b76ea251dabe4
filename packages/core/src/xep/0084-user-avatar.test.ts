import { table } from '../testing/table.js';
import * as declarations from './0084-user-avatar.js';

const NS = "xmlns='urn:xmpp:avatar:metadata'";

table(declarations, {
  avatarMetadata: {
    pairs: {
      'no avatar': [`<metadata ${NS}/>`, { infos: [] }],
      'an image in two sizes': [
        `<metadata ${NS}>
           <info id='9f1c' bytes='8211' type='image/png' url='https://example.com/9f1c?a=1&amp;b'/>
           <info id='40ab' bytes='911' type='image/gif'/>
         </metadata>`,
        {
          infos: [
            { id: '9f1c', bytes: 8211, type: 'image/png', url: 'https://example.com/9f1c?a=1&b' },
            { id: '40ab', bytes: 911, type: 'image/gif' },
          ],
        },
      ],
    },
    reads: {
      'what clients leave out': [
        `<metadata ${NS}><info width='64' height='64' id='9f1c'/><pointer/></metadata>`,
        { infos: [{ id: '9f1c', bytes: 0, type: 'image/png' }] },
      ],
    },
    fails: {
      'a length that is no number': [
        `<metadata ${NS}><info id='a' bytes='1k'/></metadata>`,
        'metadata/info@bytes',
        'not an integer',
      ],
    },
  },
  avatarData: {
    pairs: {
      'an image': ["<data xmlns='urn:xmpp:avatar:data'>aGVqbGxv</data>", { base64: 'aGVqbGxv' }],
      nothing: ["<data xmlns='urn:xmpp:avatar:data'/>", { base64: '' }],
    },
    reads: {
      'broken lines': ["<data xmlns='urn:xmpp:avatar:data'> aGVq bGxv </data>", { base64: 'aGVqbGxv' }],
    },
  },
});
