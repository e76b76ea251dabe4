import { table } from '../../testing/table.js';
import { formField } from '../../xep/0004-data-forms.js';
import * as declarations from './default-rights.js';

const NS = "xmlns='https://xabber.com/protocol/groups#default-rights'";

table(declarations, {
  defaultRights: {
    pairs: {
      'asked by xabber-web': [`<query ${NS}/>`, {}],
      submitted: [
        `<query ${NS}>
           <x xmlns='jabber:x:data' type='submit'><field var='send-messages'><value>3600</value></field></x>
         </query>`,
        {
          form: {
            type: 'submit',
            instructions: [],
            fields: [formField({ var: 'send-messages', values: ['3600'] })],
          },
        },
      ],
    },
  },
});
