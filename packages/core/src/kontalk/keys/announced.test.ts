import { describe, expect, it } from 'vitest';
import { pubsub } from '../../xep/index.js';
import { serialise } from '../../xml/index.js';
import {
  announceKey,
  askForPublicKey,
  askForPublicKeys,
  askForSecretKey,
  keysToFetch,
  mustAnnounce,
  publishSecretKey,
} from './announced.js';

const PRINT = '1357B01865B2503C18453D208CAC2A9678548E35';
const OTHER = '67819B343B2AB70DED9320872C6464AF2A8E4C02';
const AT = Date.UTC(2020, 0, 21, 10, 46, 21);

const options = (access: string) =>
  "<publish-options><x xmlns='jabber:x:data' type='submit'>" +
  "<field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/pubsub#publish-options</value></field>" +
  `<field var='pubsub#access_model'><value>${access}</value></field>` +
  "<field var='pubsub#persist_items'><value>true</value></field></x></publish-options>";

describe('keys on PEP nodes (XEP-0373, section 4)', () => {
  it.each([
    [askForPublicKeys(), 'urn:xmpp:openpgp:0:public-keys'],
    [askForPublicKey(PRINT), `urn:xmpp:openpgp:0:public-keys:${PRINT}`],
    [askForSecretKey(), 'urn:xmpp:openpgp:0:secret-key'],
  ])('asks %#: for the newest item', (element, node) => {
    expect(serialise(element)).toBe(
      `<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='${node}' max_items='1'/></pubsub>`,
    );
  });

  it('announces the key, and then the list with it, each key once', () => {
    const listed = [
      { fingerprint: PRINT, date: 1 },
      { fingerprint: OTHER, date: 2 },
    ];
    const [key, list] = announceKey(PRINT, Uint8Array.of(0x99), listed, AT);
    expect(serialise(key)).toBe(
      `<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:openpgp:0:public-keys:${PRINT}'>` +
        "<item id='2020-01-21T10:46:21.000Z'><pubkey xmlns='urn:xmpp:openpgp:0'><data>mQ==</data></pubkey></item></publish>" +
        `${options('open')}</pubsub>`,
    );
    const read = pubsub.parse(list);
    expect(read.ok && read.value.publish?.items[0]?.publicKeys?.keys).toEqual([
      { fingerprint: OTHER, date: 2 },
      { fingerprint: PRINT, date: AT },
    ]);
  });

  it('lets nobody else read the secret keys', () => {
    expect(serialise(publishSecretKey(Uint8Array.of(0xc3)))).toBe(
      "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:openpgp:0:secret-key'>" +
        `<item><secretkey xmlns='urn:xmpp:openpgp:0'>ww==</secretkey></item></publish>${options('whitelist')}</pubsub>`,
    );
  });

  it('announces a key again that is gone from the own list', () => {
    expect(mustAnnounce(PRINT, [{ fingerprint: OTHER, date: 1 }])).toBe(true);
    expect(mustAnnounce(PRINT, [{ fingerprint: PRINT, date: 1 }])).toBe(false);
  });

  it('fetches what is new', () => {
    const listed = [PRINT, OTHER, OTHER].map((fingerprint) => ({ fingerprint, date: 1 }));
    expect(keysToFetch(listed, [{ fingerprint: PRINT }])).toEqual([OTHER]);
  });
});
