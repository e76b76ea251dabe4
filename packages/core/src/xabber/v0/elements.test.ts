import { bare } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import { xml } from '../../xml/element.js';
import * as declarations from './elements.js';

const NS = 'http://xabber.com/protocol/groupchat';

table(declarations, {
  createV0: {
    pairs: {
      'in the words of 2019': [
        `<create xmlns='${NS}'>
           <localpart>verona</localpart>
           <name>Verona</name>
           <privacy>incognito</privacy>
           <domains><domain>example.com</domain></domains>
           <contacts><contact>juliet@example.com</contact></contacts>
         </create>`,
        {
          localpart: 'verona',
          name: 'Verona',
          privacy: 'incognito',
          domains: { jids: ['example.com'] },
          contacts: { jids: [bare('juliet@example.com')] },
        },
      ],
      'in the words of 2018': [
        `<create xmlns='${NS}'>
           <name>Verona</name>
           <anonymous>True</anonymous>
           <searchable>False</searchable>
           <access>open</access>
         </create>`,
        { name: 'Verona', anonymous: 'True', searchable: 'False', access: 'open' },
      ],
    },
    reads: {
      'a private chat': [
        `<create xmlns='${NS}'><peer-to-peer jid='verona@groups.example.com' id='r0me000011112222'/></create>`,
        { partner: { jid: bare('verona@groups.example.com'), id: 'r0me000011112222' } },
      ],
    },
    fails: {
      'a privacy that there never was': [
        `<create xmlns='${NS}'><privacy>secret</privacy></create>`,
        'create/privacy',
        'not one of public, incognito',
      ],
    },
  },
  createdV0: {
    pairs: {
      'what was made': [
        `<created xmlns='${NS}'>
           <jid>verona@groups.example.com</jid>
           <name>Verona</name>
           <privacy>public</privacy>
           <index>local</index>
           <membership>open</membership>
           <description/>
           <pinned-message>0</pinned-message>
           <domains/>
           <contacts/>
         </created>`,
        {
          jid: bare('verona@groups.example.com'),
          name: 'Verona',
          privacy: 'public',
          index: 'local',
          membership: 'open',
          description: '',
          pinned: '0',
          domains: { jids: [] },
          contacts: { jids: [] },
        },
      ],
    },
    fails: { 'no JID': [`<created xmlns='${NS}'/>`, 'created/jid', 'missing'] },
  },
  memberV0: {
    pairs: {
      'somebody of whom little is known': [
        `<item xmlns='${NS}#members'><id>r0me000011112222</id><role>member</role></item>`,
        { id: 'r0me000011112222', role: 'member', permissions: [], restrictions: [] },
      ],
    },
  },
  membersV0: {
    pairs: {
      'the question for one': [`<query xmlns='${NS}#members' id=''/>`, { id: '', items: [] }],
      'the list': [
        `<query xmlns='${NS}#members' version='7'>
           <item>
             <id>r0me000011112222</id>
             <present>now</present>
             <jid>romeo@example.com</jid>
             <role>admin</role>
             <badge/>
             <nickname>Romeo</nickname>
             <subscription>both</subscription>
             <permission name='administrator' translation='Administrator' expires='never'/>
             <restriction name='send-audio' translation='Send audio' expires='2021-04-15 15:00:00'/>
           </item>
         </query>`,
        {
          version: 7,
          items: [
            {
              id: 'r0me000011112222',
              present: 'now',
              jid: 'romeo@example.com',
              role: 'admin',
              badge: '',
              nickname: 'Romeo',
              subscription: 'both',
              permissions: [{ name: 'administrator', translation: 'Administrator', expires: 'never' }],
              restrictions: [
                { name: 'send-audio', translation: 'Send audio', expires: '2021-04-15 15:00:00' },
              ],
            },
          ],
        },
      ],
      'somebody has to go': [
        `<query xmlns='${NS}#members'><item id='r0me000011112222' role='none'/></query>`,
        {
          items: [{ named: 'r0me000011112222', newRole: 'none', permissions: [], restrictions: [] }],
        },
      ],
      'a nickname in the shape of 2018': [
        `<query xmlns='${NS}#members' id='r0me000011112222'><nickname>Montague</nickname></query>`,
        { id: 'r0me000011112222', nickname: 'Montague', items: [] },
      ],
    },
  },
  rightsV0: {
    pairs: {
      'all there are': [
        `<query xmlns='${NS}#rights'>
           <permission name='owner' translation='Owner'/>
           <restriction name='send-messages' translation='Send messages' expires='1 hour'/>
         </query>`,
        {
          items: [],
          permissions: [{ name: 'owner', translation: 'Owner' }],
          restrictions: [{ name: 'send-messages', translation: 'Send messages', expires: '1 hour' }],
        },
      ],
      'those of one member': [
        `<query xmlns='${NS}#rights'><item><id>r0me000011112222</id></item></query>`,
        {
          items: [{ id: 'r0me000011112222', permissions: [], restrictions: [] }],
          permissions: [],
          restrictions: [],
        },
      ],
    },
  },
  updateV0: {
    pairs: {
      properties: [
        `<update xmlns='${NS}'>
           <name>Verona</name>
           <membership>member-only</membership>
           <domains><domain>example.com</domain></domains>
         </update>`,
        { name: 'Verona', membership: 'member-only', domains: { jids: ['example.com'] } },
      ],
      'nothing is pinned': [`<update xmlns='${NS}'><pinned-message/></update>`, { pinned: '' }],
      'another owner': [
        `<update xmlns='${NS}'><owner>romeo@example.com</owner></update>`,
        { owner: 'romeo@example.com' },
      ],
    },
  },
  activateV0: {
    pairs: {
      'what came after': [
        `<activate xmlns='http://xabber.com/protocol/rewrite' version='3' less_than='4'/>`,
        { version: 3, lessThan: 4 },
      ],
      'only where it stands': [`<activate xmlns='http://xabber.com/protocol/rewrite'/>`, {}],
    },
  },
  requestV0: {
    pairs: {
      'once more': [`<request xmlns='http://xabber.com/protocol/delivery' retry='true'/>`, { retry: 'true' }],
    },
    reads: {
      'with an address': [
        `<request xmlns='http://xabber.com/protocol/delivery' to='verona@groups.example.com'/>`,
        {},
      ],
    },
  },
  receivedV0: {
    pairs: {
      'a message': [
        `<received xmlns='http://xabber.com/protocol/delivery'>
           <forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' id='m1'/></forwarded>
         </received>`,
        { forwarded: { message: xml('message', { xmlns: 'jabber:client', id: 'm1' }) } },
      ],
    },
    fails: {
      nothing: [`<received xmlns='http://xabber.com/protocol/delivery'/>`, 'received/forwarded', 'missing'],
    },
  },
  authorV0: {
    pairs: {
      'a card, and where the name stands': [
        `<reference xmlns='urn:xmpp:reference:0' type='groupchat' begin='0' end='7'>
           <user xmlns='${NS}' id='r0me000011112222'/>
         </reference>`,
        {
          type: 'groupchat',
          begin: 0,
          end: 7,
          user: xml('user', { xmlns: NS, id: 'r0me000011112222' }),
        },
      ],
    },
    fails: {
      'another reference': [
        `<reference xmlns='urn:xmpp:reference:0' type='mention'/>`,
        'reference@type',
        'not one of groupchat',
      ],
    },
  },
});
