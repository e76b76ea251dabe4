import type { XmlElement } from '../../xml/element.js';
import type { Opened } from './open.js';

/** What a group needs to know of how a stanza was protected (reference 2.6, P4). */
export type ContainerVerdict =
  | {
      readonly kind: 'verified';
      /** The children of the message inside; none for a text alone, which belongs to no group. */
      readonly payload: readonly XmlElement[];
      readonly innerId: string | undefined;
      readonly signedTime: number;
      readonly payloadHash: string;
      readonly signer: string;
    }
  | { readonly kind: 'cleartext' }
  /** It may be better later. */
  | { readonly kind: 'pending'; readonly reason: 'undecryptable' | 'no-key' }
  | { readonly kind: 'failed'; readonly reason: 'bad-signature' | 'wrong-recipient' };

/**
 * The verdict on a stanza, from what came out of its container; `undefined` stands for a stanza without one. What was
 * signed well but is too old, ahead of time, or here for the second time is verified: the rules of groups look at its
 * time and its hash themselves, and know for which group.
 */
export function verdictOf(opened: Opened | undefined): ContainerVerdict {
  if (opened === undefined) return { kind: 'cleartext' };
  switch (opened.fault) {
    case undefined:
    case 'clock-skew':
    case 'replayed':
      return verified(opened);
    case 'undecryptable':
      return { kind: 'pending', reason: 'undecryptable' };
    case 'no-key':
    case 'unconfirmed-key':
      return { kind: 'pending', reason: 'no-key' };
    case 'wrong-recipient':
      return { kind: 'failed', reason: 'wrong-recipient' };
    default:
      return { kind: 'failed', reason: 'bad-signature' };
  }
}

function verified({ content, signedAt, digest, signer }: Opened): ContainerVerdict {
  if (content === undefined || signedAt === undefined || digest === undefined || signer === undefined) {
    return { kind: 'failed', reason: 'bad-signature' };
  }
  return {
    kind: 'verified',
    payload: content.kind === 'message' ? content.payload : [],
    innerId: content.kind === 'message' ? content.id : undefined,
    signedTime: signedAt,
    payloadHash: digest,
    signer,
  };
}
