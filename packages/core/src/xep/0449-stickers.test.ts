import { table } from '../testing/table.js';
import * as declarations from './0449-stickers.js';

table(declarations, {
  sticker: {
    pairs: {
      'of a pack': [
        "<sticker xmlns='urn:xmpp:stickers:0' pack='EpRv28DHHzFrE4zd'/>",
        { pack: 'EpRv28DHHzFrE4zd' },
      ],
      'of no pack': ["<sticker xmlns='urn:xmpp:stickers:0'/>", {}],
    },
  },
});
