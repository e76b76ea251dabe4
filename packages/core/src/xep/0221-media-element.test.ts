import { table } from '../testing/table.js';
import * as declarations from './0221-media-element.js';

table(declarations, {
  mediaUri: {
    pairs: {
      'an image': [
        "<uri xmlns='urn:xmpp:media-element' type='image/png'>https://example.com/cat.png</uri>",
        { type: 'image/png', uri: 'https://example.com/cat.png' },
      ],
    },
    fails: {
      'of no type': ["<uri xmlns='urn:xmpp:media-element'>cid:1</uri>", 'uri@type', 'missing'],
    },
  },
});
