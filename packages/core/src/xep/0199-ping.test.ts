import { table } from '../testing/table.js';
import * as declarations from './0199-ping.js';

table(declarations, {
  ping: {
    pairs: { 'a ping': ["<ping xmlns='urn:xmpp:ping'/>", {}] },
    reads: { 'anything inside': ["<p:ping xmlns:p='urn:xmpp:ping' a='b'>x<p:y/></p:ping>", {}] },
    fails: { 'no namespace': ['<ping/>', 'ping', "not <ping xmlns='urn:xmpp:ping'/>"] },
  },
});
