import { createHmac, timingSafeEqual } from 'node:crypto';

/** What both sides have said before one of them proves that it knows the secret. */
export interface Said {
  /** The shim's nonce and the runner's. */
  readonly theirs: Buffer;
  readonly own: Buffer;
  readonly incarnation: Buffer;
  readonly session: Buffer;
}

/** Each side has a word of its own, so that nobody can send back a proof that he was given. */
const LABELS = { runner: 'xmpp-groups runner', shim: 'xmpp-groups shim' } as const;

/** The proof of one side: HMAC-SHA-256 with the secret over its word and what was said. */
export const proofOf = (
  side: keyof typeof LABELS,
  secret: string,
  { theirs, own, incarnation, session }: Said,
): Buffer =>
  createHmac('sha256', secret)
    .update(LABELS[side])
    .update(theirs)
    .update(own)
    .update(incarnation)
    .update(session)
    .digest();

/** Compares two proofs in a time that tells nothing of where they differ. */
export const isSameProof = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
