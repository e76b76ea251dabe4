import { table } from '../testing/table.js';
import * as declarations from './0060-pubsub.js';

const NS = "xmlns='http://jabber.org/protocol/pubsub'";

table(declarations, {
  pubsub: {
    pairs: {
      'a request for one item': [
        `<pubsub ${NS}><items node='urn:xmpp:avatar:metadata#r0me000011112222'><item id='9f1c'/></items></pubsub>`,
        { items: { node: 'urn:xmpp:avatar:metadata#r0me000011112222', items: [{ id: '9f1c' }] } },
      ],
      'a request for all': [
        `<pubsub ${NS}><items node='urn:xmpp:avatar:metadata'/></pubsub>`,
        { items: { node: 'urn:xmpp:avatar:metadata', items: [] } },
      ],
      'a request for the newest': [
        `<pubsub ${NS}><items node='urn:xmpp:openpgp:0:secret-key' max_items='1'/></pubsub>`,
        { items: { node: 'urn:xmpp:openpgp:0:secret-key', atMost: 1, items: [] } },
      ],
      'a public key that everybody may read': [
        `<pubsub ${NS}>
           <publish node='urn:xmpp:openpgp:0:public-keys:13'>
             <item id='now'><pubkey xmlns='urn:xmpp:openpgp:0'><data>mQ==</data></pubkey></item>
           </publish>
           <publish-options>
             <x xmlns='jabber:x:data' type='submit'>
               <field var='pubsub#access_model'><value>open</value></field>
             </x>
           </publish-options>
         </pubsub>`,
        {
          publish: {
            node: 'urn:xmpp:openpgp:0:public-keys:13',
            items: [{ id: 'now', publicKey: { key: Uint8Array.of(0x99) } }],
          },
          publishOptions: {
            form: {
              type: 'submit',
              instructions: [],
              fields: [{ var: 'pubsub#access_model', required: false, values: ['open'], options: [] }],
            },
          },
        },
      ],
      'the keys of somebody, and his own secret': [
        `<pubsub ${NS}>
           <items node='n'>
             <item><public-keys-list xmlns='urn:xmpp:openpgp:0'/></item>
             <item><secretkey xmlns='urn:xmpp:openpgp:0'>ww==</secretkey></item>
           </items>
         </pubsub>`,
        {
          items: {
            node: 'n',
            items: [{ publicKeys: { keys: [] } }, { secretKey: { message: Uint8Array.of(0xc3) } }],
          },
        },
      ],
      'the metadata of an avatar': [
        `<pubsub ${NS}>
           <items node='urn:xmpp:avatar:metadata'>
             <item id='9f1c'>
               <metadata xmlns='urn:xmpp:avatar:metadata'><info id='9f1c' bytes='5120' type='image/png'/></metadata>
             </item>
           </items>
         </pubsub>`,
        {
          items: {
            node: 'urn:xmpp:avatar:metadata',
            items: [{ id: '9f1c', metadata: { infos: [{ id: '9f1c', bytes: 5120, type: 'image/png' }] } }],
          },
        },
      ],
    },
    reads: {
      'what is not known here': [`<pubsub ${NS}><subscribe node='n' jid='a@b'/></pubsub>`, {}],
      'an image that is published, with options': [
        `<pubsub ${NS}>
           <publish node='urn:xmpp:avatar:data#'>
             <item id='9f1c'><data xmlns='urn:xmpp:avatar:data'>aGVq
bGxv </data></item>
           </publish>
           <publish-options/>
         </pubsub>`,
        {
          publish: { node: 'urn:xmpp:avatar:data#', items: [{ id: '9f1c', data: { base64: 'aGVqbGxv' } }] },
          publishOptions: {},
        },
      ],
      'an item of something else': [
        `<pubsub ${NS}><items node='n'><item><nick xmlns='http://jabber.org/protocol/nick'>R</nick></item></items></pubsub>`,
        { items: { node: 'n', items: [{}] } },
      ],
    },
    fails: {
      'no node': [`<pubsub ${NS}><items/></pubsub>`, 'pubsub/items@node', 'missing'],
      'metadata without an id': [
        `<pubsub ${NS}><items node='n'><item><metadata xmlns='urn:xmpp:avatar:metadata'><info/></metadata></item></items></pubsub>`,
        'pubsub/items/item/metadata/info@id',
        'missing',
      ],
    },
  },
  pubsubEvent: {
    pairs: {
      'a new avatar': [
        `<event xmlns='http://jabber.org/protocol/pubsub#event'>
           <items node='urn:xmpp:avatar:metadata#r0me000011112222'>
             <item id='9f1c'>
               <metadata xmlns='urn:xmpp:avatar:metadata'><info id='9f1c' bytes='5120' type='image/png'/></metadata>
             </item>
           </items>
         </event>`,
        {
          items: {
            node: 'urn:xmpp:avatar:metadata#r0me000011112222',
            items: [{ id: '9f1c', metadata: { infos: [{ id: '9f1c', bytes: 5120, type: 'image/png' }] } }],
          },
        },
      ],
      'the end of a node': [
        `<event xmlns='http://jabber.org/protocol/pubsub#event'><delete node='n'/></event>`,
        { deleted: { node: 'n' } },
      ],
      'a node that was emptied': [
        `<event xmlns='http://jabber.org/protocol/pubsub#event'><purge node='n'/></event>`,
        { purged: { node: 'n' } },
      ],
      'something else': ["<event xmlns='http://jabber.org/protocol/pubsub#event'/>", {}],
    },
    reads: {
      'items that were taken back': [
        `<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='n'><retract id='a'/></items></event>`,
        { items: { node: 'n', items: [] } },
      ],
    },
  },
});
