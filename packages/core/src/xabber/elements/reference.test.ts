import { bare } from '../../testing/jids.js';
import { elementIn, table } from '../../testing/table.js';
import * as declarations from './reference.js';

const NS = "xmlns='https://xabber.com/protocol/references'";
const mention =
  `<mention xmlns='https://xabber.com/protocol/markup' node='https://xabber.com/protocol/groups'>
    xmpp:verona@groups.example.com?id=r0me000011112222</mention>`.replace(/\s{2,}/g, '');
const bold = "<bold xmlns='https://xabber.com/protocol/markup'/>";
const card = `<user xmlns='https://xabber.com/protocol/groups' id='jul1et00aaaabbbb'>
    <jid>juliet@example.com</jid><role>owner</role><nickname>Juliet</nickname>
  </user>`;
const juliet = {
  id: 'jul1et00aaaabbbb',
  jid: bare('juliet@example.com'),
  role: 'owner',
  nickname: 'Juliet',
} as const;

table(declarations, {
  reference: {
    pairs: {
      'a mention that is bold': [
        `<reference ${NS} type='decoration' begin='0' end='5'>${mention}${bold}</reference>`,
        { type: 'decoration', begin: 0, end: 5, payload: [elementIn(mention), elementIn(bold)] },
      ],
      'of a kind that is not known': [`<reference ${NS}/>`, { payload: [] }],
    },
    reads: {
      'what stands in its own namespace': [
        `<r:reference xmlns:r='https://xabber.com/protocol/references' end='3' type='data' begin='1'><r:uri>u</r:uri></r:reference>`,
        { type: 'data', begin: 1, end: 3, payload: [elementIn(`<uri ${NS}>u</uri>`)] },
      ],
    },
    fails: {
      'no number': [`<reference ${NS} begin='a'/>`, 'reference@begin', 'not an integer'],
      'a negative one': [
        `<reference ${NS} begin='0' end='-1'/>`,
        'reference@end',
        'not from 0 to 9007199254740991',
      ],
    },
  },
  cardReference: {
    pairs: {
      'an author': [
        `<reference ${NS} type='mutable' begin='0' end='8'>${card}</reference>`,
        { type: 'mutable', begin: 0, end: 8, user: juliet },
      ],
      'who did what a system message says': [
        `<reference ${NS} type='mutable'>${card}</reference>`,
        { type: 'mutable', user: juliet },
      ],
    },
    fails: {
      nobody: [`<reference ${NS} type='mutable'/>`, 'reference/user', 'missing'],
      'no type': [`<reference ${NS}>${card}</reference>`, 'reference@type', 'missing'],
    },
  },
  authorMark: {
    pairs: {
      'an author': [
        `<x xmlns='https://xabber.com/protocol/groups'><reference ${NS} type='mutable' begin='0' end='8'>${card}</reference></x>`,
        { card: { type: 'mutable', begin: 0, end: 8, user: juliet } },
      ],
    },
    fails: {
      'a group': ["<x xmlns='https://xabber.com/protocol/groups'><name/></x>", 'x/reference', 'missing'],
      'a role that there is not': [
        `<x xmlns='https://xabber.com/protocol/groups'><reference ${NS} type='mutable'>
           <user xmlns='https://xabber.com/protocol/groups' id='a'><role>king</role></user></reference></x>`,
        'x/reference/user/role',
        'not one of owner, admin, member',
      ],
    },
  },
});
