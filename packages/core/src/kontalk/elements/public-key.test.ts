import { table } from '../../testing/table.js';
import * as declarations from './public-key.js';

const NS = "xmlns='urn:xmpp:pubkey:2'";
const PRINT = '1357B01865B2503C18453D208CAC2A9678548E35';
const none = new Uint8Array();

table(declarations, {
  kontalkKey: {
    pairs: {
      'in a request to subscribe': [
        `<pubkey ${NS}><key>mQ==</key><print>${PRINT}</print></pubkey>`,
        { answer: none, key: Uint8Array.of(0x99), print: PRINT },
      ],
      'in presence': [`<pubkey ${NS}><print>${PRINT}</print></pubkey>`, { answer: none, print: PRINT }],
      'a question': [`<pubkey ${NS}/>`, { answer: none }],
      'an answer': [`<pubkey ${NS}>mQ==</pubkey>`, { answer: Uint8Array.of(0x99) }],
    },
    reads: {
      'a fingerprint in lower case, in lines': [
        `<pubkey ${NS}>
           <print> ${PRINT.toLowerCase()} </print>
         </pubkey>`,
        { answer: none, print: PRINT },
      ],
    },
    fails: {
      'the end of a fingerprint': [
        `<pubkey ${NS}><print>78548E35</print></pubkey>`,
        'pubkey/print',
        'not a fingerprint',
      ],
      'an armoured key': [
        `<pubkey ${NS}>-----BEGIN PGP PUBLIC KEY BLOCK-----</pubkey>`,
        'pubkey',
        'not base64',
      ],
    },
  },
});
