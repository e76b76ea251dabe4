import { bare, full } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './user.js';

const NS = "xmlns='https://xabber.com/protocol/groups'";

table(declarations, {
  user: {
    pairs: {
      'a card in a list': [
        `<user ${NS} id='r0me000011112222'>
           <jid>romeo@example.com</jid><role>admin</role><nickname>Romeo</nickname><badge>Montague</badge>
           <metadata xmlns='urn:xmpp:avatar:metadata'><info id='9f1c' bytes='1234' type='image/png'/></metadata>
           <present>2021-04-15T14:00:00Z</present><subscription>both</subscription>
         </user>`,
        {
          id: 'r0me000011112222',
          jid: bare('romeo@example.com'),
          role: 'admin',
          nickname: 'Romeo',
          badge: 'Montague',
          avatar: { infos: [{ id: '9f1c', bytes: 1234, type: 'image/png' }] },
          present: '2021-04-15T14:00:00Z',
          subscription: 'both',
        },
      ],
      'without a badge and an avatar, in an incognito group': [
        `<user ${NS} id='a'><role>member</role><nickname>Quiet Rose</nickname><badge/><metadata xmlns='urn:xmpp:avatar:metadata'/></user>`,
        { id: 'a', role: 'member', nickname: 'Quiet Rose', badge: '', avatar: { infos: [] } },
      ],
      'with the JID that an incognito group assigned': [
        `<user ${NS} id='a'><assigned-jid xmlns='urn:xmpp-groups:assigned-jid:0' jid='b@c/a'/><nickname>N</nickname></user>`,
        { id: 'a', assigned: { jid: full('b@c/a') }, nickname: 'N' },
      ],
      'somebody who is gone': [
        `<user ${NS} id='a'><subscription>none</subscription><id>a</id></user>`,
        { id: 'a', subscription: 'none', removedId: 'a' },
      ],
      'the question for oneself': [`<user ${NS} id=''/>`, { id: '' }],
    },
    reads: {
      'in the order of other servers': [
        `<user id='a' ${NS}><metadata xmlns='urn:xmpp:avatar:metadata'/><nickname>N</nickname><jid>A@B</jid></user>`,
        { id: 'a', jid: bare('a@b'), nickname: 'N', avatar: { infos: [] } },
      ],
    },
    fails: {
      'no id': [`<user ${NS}/>`, 'user@id', 'missing'],
      'a JID with a resource': [
        `<user ${NS} id='a'><jid>a@b/c</jid></user>`,
        'user/jid',
        'not a bare JID: a resourcepart stands where none may be',
      ],
      'a subscription that there is not': [
        `<user ${NS} id='a'><subscription>to</subscription></user>`,
        'user/subscription',
        'not one of both, wait, none',
      ],
    },
  },
});
