/**
 * Why an encrypted message does not count (reference 4.3). In the order in which it is looked at: a message that has
 * several faults is called by the first.
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

/** What becomes of a message with a fault. */
export type Consequence =
  | { readonly outcome: 'discard'; readonly reason: string }
  /** Kept unread, and looked at again when a key or the user's word has come. */
  | { readonly outcome: 'hold'; readonly reason: string }
  /** Shown with a mark that says what is wrong with it. */
  | { readonly outcome: 'show-marked'; readonly reason: Fault };

/** What may heal with time: a key that comes, a confirmation, a clock. */
const HEALING: ReadonlyMap<Fault, string> = new Map<Fault, string>([
  ['undecryptable', 'undecryptable'],
  ['no-key', 'no-key'],
  ['unconfirmed-key', 'key-changed'],
  ['clock-skew', 'clock-skew'],
]);

/**
 * What a fault means (reference 2.6, P4; 4.3). Nothing with a fault ever changes a group: a command is held until the
 * fault is healed, or discarded; and nobody falls back to what stands in clear beside it.
 * @param kind what is inside, as far as it can be read: content may be shown, a command never counts
 * @param policy what to do with content whose signature is worth nothing; it is held unless the user wants to see it
 */
export function consequenceOf(
  fault: Fault,
  kind: 'command' | 'content' | 'unknown',
  policy: 'show' | 'hold' = 'hold',
): Consequence {
  if (fault === 'replayed') return { outcome: 'discard', reason: 'duplicate' };
  const healing = HEALING.get(fault);
  if (healing !== undefined) return { outcome: 'hold', reason: healing };
  if (kind !== 'content') return { outcome: 'discard', reason: 'bad-signature' };
  return policy === 'show' ? { outcome: 'show-marked', reason: fault } : { outcome: 'hold', reason: fault };
}
