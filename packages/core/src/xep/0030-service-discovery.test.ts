import { bare } from '../testing/jids.js';
import { table } from '../testing/table.js';
import { formField } from './0004-data-forms.js';
import * as declarations from './0030-service-discovery.js';

const empty = { identities: [], features: [], forms: [] };

table(declarations, {
  discoInfo: {
    pairs: {
      'a request': ["<query xmlns='http://jabber.org/protocol/disco#info'/>", empty],
      'a request about a node': [
        "<query xmlns='http://jabber.org/protocol/disco#info' node='https://xabber.com/protocol/groups'/>",
        { ...empty, node: 'https://xabber.com/protocol/groups' },
      ],
      'what a group says': [
        `<query xmlns='http://jabber.org/protocol/disco#info'>
           <identity category='conference' type='groupchat' name='Verona Square'/>
           <identity category='client' type='bot'/>
           <feature var='https://xabber.com/protocol/groups'/><feature var='urn:xmpp:time'/>
           <x xmlns='jabber:x:data' type='result'>
             <field var='FORM_TYPE' type='hidden'><value>https://xabber.com/protocol/groups#info</value></field>
             <field var='privacy' label='Privacy'><value>public</value></field>
           </x>
         </query>`,
        {
          identities: [
            { category: 'conference', type: 'groupchat', name: 'Verona Square' },
            { category: 'client', type: 'bot' },
          ],
          features: [{ var: 'https://xabber.com/protocol/groups' }, { var: 'urn:xmpp:time' }],
          forms: [
            {
              type: 'result',
              instructions: [],
              fields: [
                formField({
                  var: 'FORM_TYPE',
                  type: 'hidden',
                  values: ['https://xabber.com/protocol/groups#info'],
                }),
                formField({ var: 'privacy', label: 'Privacy', values: ['public'] }),
              ],
            },
          ],
        },
      ],
    },
    reads: {
      'features before identities, and what is not declared': [
        `<query xmlns='http://jabber.org/protocol/disco#info'>
           <feature var='a'/><identity type='im' category='server' xml:lang='de'/><hint/>
           <feature xmlns='urn:other'/>
         </query>`,
        { identities: [{ category: 'server', type: 'im' }], features: [{ var: 'a' }], forms: [] },
      ],
    },
    fails: {
      'an identity without a category': [
        "<query xmlns='http://jabber.org/protocol/disco#info'><identity type='im'/></query>",
        'query/identity@category',
        'missing',
      ],
      'the other kind of query': [
        "<query xmlns='http://jabber.org/protocol/disco#items'/>",
        'query',
        "not <query xmlns='http://jabber.org/protocol/disco#info'/>",
      ],
    },
  },
  discoItems: {
    pairs: {
      'a request': ["<query xmlns='http://jabber.org/protocol/disco#items'/>", { items: [] }],
      'a page of groups': [
        `<query xmlns='http://jabber.org/protocol/disco#items' node='https://xabber.com/protocol/groups'>
           <item jid='verona@groups.example.com' name='Verona Square'/>
           <item jid='groups.example.com' node='https://xabber.com/protocol/groups'/>
           <set xmlns='http://jabber.org/protocol/rsm'>
             <first>verona@groups.example.com</first><last>groups.example.com</last><count>2</count>
           </set>
         </query>`,
        {
          node: 'https://xabber.com/protocol/groups',
          items: [
            { jid: bare('verona@groups.example.com'), name: 'Verona Square' },
            { jid: bare('groups.example.com'), node: 'https://xabber.com/protocol/groups' },
          ],
          rsm: { first: { id: 'verona@groups.example.com' }, last: 'groups.example.com', count: 2 },
        },
      ],
    },
    reads: {
      'a JID that is not prepared': [
        "<query xmlns='http://jabber.org/protocol/disco#items'><item jid='Verona@Groups.Example.COM'/></query>",
        { items: [{ jid: bare('verona@groups.example.com') }] },
      ],
    },
    fails: {
      'an item without a JID': [
        "<query xmlns='http://jabber.org/protocol/disco#items'><item name='x'/></query>",
        'query/item@jid',
        'missing',
      ],
    },
  },
});
