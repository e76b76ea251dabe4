import { table } from '../../testing/table.js';
import * as declarations from './system-message.js';

const NS = "xmlns='https://xabber.com/protocol/groups#system-message'";

table(declarations, {
  systemMark: {
    pairs: {
      'somebody joined': [
        `<x ${NS} type='join' version='1618495600'/>`,
        { type: 'join', version: 1618495600, users: [] },
      ],
      'the group was created': [
        `<x ${NS} type='create' version='0'>
           <name>Verona Square</name><privacy>public</privacy><membership>open</membership>
           <description/><index>local</index>
         </x>`,
        {
          type: 'create',
          version: 0,
          name: 'Verona Square',
          privacy: 'public',
          membership: 'open',
          description: '',
          index: 'local',
          users: [],
        },
      ],
      'two were sent away': [
        `<x ${NS} type='kick' version='7'>
           <user xmlns='https://xabber.com/protocol/groups' id='r0me000011112222'><nickname>Romeo</nickname></user>
           <user xmlns='https://xabber.com/protocol/groups' id='nurse00011112222'/>
         </x>`,
        {
          type: 'kick',
          version: 7,
          users: [{ id: 'r0me000011112222', nickname: 'Romeo' }, { id: 'nurse00011112222' }],
        },
      ],
      'a sentence to one person': [`<x ${NS}/>`, { users: [] }],
    },
    fails: {
      'what cannot happen': [
        `<x ${NS} type='duel'/>`,
        'x@type',
        'not one of create, join, left, kick, block, update',
      ],
      'a version that does not compare': [
        `<x ${NS} type='join' version='n'/>`,
        'x@version',
        'not an integer',
      ],
    },
  },
});
