import { table } from '../testing/table.js';
import * as declarations from './0050-ad-hoc-commands.js';

const NS = 'http://jabber.org/protocol/commands';

table(declarations, {
  command: {
    pairs: {
      'a request': [
        `<command xmlns='${NS}' node='list' action='execute'/>`,
        { node: 'list', action: 'execute', notes: [] },
      ],
      'a step with a form': [
        `<command xmlns='${NS}' node='config' sessionid='s1' status='executing'>
           <actions execute='next'><prev/><next/></actions>
           <x xmlns='jabber:x:data' type='form'><field var='service'/></x>
         </command>`,
        {
          node: 'config',
          sessionId: 's1',
          status: 'executing',
          actions: { execute: 'next', prev: true, next: true, complete: false },
          form: {
            type: 'form',
            instructions: [],
            fields: [{ var: 'service', required: false, values: [], options: [] }],
          },
          notes: [],
        },
      ],
      'the end, with a note': [
        `<command xmlns='${NS}' node='config' sessionid='s1' status='completed'>
           <note type='warn'>Done, as far as possible</note>
         </command>`,
        {
          node: 'config',
          sessionId: 's1',
          status: 'completed',
          notes: [{ type: 'warn', text: 'Done, as far as possible' }],
        },
      ],
    },
    reads: {
      'a note without a type informs': [
        `<command xmlns='${NS}' node='n' status='canceled'><note>Never mind</note></command>`,
        { node: 'n', status: 'canceled', notes: [{ type: 'info', text: 'Never mind' }] },
      ],
    },
    fails: {
      'without a node': [`<command xmlns='${NS}'/>`, 'command@node', 'missing'],
      'an action that is none': [
        `<command xmlns='${NS}' node='n' action='guess'/>`,
        'command@action',
        'not one of execute, cancel, prev, next, complete',
      ],
    },
  },
});
