import type { Result } from '../../result.js';
import type { Fingerprint } from '../keys/known-key.js';

/**
 * What the containers need of an OpenPGP library. Keys are named by the fingerprint of their primary key; the library
 * keeps them, and its own secret ones. Nothing here rejects because of what came from the network.
 */
export interface OpenPgp {
  /** Signs, compresses and encrypts; the result is a message without armour. */
  encrypt(plain: Uint8Array, order: EncryptOrder): Promise<Result<Uint8Array, EncryptFault>>;
  /**
   * Decrypts with whichever secret key fits, and verifies the signature with whichever public key made it. A message
   * that is not encrypted is `malformed`.
   */
  decrypt(message: Uint8Array): Promise<Result<Decrypted, DecryptFault>>;
  /** A collision-resistant digest (SHA-256 or better) as text. */
  digest(bytes: Uint8Array): Promise<string>;
}

/** For whom a message is encrypted, who signs it, and in which form. */
export interface EncryptOrder {
  /** Whose encryption subkeys get the session key. */
  readonly to: readonly Fingerprint[];
  /** The key whose signing subkey signs. */
  readonly signer: Fingerprint;
  /** For the subpacket "Signer's User ID", which Kontalk's clients write. */
  readonly userId: string;
  /**
   * `kontalk`: readable by its clients, so SEIPD of version 1, compressed with ZIP, one signature of version 4
   * (reference 4.1). `openpgp`: as the keys prefer it.
   */
  readonly form: ContainerForm;
}

/** Which container a message is in: that of Kontalk's clients (reference 4.1), or that of XEP-0374. */
export type ContainerForm = 'kontalk' | 'openpgp';

/** Why nothing was encrypted. */
export interface EncryptFault {
  readonly kind: 'unusable-key' | 'no-signer';
  /** The keys that are missing, expired or not meant for this. */
  readonly keys: readonly Fingerprint[];
}

/** Why nothing can be read: no secret key of ours fits, it was changed on the way, or it is no such message. */
export interface DecryptFault {
  readonly kind: 'no-secret-key' | 'tampered' | 'malformed';
  readonly reason: string;
}

/** What was in an encrypted message, and what is known of its signature. */
export interface Decrypted {
  readonly plain: Uint8Array;
  /** Whether the packets were protected against changes, and are as they were. */
  readonly intact: boolean;
  readonly signature: Signature;
}

/** What the library found out about a signature. */
export type Signature =
  | { readonly kind: 'valid'; readonly signer: Fingerprint }
  | { readonly kind: 'invalid'; readonly reason: string }
  /** The library has no public key that could have made it. */
  | { readonly kind: 'unknown-key'; readonly keyId: string }
  | { readonly kind: 'none' };
