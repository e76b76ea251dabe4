import { bare, full } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './private-chat.js';

const CREATE = "xmlns='https://xabber.com/protocol/groups#create'";
const BASE = "xmlns='https://xabber.com/protocol/groups'";
const VERONA = bare('verona@groups.example.com');
const CHAT = bare('k3jr9x2p@groups.example.com');

table(declarations, {
  chatPartner: {
    pairs: {
      'as clients write it': [
        `<peer-to-peer ${CREATE} jid='verona@groups.example.com' id='rom3oMemb'/>`,
        { jid: VERONA, id: 'rom3oMemb' },
      ],
      'by the full JID of the group': [
        `<peer-to-peer ${CREATE} jid='verona@groups.example.com/Group' id='rom3oMemb'/>`,
        { jid: full('verona@groups.example.com/Group'), id: 'rom3oMemb' },
      ],
    },
    fails: {
      'no group': [`<peer-to-peer ${CREATE} id='rom3oMemb'/>`, 'peer-to-peer@jid', 'missing'],
      'nobody to talk to': [
        `<peer-to-peer ${CREATE} jid='verona@groups.example.com'/>`,
        'peer-to-peer@id',
        'missing',
      ],
    },
  },
  chatPartnerInBase: {
    pairs: {
      'as servers declare it': [
        `<peer-to-peer ${BASE} jid='verona@groups.example.com' id='rom3oMemb'/>`,
        { jid: VERONA, id: 'rom3oMemb' },
      ],
    },
  },
  existingChat: {
    pairs: {
      'beside a conflict': [`<x ${BASE}><jid>k3jr9x2p@groups.example.com</jid></x>`, { jid: CHAT }],
    },
  },
  existingGroup: {
    pairs: { 'beside a conflict': [`<group ${BASE} jid='k3jr9x2p@groups.example.com'/>`, { jid: CHAT }] },
  },
});
