import { bare } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './create.js';

const NS = "xmlns='https://xabber.com/protocol/groups#create'";

table(declarations, {
  create: {
    pairs: {
      'everything, as a result has it': [
        `<query ${NS}>
           <localpart>verona</localpart><name>Verona Square</name><description>Where families fight</description>
           <privacy>public</privacy><membership>member-only</membership><index>local</index>
           <domains><domain>example.com</domain><domain>example.org</domain></domains>
           <contacts><contact>juliet@example.com</contact></contacts>
         </query>`,
        {
          localpart: 'verona',
          name: 'Verona Square',
          description: 'Where families fight',
          privacy: 'public',
          membership: 'member-only',
          index: 'local',
          domains: { jids: ['example.com', 'example.org'] },
          contacts: { jids: [bare('juliet@example.com')] },
        },
      ],
      'no domains, no contacts': [
        `<query ${NS}><domains/><contacts/></query>`,
        { domains: { jids: [] }, contacts: { jids: [] } },
      ],
      nothing: [`<query ${NS}/>`, {}],
      'a private chat, as xabber-web asks for it': [
        `<query ${NS}><peer-to-peer jid='verona@groups.example.com' id='rom3oMemb'/></query>`,
        { partner: { jid: bare('verona@groups.example.com'), id: 'rom3oMemb' } },
      ],
      'a private chat, in the base namespace': [
        `<query ${NS}>
           <peer-to-peer xmlns='https://xabber.com/protocol/groups' jid='verona@groups.example.com' id='rom3oMemb'/>
         </query>`,
        { partnerInBase: { jid: bare('verona@groups.example.com'), id: 'rom3oMemb' } },
      ],
    },
    reads: {
      'as xabber-web asks': [
        `<query ${NS}><name>Hist e8fc</name><privacy>public</privacy><index>none</index><description></description>
           <membership>open</membership><localpart>histmwq4e8fc</localpart></query>`,
        {
          localpart: 'histmwq4e8fc',
          name: 'Hist e8fc',
          description: '',
          privacy: 'public',
          membership: 'open',
          index: 'none',
        },
      ],
      'a domain in capitals, words in white space, a field that does nothing': [
        `<query ${NS}><pinned-message>0</pinned-message><privacy> incognito </privacy>
           <domains><domain>Example.COM</domain></domains></query>`,
        { privacy: 'incognito', domains: { jids: ['example.com'] } },
      ],
    },
    fails: {
      'a privacy that there is not': [
        `<query ${NS}><privacy>secret</privacy></query>`,
        'query/privacy',
        'not one of public, incognito',
      ],
      'a membership that there is not': [
        `<query ${NS}><membership/></query>`,
        'query/membership',
        'not one of open, member-only',
      ],
      'an index that there is not': [
        `<query ${NS}><index>all</index></query>`,
        'query/index',
        'not one of none, local, global',
      ],
      'two names': [`<query ${NS}><name>a</name><name>b</name></query>`, 'query/name', 'more than one'],
      'a name that is too long': [
        `<query ${NS}><name>${'\u{1F339}'.repeat(257)}</name></query>`,
        'query/name',
        'longer than 256 characters',
      ],
      'a contact with a resource': [
        `<query ${NS}><contacts><contact>juliet@example.com/w</contact></contacts></query>`,
        'query/contacts/contact',
        'not a bare JID: a resourcepart stands where none may be',
      ],
      'a user where a domain is asked for': [
        `<query ${NS}><domains><domain>romeo@example.com</domain></domains></query>`,
        'query/domains/domain',
        'a JID, not a domain',
      ],
      'too many domains': [
        `<query ${NS}><domains>${'<domain>a</domain>'.repeat(101)}</domains></query>`,
        'query/domains/domain',
        'more than 100',
      ],
    },
  },
});
