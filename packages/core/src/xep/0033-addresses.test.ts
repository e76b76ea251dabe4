import { bare } from '../testing/jids.js';
import { table } from '../testing/table.js';
import * as declarations from './0033-addresses.js';

table(declarations, {
  addresses: {
    pairs: {
      'blind copies': [
        `<addresses xmlns='http://jabber.org/protocol/address'>
           <address type='bcc' jid='romeo@example.com'/><address type='bcc' jid='nurse@example.org'/>
         </addresses>`,
        {
          addresses: [
            { type: 'bcc', jid: bare('romeo@example.com') },
            { type: 'bcc', jid: bare('nurse@example.org') },
          ],
        },
      ],
      'one that was served, one without a JID': [
        `<addresses xmlns='http://jabber.org/protocol/address'>
           <address type='to' jid='juliet@example.com' delivered='true' desc='Juliet'/><address type='noreply'/>
         </addresses>`,
        {
          addresses: [
            { type: 'to', jid: bare('juliet@example.com'), delivered: true, description: 'Juliet' },
            { type: 'noreply' },
          ],
        },
      ],
      'a part of an entity, and somebody of another system': [
        `<addresses xmlns='http://jabber.org/protocol/address'>
           <address type='replyto' jid='example.com' node='orchard'/><address type='to' uri='sip:romeo@example.com'/>
         </addresses>`,
        {
          addresses: [
            { type: 'replyto', jid: bare('example.com'), node: 'orchard' },
            { type: 'to', uri: 'sip:romeo@example.com' },
          ],
        },
      ],
      nobody: ["<addresses xmlns='http://jabber.org/protocol/address'/>", { addresses: [] }],
    },
    reads: {
      'a digit for true': [
        "<addresses xmlns='http://jabber.org/protocol/address'><address delivered='1' type='cc' node='n'/></addresses>",
        { addresses: [{ type: 'cc', node: 'n', delivered: true }] },
      ],
    },
    fails: {
      'an address without a type': [
        "<addresses xmlns='http://jabber.org/protocol/address'><address jid='a@b'/></addresses>",
        'addresses/address@type',
        'missing',
      ],
      'more than one list can hold': [
        `<addresses xmlns='http://jabber.org/protocol/address'>${"<address type='to'/>".repeat(10_001)}</addresses>`,
        'addresses/address',
        'more than 10000',
      ],
      'neither true nor false': [
        "<addresses xmlns='http://jabber.org/protocol/address'><address type='to' delivered='yes'/></addresses>",
        'addresses/address@delivered',
        'neither true nor false',
      ],
    },
  },
});
