import { table } from '../testing/table.js';
import * as declarations from './0372-references.js';

const NS = "xmlns='urn:xmpp:reference:0'";

table(declarations, {
  standardReference: {
    pairs: {
      'a mention': [
        `<reference ${NS} type='mention' begin='0' end='5' uri='xmpp:romeo@example.com'/>`,
        { type: 'mention', begin: 0, end: 5, uri: 'xmpp:romeo@example.com' },
      ],
      'to data': [
        `<reference ${NS} type='data' uri='https://example.com/a' anchor='xmpp:verona@groups.example.com'/>`,
        { type: 'data', uri: 'https://example.com/a', anchor: 'xmpp:verona@groups.example.com' },
      ],
    },
    fails: {
      'no type': [`<reference ${NS}/>`, 'reference@type', 'missing'],
      'a place before the text': [
        `<reference ${NS} type='mention' begin='-1'/>`,
        'reference@begin',
        'not from 0 to 9007199254740991',
      ],
    },
  },
});
