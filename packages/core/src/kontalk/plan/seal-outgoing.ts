import { ok, type Result } from '../../result.js';
import type { XmlElement } from '../../xml/element.js';
import type { ContainerForm, OpenPgp } from '../containers/open-pgp.js';
import { type SealFault, type Signer, seal } from '../containers/seal.js';
import { chooseKeys, type KeysOf, type MissingKeys } from '../keys/choose-keys.js';
import { contentOf, type Sealed, stanzaAround } from './outgoing.js';

/** What encrypting needs besides the message. */
export interface Sealing {
  readonly form: ContainerForm;
  readonly keysOf: KeysOf;
  readonly signer: Signer;
  /** Random text of random length; used in the form of XEP-0373 only. */
  readonly padding: string;
  /** What clients without encryption show; English when not given. */
  readonly words?: string;
}

/**
 * The stanza of a planned message, encrypted once to all whom it is for (reference 3.6, 4.1, 4.5). Nothing is left
 * out: somebody without a key that counts is named, and nobody gets anything.
 * @returns a stanza without receiver, for `piecesOn(outgoing.route, stanza)`
 */
export async function sealOutgoing(
  outgoing: Sealed,
  { form, keysOf, signer, padding, words }: Sealing,
  openPgp: OpenPgp,
): Promise<Result<XmlElement, SealFault | MissingKeys>> {
  const keys = chooseKeys(outgoing.recipients, keysOf, form);
  if (!keys.ok) return keys;
  const container = await seal(contentOf(outgoing, padding), form, keys.value, signer, openPgp);
  return container.ok ? ok(stanzaAround(outgoing, form, container.value, words)) : container;
}
