import { table } from '../../testing/table.js';
import * as declarations from './attachment.js';

table(declarations, {
  attachment: {
    pairs: {
      'an encrypted image': [
        "<x xmlns='jabber:x:oob'><url type='image/png' length='12345' encrypted='true'>https://up.example.net/f/1</url></x>",
        { file: { type: 'image/png', length: 12345, encrypted: true, url: 'https://up.example.net/f/1' } },
      ],
      'with a word': [
        "<x xmlns='jabber:x:oob'><url>https://up.example.net/f/1</url><desc>A boat</desc></x>",
        { file: { url: 'https://up.example.net/f/1' }, description: 'A boat' },
      ],
    },
    fails: {
      'no address': ["<x xmlns='jabber:x:oob'/>", 'x/url', 'missing'],
      'less than nothing': [
        "<x xmlns='jabber:x:oob'><url length='-1'>https://up.example.net/f/1</url></x>",
        'x/url@length',
        `not from 0 to ${Number.MAX_SAFE_INTEGER}`,
      ],
    },
  },
});
