import { table } from '../testing/table.js';
import { xml } from '../xml/index.js';
import * as declarations from './0280-message-carbons.js';

const inside = xml('message', { xmlns: 'jabber:client', type: 'chat' });
const copy = (name: string): string =>
  `<${name} xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat'/></forwarded></${name}>`;

table(declarations, {
  carbonSent: {
    pairs: { 'what another device sent': [copy('sent'), { forwarded: { message: inside } }] },
    fails: {
      'nothing inside': ["<sent xmlns='urn:xmpp:carbons:2'/>", 'sent/forwarded', 'missing'],
    },
  },
  carbonReceived: {
    pairs: { 'what another device received': [copy('received'), { forwarded: { message: inside } }] },
  },
});
