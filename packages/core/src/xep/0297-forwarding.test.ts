import { elementIn, table } from '../testing/table.js';
import * as declarations from './0297-forwarding.js';

const message = `<message xmlns='jabber:client' from='verona@groups.example.com' type='chat'><body>Hi</body></message>`;

table(declarations, {
  forwarded: {
    pairs: {
      'a message and when it came': [
        `<forwarded xmlns='urn:xmpp:forward:0'>
           <delay xmlns='urn:xmpp:delay' stamp='2021-04-15T14:05:45.123456Z'/>${message}
         </forwarded>`,
        { delay: { stamp: '2021-04-15T14:05:45.123456Z' }, message: elementIn(message) },
      ],
      'only a message': [
        `<forwarded xmlns='urn:xmpp:forward:0'>${message}</forwarded>`,
        { message: elementIn(message) },
      ],
    },
    reads: {
      'a message of a component': [
        "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:component:accept' to='a@b'/></forwarded>",
        { message: elementIn("<message xmlns='jabber:client' to='a@b'/>") },
      ],
      'a prefix from further out': [
        `<f:forwarded xmlns:f='urn:xmpp:forward:0' xmlns:c='jabber:client'>
           <c:message to='a@b'><c:body>Hi</c:body></c:message>
         </f:forwarded>`,
        {
          message: elementIn(
            "<message xmlns='jabber:client' to='a@b'><body xmlns='jabber:client'>Hi</body></message>",
          ),
        },
      ],
    },
    fails: {
      'no message': ["<forwarded xmlns='urn:xmpp:forward:0'/>", 'forwarded/message', 'missing'],
      'a message without its namespace': [
        "<forwarded xmlns='urn:xmpp:forward:0'><message to='a@b'/></forwarded>",
        'forwarded/message',
        'missing',
      ],
      'two messages': [
        `<forwarded xmlns='urn:xmpp:forward:0'>${message}${message}</forwarded>`,
        'forwarded/message',
        'more than one',
      ],
    },
  },
});
