import { table } from '../testing/table.js';
import * as declarations from './0092-software-version.js';

table(declarations, {
  softwareVersion: {
    pairs: {
      'a request': ["<query xmlns='jabber:iq:version'/>", {}],
      'an answer': [
        "<query xmlns='jabber:iq:version'><name>xmpp-groups</name><version>0.1.0</version></query>",
        { name: 'xmpp-groups', version: '0.1.0' },
      ],
    },
    reads: { 'an operating system': ["<query xmlns='jabber:iq:version'><os/><name/></query>", { name: '' }] },
    fails: {
      'two names': ["<query xmlns='jabber:iq:version'><name/><name/></query>", 'query/name', 'more than one'],
    },
  },
});
