import { table } from '../../testing/table.js';
import * as declarations from './attendance.js';

const GROUPS = 'https://xabber.com/protocol/groups';

table(declarations, {
  presentMark: { pairs: { 'the chat is open': [`<x xmlns='${GROUPS}#present'/>`, {}] } },
  notPresentMark: { pairs: { 'the chat is closed': [`<x xmlns='${GROUPS}#not-present'/>`, {}] } },
  collect: {
    pairs: {
      'he does not want it': [`<collect xmlns='${GROUPS}'>false</collect>`, { chosen: false }],
      'he does': [`<collect xmlns='${GROUPS}'>true</collect>`, { chosen: true }],
    },
    reads: {
      'in the words of the first generation': [
        `<collect xmlns='${GROUPS}'> no </collect>`,
        { chosen: false },
      ],
    },
    fails: {
      'no choice': [`<collect xmlns='${GROUPS}'/>`, 'collect', 'neither true nor false'],
    },
  },
  peerToPeer: {
    pairs: {
      'no private chats': [`<peer-to-peer xmlns='${GROUPS}'>false</peer-to-peer>`, { chosen: false }],
    },
    reads: { 'as a number': [`<peer-to-peer xmlns='${GROUPS}'>1</peer-to-peer>`, { chosen: true }] },
  },
  choicesMark: {
    pairs: {
      'both choices': [
        `<x xmlns='${GROUPS}'>
           <collect>true</collect>
           <peer-to-peer>false</peer-to-peer>
         </x>`,
        { collect: { chosen: true }, peerToPeer: { chosen: false } },
      ],
      neither: [`<x xmlns='${GROUPS}'/>`, {}],
    },
    fails: {
      'no sense': [
        `<x xmlns='${GROUPS}'><collect>maybe</collect></x>`,
        'x/collect',
        'neither true nor false',
      ],
    },
  },
});
