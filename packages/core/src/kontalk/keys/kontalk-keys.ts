import { pick } from '../../codec/index.js';
import { failure, ok, type Result } from '../../result.js';
import type { XmlElement } from '../../xml/element.js';
import { kontalkKey } from '../elements/public-key.js';
import type { Fingerprint, KnownKey } from './known-key.js';

/** The question for somebody's key, to his bare JID: his server answers. Payload of an IQ of type `get`. */
export const askForKontalkKey = (): XmlElement => kontalkKey.build({ answer: new Uint8Array() });

/** The keyring in the answer to {@link askForKontalkKey}, not armoured. */
export function kontalkKeyIn(payload: readonly XmlElement[]): Result<Uint8Array> {
  const read = pick(kontalkKey, payload);
  if (read === undefined) return failure('pubkey', 'missing');
  if (!read.ok) return read;
  return read.value.answer.length === 0 ? failure('pubkey', 'no key') : ok(read.value.answer);
}

/** What Kontalk's server adds to presence: the fingerprint, and in a request to subscribe the keyring, too. */
export interface PresentedKey {
  readonly fingerprint: Fingerprint | undefined;
  readonly keyring: Uint8Array | undefined;
}

/** The key in a presence; `undefined` when there is none that can be read. */
export function presentedKeyIn(payload: readonly XmlElement[]): PresentedKey | undefined {
  const read = pick(kontalkKey, payload);
  return read?.ok ? { fingerprint: read.value.print, keyring: read.value.key } : undefined;
}

/** Whether presence tells of a key that is not known, so that it should be asked for (reference 5). */
export const tellsOfNewKey = ({ fingerprint }: PresentedKey, known: readonly KnownKey[]): boolean =>
  fingerprint !== undefined && !known.some((key) => key.fingerprint === fingerprint);

/**
 * Whether a keyring is the one that stands beside it: Kontalk's clients never look (reference 5).
 * @param fingerprint that of the key which was read out of the keyring
 */
export const isAsPresented = (presented: PresentedKey, fingerprint: Fingerprint): boolean =>
  presented.fingerprint === undefined || presented.fingerprint === fingerprint;
