import { bare } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './group-info.js';

const NS = "xmlns='https://xabber.com/protocol/groups'";

table(declarations, {
  groupInfo: {
    pairs: {
      everything: [
        `<x ${NS}>
           <members>12</members><present>3</present><name>Verona Square</name><privacy>public</privacy>
           <index>local</index><membership>open</membership><description>Where families fight</description>
           <pinned-message>1618495545123456</pinned-message><parent-chat>mantua@groups.example.com</parent-chat>
         </x>`,
        {
          members: 12,
          present: 3,
          name: 'Verona Square',
          privacy: 'public',
          index: 'local',
          membership: 'open',
          description: 'Where families fight',
          pinned: 1618495545123456,
          parent: bare('mantua@groups.example.com'),
        },
      ],
      'what no server leaves out': [
        `<x ${NS}><members>0</members><name/><privacy>incognito</privacy></x>`,
        { members: 0, name: '', privacy: 'incognito' },
      ],
    },
    reads: {
      'the options of a member, from older servers': [
        `<x ${NS}><name>V</name><collect>yes</collect><members>1</members><peer-to-peer>true</peer-to-peer>
           <privacy>public</privacy></x>`,
        { members: 1, name: 'V', privacy: 'public' },
      ],
    },
    fails: {
      'no number of members': [
        `<x ${NS}><name>V</name><privacy>public</privacy></x>`,
        'x/members',
        'missing',
      ],
      'a broken number': [`<x ${NS}><members>1.5</members></x>`, 'x/members', 'not an integer'],
    },
  },
  groupMark: {
    pairs: {
      'a user': [`<x ${NS}/>`, { isGroup: false }],
      'a group': [`<x ${NS}><members>12</members><name/></x>`, { members: '12', isGroup: true }],
    },
    reads: {
      'a group with its name': [
        `<x ${NS}><name>Verona</name><privacy>public</privacy></x>`,
        { isGroup: true },
      ],
    },
    fails: {
      'a user in the chat': [
        "<x xmlns='https://xabber.com/protocol/groups#present'/>",
        'x',
        "not <x xmlns='https://xabber.com/protocol/groups'/>",
      ],
    },
  },
});
