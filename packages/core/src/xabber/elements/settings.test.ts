import { table } from '../../testing/table.js';
import * as declarations from './settings.js';

const GROUPS = 'https://xabber.com/protocol/groups';
const FORM = "<x xmlns='jabber:x:data' type='submit'><field var='name'><value>V</value></field></x>";
const VALUE = {
  type: 'submit',
  instructions: [],
  fields: [{ var: 'name', required: false, values: ['V'], options: [] }],
} as const;

table(declarations, {
  propertiesQuery: {
    pairs: {
      'the question': [`<query xmlns='${GROUPS}'/>`, {}],
      'a change': [`<query xmlns='${GROUPS}'>${FORM}</query>`, { form: VALUE }],
    },
  },
  infoQuery: { pairs: { 'the question': [`<query xmlns='${GROUPS}#info'/>`, {}] } },
  statusQuery: {
    pairs: {
      'the question': [`<query xmlns='${GROUPS}#status'/>`, {}],
      'a change': [`<query xmlns='${GROUPS}#status'>${FORM}</query>`, { form: VALUE }],
    },
  },
});
