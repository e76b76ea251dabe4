import { bare } from '../testing/jids.js';
import { elementIn, table } from '../testing/table.js';
import * as declarations from './0373-openpgp.js';

const NS = "xmlns='urn:xmpp:openpgp:0'";
const FINGERPRINT = '1357B01865B2503C18453D208CAC2A9678548E35';

table(declarations, {
  openpgp: {
    pairs: { 'a message': [`<openpgp ${NS}>hQ0=</openpgp>`, { message: Uint8Array.of(0x85, 0x0d) }] },
    reads: {
      'broken into lines': [
        `<openpgp ${NS}>\n  hQ\n  0=\n</openpgp>`,
        { message: Uint8Array.of(0x85, 0x0d) },
      ],
    },
    fails: { armour: [`<openpgp ${NS}>-----BEGIN PGP-----</openpgp>`, 'openpgp', 'not base64'] },
  },
  signcrypt: {
    pairs: {
      'a text for two': [
        `<signcrypt ${NS}>
           <to jid='ann@example.net'/><to jid='ben@example.net'/>
           <time stamp='2026-11-21T07:08:30.000Z'/>
           <rpad>f0rm1l4n4-mT8y33j!Y%fRSrcd^ZE4Q7VDt1L%WEgR!kv</rpad>
           <payload><body xmlns='jabber:client'>Saturday?</body></payload>
         </signcrypt>`,
        {
          to: [{ jid: bare('ann@example.net') }, { jid: bare('ben@example.net') }],
          time: { stamp: Date.UTC(2026, 10, 21, 7, 8, 30) },
          padding: 'f0rm1l4n4-mT8y33j!Y%fRSrcd^ZE4Q7VDt1L%WEgR!kv',
          payload: { elements: [elementIn("<body xmlns='jabber:client'>Saturday?</body>")] },
        },
      ],
    },
    reads: {
      'with an offset, and nothing inside': [
        `<signcrypt ${NS}><payload/><time stamp='2014-07-10T17:06:00+02:00'/></signcrypt>`,
        { to: [], time: { stamp: Date.UTC(2014, 6, 10, 15, 6) }, payload: { elements: [] } },
      ],
    },
    fails: {
      'no time': [`<signcrypt ${NS}><payload/></signcrypt>`, 'signcrypt/time', 'missing'],
      'a time without a stamp': [
        `<signcrypt ${NS}><time/><payload/></signcrypt>`,
        'signcrypt/time@stamp',
        'missing',
      ],
      'no payload': [
        `<signcrypt ${NS}><time stamp='2014-07-10T17:06:00Z'/></signcrypt>`,
        'signcrypt/payload',
        'missing',
      ],
      'two payloads': [
        `<signcrypt ${NS}><time stamp='2014-07-10T17:06:00Z'/><payload/><payload/></signcrypt>`,
        'signcrypt/payload',
        'more than one',
      ],
      'an element that is only signed': [
        `<sign ${NS}><time stamp='2014-07-10T17:06:00Z'/><payload/></sign>`,
        'signcrypt',
        "not <signcrypt xmlns='urn:xmpp:openpgp:0'/>",
      ],
    },
  },
  publicKey: {
    pairs: { 'a key': [`<pubkey ${NS}><data>mQ==</data></pubkey>`, { key: Uint8Array.of(0x99) }] },
    fails: { 'no key': [`<pubkey ${NS}/>`, 'pubkey/data', 'missing'] },
  },
  publicKeys: {
    pairs: {
      'one key': [
        `<public-keys-list ${NS}>
           <pubkey-metadata v4-fingerprint='${FINGERPRINT}' date='2018-03-01T15:26:12.000Z'/>
         </public-keys-list>`,
        { keys: [{ fingerprint: FINGERPRINT, date: Date.UTC(2018, 2, 1, 15, 26, 12) }] },
      ],
      none: [`<public-keys-list ${NS}/>`, { keys: [] }],
    },
    reads: {
      'a fingerprint as people write it': [
        `<public-keys-list ${NS}>
           <pubkey-metadata v4-fingerprint='1357 b018 65b2 503c 1845 3d20 8cac 2a96 7854 8e35' date='1953-05-16T12:00:00Z'/>
         </public-keys-list>`,
        { keys: [{ fingerprint: FINGERPRINT, date: Date.UTC(1953, 4, 16, 12) }] },
      ],
    },
    fails: {
      'the end of a fingerprint': [
        `<public-keys-list ${NS}><pubkey-metadata v4-fingerprint='8CAC2A9678548E35' date='1953-05-16T12:00:00Z'/></public-keys-list>`,
        'public-keys-list/pubkey-metadata@v4-fingerprint',
        'not a fingerprint',
      ],
    },
  },
  secretKey: {
    pairs: { 'a backup': [`<secretkey ${NS}>ww0=</secretkey>`, { message: Uint8Array.of(0xc3, 0x0d) }] },
  },
});
