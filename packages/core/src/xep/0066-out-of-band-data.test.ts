import { table } from '../testing/table.js';
import * as declarations from './0066-out-of-band-data.js';

table(declarations, {
  outOfBand: {
    pairs: {
      'an image': [
        "<x xmlns='jabber:x:oob'><url>https://example.com/cat.png</url><desc>A cat</desc></x>",
        { url: 'https://example.com/cat.png', description: 'A cat' },
      ],
      'without a word': [
        "<x xmlns='jabber:x:oob'><url>https://example.com/</url></x>",
        { url: 'https://example.com/' },
      ],
    },
    fails: { 'no address': ["<x xmlns='jabber:x:oob'/>", 'x/url', 'missing'] },
  },
});
