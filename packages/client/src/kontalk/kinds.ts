import type { BareJid } from '@xmpp-groups/core/jid';
import type { AttachedFile, Fault, GroupKey, KontalkEvent } from '@xmpp-groups/core/kontalk';
import type { ErrorCondition } from '@xmpp-groups/core/stanza';
import type { GroupsError } from '../errors.js';

type Of<K extends KontalkEvent['kind']> = Extract<KontalkEvent, { readonly kind: K }>;

/** What a message says besides its text, read out of its payload. */
export interface Described {
  /** The file that it is about, as its sender describes it: a claim (see `decideFetch` of the core). */
  readonly file: AttachedFile | undefined;
  /** The id of the message that it answers. */
  readonly answers: string | undefined;
}

/** How far a message of one's own has come. */
export type SentState =
  /** The own server has it for all recipients. */
  | { readonly kind: 'taken' }
  /** A recipient says that he has it. */
  | { readonly kind: 'received'; readonly member: BareJid }
  /** It came back from a recipient. */
  | { readonly kind: 'failed'; readonly member: BareJid; readonly condition: ErrorCondition }
  /** The multicast service sent it back; it is sent again, on another way or later. */
  | { readonly kind: 'again'; readonly condition: ErrorCondition };

/** What others do in groups, by the names of the events. What one does oneself, the promises tell. */
export interface KontalkEvents {
  /** Something to show, once; also what another device of the account has sent. */
  readonly message: Of<'message'> & Described;
  /** I am in a group or not any more, or something happened to a group as a whole. */
  readonly group: Of<
    | 'joined'
    | 'rejoined'
    | 'owner-left'
    | 'owner-returned'
    | 'removed'
    | 'left'
    | 'suspected'
    | 'incomplete'
    | 'handed-over'
    | 'continued'
  >;
  readonly member: Of<'members-changed' | 'member-left'>;
  readonly subject: Of<'subject-changed'>;
  /** Somebody wants me in a group: `accept` it or `decline`. */
  readonly invited: Of<'invited'>;
  readonly 'chat-state': Of<'chat-state'>;
  /** A message of a kind that is not known, to be shown as such in the group. */
  readonly unsupported: Of<'unsupported'>;
  /**
   * Somebody has another key than before. With a group: one was used there that is not the one by which the group
   * knows him. Without: a key waits for the user's confirmation.
   */
  readonly 'key-changed': {
    readonly member: BareJid;
    readonly fingerprint: string | undefined;
    readonly group: GroupKey | undefined;
  };
  readonly 'sent-state': { readonly group: GroupKey; readonly id: string; readonly state: SentState };
  /** Something is odd, and was dealt with. */
  readonly warning: Of<
    'outer-group-differs' | 'outer-id-differs' | 'addressees-differ' | 'command-forged' | 'diverged'
  >;
  /**
   * An encrypted message that does not count: somebody's claim, which no group was given. To be shown with a mark or
   * not at all (reference 4.3). Never a command.
   */
  readonly unverified: {
    readonly claims: GroupKey;
    readonly from: BareJid;
    readonly id: string | undefined;
    readonly text: string | undefined;
    readonly fault: Fault;
  };
  /** A stanza cannot be read yet; it is kept, and tried again when keys come. */
  readonly waiting: {
    readonly from: BareJid | undefined;
    readonly reason: 'undecryptable' | 'no-key' | 'unconfirmed-key';
  };
  /** Something failed that was done without being asked for. */
  readonly fault: { readonly group: GroupKey | undefined; readonly error: GroupsError };
}
