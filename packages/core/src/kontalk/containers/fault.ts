/**
 * Why an encrypted message does not count (reference 4.3). In the order in which it is looked at: a message that has
 * several faults is called by the first. What a fault means for a group, `verdictOf` says: nothing with one changes it,
 * and nobody falls back to what stands in clear beside it.
 */
export type Fault =
  /** No base64, no OpenPGP message, or encrypted to keys that are not here. */
  | 'undecryptable'
  /** Changed on the way, or not protected against that. */
  | 'tampered'
  | 'unsigned'
  | 'bad-signature'
  /** Signed with a key that is not here; it may come. */
  | 'no-key'
  /** Signed with the key of somebody else than the sender. */
  | 'wrong-signer'
  /** Signed with a key of the sender that the user has not confirmed, or has refused. */
  | 'unconfirmed-key'
  | 'refused-key'
  /** Decrypted to what is no message. */
  | 'malformed'
  | 'content-type'
  /** Says that it is from somebody else. */
  | 'wrong-sender'
  /** Was written for others: somebody sends on what was not meant for this account. */
  | 'wrong-recipient'
  | 'no-time'
  /** Too old, or ahead of time. */
  | 'clock-skew'
  /** The same was here before. */
  | 'replayed';
