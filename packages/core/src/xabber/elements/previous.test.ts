import { table } from '../../testing/table.js';
import * as declarations from './previous.js';

table(declarations, {
  previousId: {
    pairs: {
      'the one before': [
        "<previous-id xmlns='https://xabber.com/protocol/previous' id='1618495545000000'/>",
        { id: '1618495545000000' },
      ],
      'of the first message': ["<previous-id xmlns='https://xabber.com/protocol/previous'/>", {}],
    },
  },
});
