import type { BareJid } from '../../jid/index.js';
import type { StanzaId } from '../model/group.js';

/**
 * An account is gone: whoever had it leaves, and what the group knows of him goes. Nobody sends it. It is done in
 * several steps, each with its own transaction: an archive may be long.
 */
export interface Erase {
  readonly kind: 'erase';
  readonly jid: BareJid;
  /** The next step; without it the first. */
  readonly step?: ErasureStep | undefined;
}

/**
 * `names`: the names under which he was known are gathered from the archive; `archive`: they are taken out of it, with
 * all else that tells who he is; both from the newest message to the oldest, `before` the message that was
 * the last of the step before. `rewrites`: the same with what was told of rewritings after version `since`. `rest`: all
 * that is left.
 */
export type ErasureStep =
  | { readonly part: 'names' | 'archive'; readonly before: StanzaId; readonly names: readonly string[] }
  | { readonly part: 'rewrites'; readonly since: number }
  | { readonly part: 'rest' };
