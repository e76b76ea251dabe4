import { table } from '../testing/table.js';
import * as declarations from './0380-explicit-encryption.js';

table(declarations, {
  encryption: {
    pairs: {
      OpenPGP: [
        "<encryption xmlns='urn:xmpp:eme:0' namespace='urn:xmpp:openpgp:0'/>",
        { namespace: 'urn:xmpp:openpgp:0' },
      ],
      'something with a name': [
        "<encryption xmlns='urn:xmpp:eme:0' namespace='im.example.secret' name='Secret'/>",
        { namespace: 'im.example.secret', name: 'Secret' },
      ],
    },
    fails: { 'with nothing': ["<encryption xmlns='urn:xmpp:eme:0'/>", 'encryption@namespace', 'missing'] },
  },
});
