import { table } from '../testing/table.js';
import * as declarations from './0334-hints.js';

table(declarations, {
  noPermanentStore: {
    pairs: { 'the hint': ["<no-permanent-store xmlns='urn:xmpp:hints'/>", {}] },
    fails: {
      'another hint': [
        "<no-store xmlns='urn:xmpp:hints'/>",
        'no-permanent-store',
        "not <no-permanent-store xmlns='urn:xmpp:hints'/>",
      ],
    },
  },
  noStore: { pairs: { 'the hint': ["<no-store xmlns='urn:xmpp:hints'/>", {}] } },
  store: { pairs: { 'the hint': ["<store xmlns='urn:xmpp:hints'/>", {}] } },
});
