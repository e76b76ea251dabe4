import { type BareJid, bareOf, type Jid } from '../../jid/index.js';
import type { KeysOf } from '../keys/choose-keys.js';
import { isAccepted } from '../keys/known-key.js';
import { isOpenPgpUserIdOf, jidInUserId } from '../keys/user-id.js';
import { LIMITS } from '../model/limits.js';
import type { SealedContent } from './content.js';
import type { Fault } from './fault.js';
import type { ContainerForm, Decrypted } from './open-pgp.js';

/** What is known of a stanza outside of its container, and of those who have to do with it. */
export interface Arrival {
  /** The sender as the server has stamped him. */
  readonly from: Jid;
  /** This account. On own copies the stanza is addressed to a service, so its `to` is not looked at (reference 4.5). */
  readonly me: BareJid;
  /** When the server had the stanza: the delay stamp of the stanza outside, or now; milliseconds since the epoch. */
  readonly at: number;
  readonly keysOf: KeysOf;
  /**
   * Whether content with this digest was accepted before from the sender. Groups remember that themselves; this is for
   * conversations of two.
   */
  readonly seen?: (digest: string) => boolean;
}

/** What is wrong with the OpenPGP message: its protection, its signature, the key that signed (reference 4.3). */
export function signatureFault(
  { intact, signature }: Decrypted,
  { from, keysOf }: Pick<Arrival, 'from' | 'keysOf'>,
  form: ContainerForm,
): Fault | undefined {
  if (!intact) return 'tampered';
  if (signature.kind === 'none') return 'unsigned';
  if (signature.kind === 'invalid') return 'bad-signature';
  if (signature.kind === 'unknown-key') return 'no-key';
  const sender = bareOf(from);
  const key = keysOf(sender).find(({ fingerprint }) => fingerprint === signature.signer);
  if (key === undefined) return 'wrong-signer';
  const names =
    form === 'openpgp'
      ? key.userIds.some((userId) => isOpenPgpUserIdOf(userId, sender))
      : key.userIds.some((userId) => jidInUserId(userId) === sender);
  if (!names) return 'wrong-signer';
  if (key.standing === 'refused') return 'refused-key';
  return isAccepted(key) ? undefined : 'unconfirmed-key';
}

/** What is wrong with the content: for whom it was written, by whom and when, and whether it was here before. */
export function contentFault(
  { from, to, at }: SealedContent,
  arrival: Pick<Arrival, 'from' | 'me' | 'at' | 'seen'>,
  digest: string,
): Fault | undefined {
  if (from !== undefined && jidInUserId(from) !== bareOf(arrival.from)) return 'wrong-sender';
  if (!to.includes(arrival.me)) return 'wrong-recipient';
  if (at === undefined) return 'no-time';
  if (arrival.seen?.(digest) === true) return 'replayed';
  return at < arrival.at - LIMITS.oldest || at > arrival.at + LIMITS.ahead ? 'clock-skew' : undefined;
}
