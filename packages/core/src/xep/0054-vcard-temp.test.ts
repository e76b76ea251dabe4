import { table } from '../testing/table.js';
import * as declarations from './0054-vcard-temp.js';

table(declarations, {
  vcard: {
    pairs: {
      'a request': ["<vCard xmlns='vcard-temp'/>", {}],
      'what a group says': [
        `<vCard xmlns='vcard-temp'>
           <NICKNAME>Verona Square</NICKNAME><JABBERID>verona@groups.example.com</JABBERID>
           <DESC>Where families fight</DESC><X-PRIVACY>public</X-PRIVACY><X-INDEX>local</X-INDEX>
           <X-MEMBERSHIP>open</X-MEMBERSHIP><X-STATUS>Discussion</X-STATUS><X-MEMBERS>12</X-MEMBERS>
         </vCard>`,
        {
          nickname: 'Verona Square',
          jabberId: 'verona@groups.example.com',
          description: 'Where families fight',
          privacy: 'public',
          index: 'local',
          membership: 'open',
          status: 'Discussion',
          members: '12',
        },
      ],
      'what a user says': [
        `<vCard xmlns='vcard-temp'>
           <FN>Romeo Montague</FN><N><FAMILY>Montague</FAMILY><GIVEN>Romeo</GIVEN></N>
           <PHOTO><TYPE>image/png</TYPE><BINVAL>iVBORw0KGgo=</BINVAL></PHOTO>
         </vCard>`,
        {
          fullName: 'Romeo Montague',
          name: { family: 'Montague', given: 'Romeo' },
          photo: { mediaType: 'image/png', base64: 'iVBORw0KGgo=' },
        },
      ],
    },
    reads: {
      'fields that nobody asked for, and a photo elsewhere': [
        `<vCard xmlns='vcard-temp' version='3.0'>
           <TEL><HOME/><NUMBER>1</NUMBER></TEL><BDAY/><N/><PHOTO><EXTVAL>https://example.com/p</EXTVAL></PHOTO>
           <NICKNAME>romeo</NICKNAME>
         </vCard>`,
        { name: {}, photo: {}, nickname: 'romeo' },
      ],
    },
    fails: {
      'a property without a value': [
        "<vCard xmlns='vcard-temp'><X-PRIVACY> </X-PRIVACY></vCard>",
        'vCard/X-PRIVACY',
        'empty',
      ],
      'two names': ["<vCard xmlns='vcard-temp'><N/><N/></vCard>", 'vCard/N', 'more than one'],
    },
  },
});
