import { bare } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './state.js';

const NINE = Date.parse('2026-11-21T09:00:00Z');

table(declarations, {
  state: {
    pairs: {
      'with a plain message': [
        "<state xmlns='urn:xmpp-groups:kontalk:0' rev='17' hash='sha-256:AAAA'/>",
        { rev: 17, hash: 'sha-256:AAAA', since: [], parted: [] },
      ],
      'with a command': [
        `<state xmlns='urn:xmpp-groups:kontalk:0' rev='1' hash='sha-256:AAAA' t='2026-11-21T09:00:00.000Z'>
           <since jid='ann@example.net' t='2026-11-21T09:00:00.000Z'/>
           <parted jid='ben@example.net' t='2026-11-21T09:00:00.000Z'/>
         </state>`,
        {
          rev: 1,
          hash: 'sha-256:AAAA',
          time: NINE,
          since: [{ jid: bare('ann@example.net'), time: NINE }],
          parted: [{ jid: bare('ben@example.net'), time: NINE }],
        },
      ],
    },
    fails: {
      'without a version': ["<state xmlns='urn:xmpp-groups:kontalk:0' hash=''/>", 'state@rev', 'missing'],
    },
  },
  syncRequest: {
    pairs: {
      'from one who knows 15': ["<sync-request xmlns='urn:xmpp-groups:kontalk:0' rev='15'/>", { rev: 15 }],
    },
  },
  left: {
    pairs: {
      'at nine': ["<left xmlns='urn:xmpp-groups:kontalk:0' t='2026-11-21T09:00:00.000Z'/>", { time: NINE }],
    },
  },
  handover: {
    pairs: {
      'to Ben': [
        "<handover xmlns='urn:xmpp-groups:kontalk:0' to='ben@example.net'/>",
        { to: bare('ben@example.net') },
      ],
    },
  },
  continues: {
    pairs: {
      "Olga's": [
        "<continues xmlns='urn:xmpp-groups:kontalk:0' id='g1' owner='olga@example.net'/>",
        { id: 'g1', owner: bare('olga@example.net') },
      ],
    },
  },
});
