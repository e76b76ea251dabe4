import { table } from '../../testing/table.js';
import { formField } from '../../xep/0004-data-forms.js';
import * as declarations from './rights.js';

const NS = "xmlns='https://xabber.com/protocol/groups#rights'";
const GROUPS = "xmlns='https://xabber.com/protocol/groups'";

table(declarations, {
  rights: {
    pairs: {
      'all kinds, asked by xabber-web': [`<query ${NS}/>`, { permissions: [], restrictions: [] }],
      'the own ones, asked by xabber-web': [
        `<query ${NS}><user ${GROUPS} id=''/></query>`,
        { user: { id: '' }, permissions: [], restrictions: [] },
      ],
      'all kinds': [
        `<query ${NS}>
           <permission name='owner' translation='Owner'/><permission name='change-group'/>
           <restriction name='send-messages' translation='Send messages' expires='3600'/>
         </query>`,
        {
          permissions: [{ name: 'owner', translation: 'Owner' }, { name: 'change-group' }],
          restrictions: [{ name: 'send-messages', translation: 'Send messages', expires: 3600 }],
        },
      ],
      'the rights of one member': [
        `<query ${NS}>
           <x xmlns='jabber:x:data' type='form'>
             <title>Rights of a member</title><field var='user-id' type='hidden'><value/></field>
             <field var='owner' type='fixed' label='Owner'><value>0</value></field>
           </x>
         </query>`,
        {
          permissions: [],
          restrictions: [],
          form: {
            type: 'form',
            title: 'Rights of a member',
            instructions: [],
            fields: [
              formField({ var: 'user-id', type: 'hidden', values: [''] }),
              formField({ var: 'owner', type: 'fixed', label: 'Owner', values: ['0'] }),
            ],
          },
        },
      ],
    },
    reads: {
      'restrictions first': [
        `<query ${NS}><restriction name='a'/><unknown/><permission name='b'/></query>`,
        { permissions: [{ name: 'b' }], restrictions: [{ name: 'a' }] },
      ],
    },
    fails: {
      'a user without an id': [`<query ${NS}><user ${GROUPS}/></query>`, 'query/user@id', 'missing'],
      'a right without a name': [`<query ${NS}><permission/></query>`, 'query/permission@name', 'missing'],
    },
  },
});
