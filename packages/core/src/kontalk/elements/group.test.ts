import { table } from '../../testing/table.js';
import * as declarations from './group.js';

const open = "<group xmlns='http://kontalk.org/extensions/message#group' id='g1' owner='olga@example.net'";
const none = { subjects: [], add: [], remove: [], member: [], part: false };
const known = { id: 'g1', owner: 'olga@example.net' };

table(declarations, {
  group: {
    pairs: {
      'of a plain message': [`${open}/>`, { ...known, ...none }],
      'that creates a group': [
        `${open} type='create'><subject>Sailing</subject><member jid='ann@example.net'/></group>`,
        { ...known, ...none, type: 'create', subjects: ['Sailing'], member: [{ jid: 'ann@example.net' }] },
      ],
      'that adds and removes': [
        `${open} type='set'><add jid='cleo@example.net'/><remove jid='ben@example.net'/></group>`,
        {
          ...known,
          ...none,
          type: 'set',
          add: [{ jid: 'cleo@example.net' }],
          remove: [{ jid: 'ben@example.net' }],
        },
      ],
      'of who leaves': [
        `${open} type='part'><part xmlns='http://kontalk.org/extensions/message#group'/></group>`.replace(
          / xmlns='[^']*'\/><\/group>/,
          '/></group>',
        ),
        { ...known, ...none, type: 'part', part: true },
      ],
    },
    reads: {
      'without anything': ["<group xmlns='http://kontalk.org/extensions/message#group'/>", none],
      'children of others and deeper ones are not its own': [
        `${open}><x xmlns='urn:x'><add jid='mallory@example.net'/></x><add xmlns='urn:x' jid='a@b'/></group>`,
        { ...known, ...none },
      ],
      'somebody without a name': [`${open}><member/></group>`, { ...known, ...none, member: [{}] }],
    },
    fails: {
      'more than a group can hold': [
        `${open}>${"<member jid='a@b'/>".repeat(1001)}</group>`,
        'group/member',
        'more than 1000',
      ],
    },
  },
});
