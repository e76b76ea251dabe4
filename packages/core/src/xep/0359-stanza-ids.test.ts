import { bare } from '../testing/jids.js';
import { table } from '../testing/table.js';
import * as declarations from './0359-stanza-ids.js';

table(declarations, {
  originId: {
    pairs: {
      'of a message from xabber-web': [
        "<origin-id xmlns='urn:xmpp:sid:0' id='059fa106-a2b7-4a10-b36c-23bfd790397a'/>",
        { id: '059fa106-a2b7-4a10-b36c-23bfd790397a' },
      ],
    },
    reads: {
      'the other order': ["<origin-id id='a&apos;b&#xA;' xmlns='urn:xmpp:sid:0' by='c'/>", { id: "a'b\n" }],
    },
    fails: { 'no id': ["<origin-id xmlns='urn:xmpp:sid:0'/>", 'origin-id@id', 'missing'] },
  },
  stanzaId: {
    pairs: {
      'of a group': [
        "<stanza-id xmlns='urn:xmpp:sid:0' by='verona@groups.example.com' id='1618495545123456'/>",
        { by: bare('verona@groups.example.com'), id: '1618495545123456' },
      ],
    },
    reads: {
      'of an entity that writes itself in capitals': [
        "<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='Juliet@Example.com'/>",
        { by: bare('juliet@example.com'), id: '1' },
      ],
    },
    fails: {
      'of nobody': ["<stanza-id xmlns='urn:xmpp:sid:0' id='1'/>", 'stanza-id@by', 'missing'],
      'of no JID': [
        "<stanza-id xmlns='urn:xmpp:sid:0' id='1' by=''/>",
        'stanza-id@by',
        'not a JID: domainpart is empty',
      ],
    },
  },
});
