import { table } from '../../testing/table.js';
import * as declarations from './removal.js';

const GROUPS = 'https://xabber.com/protocol/groups';

table(declarations, {
  removal: {
    pairs: {
      'as xabber-web writes it (T20)': [`<query xmlns='${GROUPS}#delete'>verona</query>`, { text: 'verona' }],
      'as the iOS client writes it (T20)': [
        `<query xmlns='${GROUPS}#delete'><localpart>verona</localpart></query>`,
        { localpart: 'verona', text: '' },
      ],
    },
  },
  removalByJid: {
    pairs: {
      'the newest vocabulary (T20)': [
        `<delete xmlns='${GROUPS}'><group jid='verona@groups.example.com'/></delete>`,
        { group: { jid: 'verona@groups.example.com' }, text: '' },
      ],
      'with the JID in an attribute': [
        `<delete xmlns='${GROUPS}' jid='verona@groups.example.com'/>`,
        { jid: 'verona@groups.example.com', text: '' },
      ],
      'with the local part': [
        `<delete xmlns='${GROUPS}'><localpart>verona</localpart></delete>`,
        { localpart: 'verona', text: '' },
      ],
    },
  },
});
