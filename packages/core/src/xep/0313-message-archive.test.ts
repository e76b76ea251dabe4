import { elementIn, table } from '../testing/table.js';
import { formField } from './0004-data-forms.js';
import * as declarations from './0313-message-archive.js';

const form = {
  type: 'submit',
  instructions: [],
  fields: [formField({ var: 'FORM_TYPE', type: 'hidden', values: ['urn:xmpp:mam:2'] })],
} as const;
const message = "<message xmlns='jabber:client' type='chat'><body>Hi</body></message>";

table(declarations, {
  archiveQuery: {
    pairs: {
      'what xabber-web asks first': [
        `<query xmlns='urn:xmpp:mam:2' queryid='994173b4-d151-49ea-882a-9c5dd0b6287e'>
           <x xmlns='jabber:x:data' type='submit'>
             <field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mam:2</value></field>
           </x>
           <set xmlns='http://jabber.org/protocol/rsm'><max>1</max><before/></set>
         </query>`,
        { queryId: '994173b4-d151-49ea-882a-9c5dd0b6287e', form, rsm: { max: 1, before: '' } },
      ],
      'a request for the form': ["<query xmlns='urn:xmpp:mam:2'/>", {}],
      'a node': ["<query xmlns='urn:xmpp:mam:2' node='n'/>", { node: 'n' }],
    },
    reads: {
      'what was added later': ["<query xmlns='urn:xmpp:mam:2'><flip-page/></query>", {}],
    },
    fails: {
      'two forms': [
        "<query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data'/><x xmlns='jabber:x:data'/></query>",
        'query/x',
        'more than one',
      ],
      'a length that is no number': [
        "<query xmlns='urn:xmpp:mam:2'><set xmlns='http://jabber.org/protocol/rsm'><max/></set></query>",
        'query/set/max',
        'not an integer',
      ],
    },
  },
  archiveResult: {
    pairs: {
      'a message of the archive': [
        `<result xmlns='urn:xmpp:mam:2' queryid='q' id='1618495545123456'>
           <forwarded xmlns='urn:xmpp:forward:0'>
             <delay xmlns='urn:xmpp:delay' stamp='2021-04-15T14:05:45.123456Z'/>${message}
           </forwarded>
         </result>`,
        {
          queryId: 'q',
          id: '1618495545123456',
          forwarded: { delay: { stamp: '2021-04-15T14:05:45.123456Z' }, message: elementIn(message) },
        },
      ],
    },
    fails: {
      'no id': [
        `<result xmlns='urn:xmpp:mam:2'><forwarded xmlns='urn:xmpp:forward:0'>${message}</forwarded></result>`,
        'result@id',
        'missing',
      ],
      'nothing forwarded': ["<result xmlns='urn:xmpp:mam:2' id='1'/>", 'result/forwarded', 'missing'],
    },
  },
  archiveEnd: {
    pairs: {
      'the last page': [
        `<fin xmlns='urn:xmpp:mam:2' queryid='q' complete='true'>
           <set xmlns='http://jabber.org/protocol/rsm'><first>1</first><last>2</last><count>57</count></set>
         </fin>`,
        { queryId: 'q', complete: true, rsm: { first: { id: '1' }, last: '2', count: 57 } },
      ],
      'there is more': [
        "<fin xmlns='urn:xmpp:mam:2'><set xmlns='http://jabber.org/protocol/rsm'/></fin>",
        { rsm: {} },
      ],
    },
    reads: {
      'other words for it': [
        "<fin stable='false' complete='0' xmlns='urn:xmpp:mam:2'><set xmlns='http://jabber.org/protocol/rsm'/></fin>",
        { complete: false, rsm: {} },
      ],
    },
    fails: { 'no set': ["<fin xmlns='urn:xmpp:mam:2' complete='true'/>", 'fin/set', 'missing'] },
  },
});
