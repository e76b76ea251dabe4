import type { AttachedFile } from '../elements/attachment.js';

/** What may be fetched without asking the user. */
export interface FetchLimits {
  /** In bytes. */
  readonly largest: number;
  /** Media types, `image/png`, or all of a kind, `image/*`. */
  readonly types: readonly string[];
}

/** Whether a file may be fetched by itself, only when the user asks for it, or never. */
export type FetchDecision =
  | { readonly kind: 'fetch' }
  | {
      readonly kind: 'ask';
      readonly reason: 'not-a-member' | 'unencrypted' | 'unknown-length' | 'too-large' | 'type';
    }
  | { readonly kind: 'never'; readonly reason: 'address' };

const MEDIA_TYPE = /^[a-z0-9][\w!#$&^.+-]{0,126}\/[a-z0-9][\w!#$&^.+-]{0,126}$/i;

/**
 * What to do with a file that a message names (reference 6). What the message says of it is a claim: who fetches still
 * has to stop at the length, and to look at what came. Files by other ways than HTTPS tell the network who reads what.
 * @param fromMember whether the message was accepted from a member of the group
 * @param secure whether the group is encrypted, so that a file in clear is odd
 */
export function decideFetch(
  { url, type, length, encrypted }: AttachedFile,
  { fromMember, secure }: { readonly fromMember: boolean; readonly secure: boolean },
  { largest, types }: FetchLimits,
): FetchDecision {
  if (!/^https:\/\/[^\s/]/i.test(url) || /[\s\p{Cc}]/u.test(url)) return { kind: 'never', reason: 'address' };
  if (!fromMember) return { kind: 'ask', reason: 'not-a-member' };
  if (secure && encrypted !== true) return { kind: 'ask', reason: 'unencrypted' };
  if (length === undefined) return { kind: 'ask', reason: 'unknown-length' };
  if (length > largest) return { kind: 'ask', reason: 'too-large' };
  return isOf(type, types) ? { kind: 'fetch' } : { kind: 'ask', reason: 'type' };
}

function isOf(type: string | undefined, types: readonly string[]): boolean {
  if (type === undefined || !MEDIA_TYPE.test(type)) return false;
  const known = type.toLowerCase();
  return types.some((allowed) =>
    allowed.endsWith('/*') ? known.startsWith(allowed.slice(0, -1)) : known === allowed,
  );
}
