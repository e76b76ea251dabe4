import { dateTime } from '../../codec/index.js';
import { type AnnouncedKey, formField, formOf, type PubSub, pubsub } from '../../xep/index.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { Fingerprint } from './known-key.js';

/** The node with the list of somebody's keys (XEP-0373, section 4.2); `+notify` to it asks for news. */
export const PUBLIC_KEYS_NODE = `${NS.openpgp}:public-keys`;
/** The node with the encrypted secret keys (XEP-0373, section 5). */
export const SECRET_KEY_NODE = `${NS.openpgp}:secret-key`;

/** The node with one key (XEP-0373, section 4.1). */
export const publicKeyNode = (fingerprint: Fingerprint): string => `${PUBLIC_KEYS_NODE}:${fingerprint}`;

const question = (node: string): XmlElement => pubsub.build({ items: { node, atMost: 1, items: [] } });

/** The question for the list of keys; payload of an IQ of type `get` to the bare JID of their owner. */
export const askForPublicKeys = (): XmlElement => question(PUBLIC_KEYS_NODE);

/** The question for one key; payload of an IQ of type `get` to the bare JID of its owner. */
export const askForPublicKey = (fingerprint: Fingerprint): XmlElement => question(publicKeyNode(fingerprint));

/** The question for the own secret keys; payload of an IQ of type `get` to the own account. */
export const askForSecretKey = (): XmlElement => question(SECRET_KEY_NODE);

type Item = NonNullable<PubSub['items']>['items'][number];

/** No more is demanded of the node than matters: ejabberd refuses what it does not know, such as when it sends the last item. */
const publish = (node: string, item: Item, access: 'open' | 'whitelist'): XmlElement =>
  pubsub.build({
    publish: { node, items: [item] },
    publishOptions: {
      form: formOf('submit', `${NS.pubsub}#publish-options`, [
        formField({ var: 'pubsub#access_model', values: [access] }),
        formField({ var: 'pubsub#persist_items', values: ['true'] }),
      ]),
    },
  });

/**
 * What announces a key: payloads of IQs of type `set`, to be sent one after the other, since a key has to be there
 * before it is listed (XEP-0373, section 4.2).
 * @param key the transferable public key, not armoured
 * @param listed what the list has now; each key stays in it once
 * @param now milliseconds since the epoch
 */
export function announceKey(
  fingerprint: Fingerprint,
  key: Uint8Array,
  listed: readonly AnnouncedKey[],
  now: number,
): readonly [key: XmlElement, list: XmlElement] {
  const others = new Map(listed.map((announced) => [announced.fingerprint, announced]));
  others.delete(fingerprint);
  const keys = [...others.values(), { fingerprint, date: now }];
  return [
    publish(publicKeyNode(fingerprint), { id: dateTime.format(now), publicKey: { key } }, 'open'),
    publish(PUBLIC_KEYS_NODE, { publicKeys: { keys } }, 'open'),
  ];
}

/** What keeps the encrypted secret keys where no other account can read them (XEP-0373, section 5.3). */
export const publishSecretKey = (message: Uint8Array): XmlElement =>
  publish(SECRET_KEY_NODE, { secretKey: { message } }, 'whitelist');

/** Whether the own list lacks the own key, which another client has taken out: announce it again (section 6.3). */
export const mustAnnounce = (fingerprint: Fingerprint, listed: readonly AnnouncedKey[]): boolean =>
  !listed.some((announced) => announced.fingerprint === fingerprint);

/** The keys of a list that are not known yet, each once. */
export const keysToFetch = (
  listed: readonly AnnouncedKey[],
  known: readonly { readonly fingerprint: Fingerprint }[],
): readonly Fingerprint[] => {
  const have = new Set(known.map(({ fingerprint }) => fingerprint));
  return [...new Set(listed.map(({ fingerprint }) => fingerprint))].filter(
    (fingerprint) => !have.has(fingerprint),
  );
};
