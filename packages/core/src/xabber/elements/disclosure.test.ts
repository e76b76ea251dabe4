import { bare } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './disclosure.js';

const NS = "xmlns='https://xabber.com/protocol/groups'";

table(declarations, {
  disclosure: {
    pairs: {
      'an offer': [
        `<disclosure ${NS} type='offer'><recipient id='r0me000011112222'/><reason>It is me</reason></disclosure>`,
        { type: 'offer', recipient: { id: 'r0me000011112222' }, reason: 'It is me' },
      ],
      'a request without a reason': [
        `<disclosure ${NS} type='request'><recipient id='r0me000011112222'/></disclosure>`,
        { type: 'request', recipient: { id: 'r0me000011112222' } },
      ],
    },
    reads: {
      'without a type: an offer': [
        `<disclosure ${NS}><recipient id='r0me000011112222'/></disclosure>`,
        { type: 'offer', recipient: { id: 'r0me000011112222' } },
      ],
    },
    fails: {
      'no recipient': [`<disclosure ${NS}/>`, 'disclosure/recipient', 'missing'],
      'a recipient without an id': [
        `<disclosure ${NS}><recipient/></disclosure>`,
        'disclosure/recipient@id',
        'missing',
      ],
      'another type': [
        `<disclosure ${NS} type='guess'><recipient id='r0me000011112222'/></disclosure>`,
        'disclosure@type',
        'not one of offer, request, accept, decline',
      ],
      'too long a reason': [
        `<disclosure ${NS}><recipient id='r'/><reason>${'x'.repeat(1025)}</reason></disclosure>`,
        'disclosure/reason',
        'longer than 1024 characters',
      ],
    },
  },
  disclosed: {
    pairs: {
      'with the JID': [
        `<disclosed ${NS} type='accept'><user id='r0me000011112222'><jid>romeo@example.com</jid>
           <nickname>Quiet Heron 417</nickname></user><reason>Gladly</reason></disclosed>`,
        {
          type: 'accept',
          user: { id: 'r0me000011112222', jid: bare('romeo@example.com'), nickname: 'Quiet Heron 417' },
          reason: 'Gladly',
        },
      ],
      'without it': [
        `<disclosed ${NS} type='request'><user id='r0me000011112222'/></disclosed>`,
        { type: 'request', user: { id: 'r0me000011112222' } },
      ],
    },
    fails: {
      'of nobody': [`<disclosed ${NS} type='offer'/>`, 'disclosed/user', 'missing'],
    },
  },
});
