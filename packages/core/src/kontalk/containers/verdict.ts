import type { Verdict } from '../evaluate/incoming.js';
import type { Opened } from './open.js';

/**
 * The verdict on a stanza, from what came out of its container; `undefined` stands for a stanza without one. What was
 * signed well but is too old, ahead of time, or here for the second time is verified: the rules of groups look at its
 * time and its hash themselves, and know for which group.
 */
export function verdictOf(opened: Opened | undefined): Verdict {
  if (opened === undefined) return { kind: 'cleartext' };
  switch (opened.fault) {
    case undefined:
    case 'clock-skew':
    case 'replayed':
      return verified(opened);
    case 'undecryptable':
    case 'no-key':
    case 'unconfirmed-key':
      return { kind: 'pending', reason: opened.fault };
    case 'wrong-recipient':
      return { kind: 'failed', reason: 'wrong-recipient' };
    default:
      return { kind: 'failed', reason: 'bad-signature' };
  }
}

function verified({ content, signedAt, digest, signer }: Opened): Verdict {
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
