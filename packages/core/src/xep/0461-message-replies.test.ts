import { table } from '../testing/table.js';
import * as declarations from './0461-message-replies.js';

const NS = "xmlns='urn:xmpp:reply:0'";

table(declarations, {
  reply: {
    pairs: {
      'to somebody': [
        `<reply ${NS} to='verona@groups.example.com' id='m1'/>`,
        { to: 'verona@groups.example.com', id: 'm1' },
      ],
      'to nobody in particular': [`<reply ${NS} id='m1'/>`, { id: 'm1' }],
    },
    fails: { 'no id': [`<reply ${NS} to='a@b'/>`, 'reply@id', 'missing'] },
  },
});
