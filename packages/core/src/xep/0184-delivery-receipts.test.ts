import { table } from '../testing/table.js';
import * as declarations from './0184-delivery-receipts.js';

table(declarations, {
  receiptRequest: { pairs: { 'a request': ["<request xmlns='urn:xmpp:receipts'/>", {}] } },
  receipt: {
    pairs: { 'of a message': ["<received xmlns='urn:xmpp:receipts' id='Xk3'/>", { id: 'Xk3' }] },
    fails: {
      'of no message': ["<received xmlns='urn:xmpp:receipts'/>", 'received@id', 'missing'],
      'of a message without a name': ["<received xmlns='urn:xmpp:receipts' id=''/>", 'received@id', 'empty'],
    },
  },
});
