import type { Fingerprint, OfferedKey, OpenPgp } from '@xmpp-groups/core/kontalk';
import type { Result } from '@xmpp-groups/core/result';

/** A transferable public key with what was read of it. */
export interface PublicKey extends OfferedKey {
  /** Without armour, and without what only others have signed. */
  readonly bytes: Uint8Array;
}

/** What a keyring needs of an OpenPGP library: it keeps the own secret key, and the public keys of others. */
export interface KeyLibrary {
  readonly own: PublicKey;
  /** When the own key was made, in milliseconds since the epoch. */
  readonly ownSince: number;
  /** Encrypts to the keys that it holds, and believes the signatures of these. */
  readonly openPgp: OpenPgp;
  /**
   * The keys in a keyring, with the user ids that the key itself has signed.
   * @param bytes without armour; a failure when it is none, or too large
   */
  read(bytes: Uint8Array): Promise<Result<readonly PublicKey[]>>;
  /** Holds a key from now on; what is held of it already stays, and is joined with it. Returns all of it. */
  hold(key: PublicKey): Promise<PublicKey>;
  /** Holds a key no longer; the own one stays. */
  drop(fingerprint: Fingerprint): void;
  /** The own secret key, encrypted with a backup code (XEP-0373, section 5.4). */
  lock(code: string): Promise<Uint8Array>;
}
