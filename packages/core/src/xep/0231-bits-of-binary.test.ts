import { table } from '../testing/table.js';
import * as declarations from './0231-bits-of-binary.js';

table(declarations, {
  bitsOfBinary: {
    pairs: {
      'a thumbnail': [
        "<data xmlns='urn:xmpp:bob' type='image/png'>iVBORw==</data>",
        { type: 'image/png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) },
      ],
      'with a name': [
        "<data xmlns='urn:xmpp:bob' cid='sha1+8f35@bob.xmpp.org' max-age='86400' type='image/png'>iQ==</data>",
        {
          cid: 'sha1+8f35@bob.xmpp.org',
          maxAge: 86400,
          type: 'image/png',
          bytes: Uint8Array.of(0x89),
        },
      ],
      'a question': [
        "<data xmlns='urn:xmpp:bob' cid='sha1+8f35@bob.xmpp.org'/>",
        { cid: 'sha1+8f35@bob.xmpp.org', bytes: new Uint8Array() },
      ],
    },
    fails: { 'what is no base64': ["<data xmlns='urn:xmpp:bob'>...!</data>", 'data', 'not base64'] },
  },
});
