import type { BareJid, Jid } from '../../jid/index.js';
import type { ChatState } from '../../xep/index.js';
import type { XmlElement } from '../../xml/element.js';
import type { GroupKey } from '../command/command.js';

/** A stanza with the verdict of the layer that decrypts. */
export interface Incoming {
  /** The `<message/>` as it was delivered; it may be a carbon copy or a result from the archive. */
  readonly stanza: XmlElement;
  readonly verdict: Verdict;
  /** When it arrived, in milliseconds since the epoch. */
  readonly receivedAt: number;
  /** When the own server took it in, when it says so (XEP-0203); not what other entities claim. */
  readonly delayStamp?: number | undefined;
}

/** What decrypting brought. `verified` and `cleartext` are the only ones that lead anywhere (reference P4). */
export type Verdict =
  | Verified
  /** There was nothing to decrypt. */
  | { readonly kind: 'cleartext' }
  /**
   * It may succeed later: `undecryptable`, `no-key` to check the signature with, or signed with a key of the sender
   * that a person has not confirmed.
   */
  | { readonly kind: 'pending'; readonly reason: 'undecryptable' | 'no-key' | 'unconfirmed-key' }
  /** A check failed, and will fail again. */
  | { readonly kind: 'failed'; readonly reason: 'bad-signature' | 'wrong-recipient' };

/** Decrypted, signed by an accepted key of the sender, for me, and all checks of reference 4.3 passed. */
export interface Verified {
  readonly kind: 'verified';
  /** The children of the message that was inside; none when the payload was not XML (reference 2.10, #18). */
  readonly payload: readonly XmlElement[];
  /** The id of the message that was inside, when it had one. */
  readonly innerId?: string | undefined;
  /** When it was signed, in milliseconds since the epoch. */
  readonly signedTime: number;
  /** A hash of what was signed, in whatever notation. */
  readonly payloadHash: string;
  /** The fingerprint of the key that signed. */
  readonly signer: string;
}

/** What became of a stanza; every reason is that of one step (reference 2.6). */
export type Outcome =
  | { readonly outcome: 'apply-command' | 'deliver' | 'chat-state' | 'pending-invite' }
  | { readonly outcome: 'show-unsupported'; readonly reason: 'unsupported-type' }
  | { readonly outcome: 'ignore'; readonly reason: 'not-chat' | 'error' | 'no-group' | 'extension' | 'gone' }
  | { readonly outcome: 'hold'; readonly reason: HoldReason }
  | { readonly outcome: 'discard'; readonly reason: DiscardReason };

/** Why a stanza waits: what it needs has not come yet. */
export type HoldReason =
  | 'undecryptable'
  | 'no-key'
  | 'unconfirmed-key'
  | 'unknown-group'
  | 'clock-skew'
  /** The owner's key is not the one he was first known by: a person has to confirm it. */
  | 'owner-key-changed'
  /** An invitation that was not accepted yet. */
  | 'invited';

/** Why a stanza is discarded for good. */
export type DiscardReason =
  | 'forged-wrapper'
  | 'no-sender'
  | 'bad-signature'
  | 'wrong-recipient'
  | 'malformed'
  | 'too-large'
  | 'downgrade'
  | 'duplicate'
  | 'owner-mismatch'
  | 'not-owner'
  | 'not-for-me'
  | 'unknown-group'
  | 'non-member'
  | 'self-not-member'
  | 'stale'
  /** There would be more groups, invitations or members than {@link LIMITS} says. */
  | 'limit';

/** What happened, in the past tense; all that a user interface has to know. */
export type KontalkEvent = { readonly group: GroupKey } & (
  | { readonly kind: 'joined' | 'rejoined'; readonly by: BareJid }
  | {
      readonly kind: 'invited';
      readonly by: BareJid;
      /** Another owner has a group of the same id. */
      readonly sameIdAs: GroupKey | undefined;
    }
  | {
      readonly kind: 'members-changed';
      readonly added: readonly BareJid[];
      readonly removed: readonly BareJid[];
      readonly by: BareJid;
    }
  | { readonly kind: 'member-left'; readonly member: BareJid }
  | { readonly kind: 'subject-changed'; readonly subject: string | null }
  | { readonly kind: 'owner-left' | 'owner-returned' | 'removed' | 'left' | 'suspected' | 'incomplete' }
  /** Something to show. `withCommand`: it came along with a command, and released clients do not show it. */
  | {
      readonly kind: 'message';
      readonly from: Jid;
      readonly id: string | undefined;
      readonly text: string | undefined;
      /** All else that the message holds. */
      readonly payload: readonly XmlElement[];
      readonly at: number;
      readonly encrypted: boolean;
      readonly withCommand: boolean;
    }
  | { readonly kind: 'chat-state'; readonly from: Jid; readonly state: ChatState }
  | {
      readonly kind: 'unsupported';
      readonly from: Jid;
      readonly id: string | undefined;
      readonly type: string;
    }
  | { readonly kind: 'key-changed'; readonly member: BareJid; readonly fingerprint: string }
  /** Outside of the encrypted payload stood another `<group/>` than inside. */
  | { readonly kind: 'outer-group-differs'; readonly from: BareJid }
  /** The id outside is not the one inside, which counts. */
  | { readonly kind: 'outer-id-differs'; readonly from: BareJid }
  /** The stanza was addressed to others than the members: a hint, no proof of anything (reference 3.5). */
  | {
      readonly kind: 'addressees-differ';
      readonly from: BareJid;
      readonly strangers: readonly BareJid[];
    }
  /** Somebody gave a command that only the owner may give; `asMe`: in a group of mine. */
  | { readonly kind: 'command-forged'; readonly by: BareJid; readonly asMe: boolean }
  /** Somebody knows the same version of the state, and another state. */
  | { readonly kind: 'diverged'; readonly peer: BareJid }
  | { readonly kind: 'handed-over'; readonly to: BareJid }
  /** `group` continues `from`; `confirmed`: the owner of that one has said so there. */
  | { readonly kind: 'continued'; readonly from: GroupKey; readonly confirmed: boolean }
);

/** Something that should be sent now; an action for `planSend`. */
export type Errand = { readonly group: GroupKey } & (
  | { readonly op: 'part-again'; readonly to: BareJid }
  | { readonly op: 'remove-again'; readonly to: BareJid }
  | { readonly op: 'snapshot'; readonly to: BareJid }
  | { readonly op: 'sync-request'; readonly to: BareJid }
);

/** What evaluation may not know of itself. */
export interface Environment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The SHA-256 of a text in UTF-8, in base64. */
  sha256(text: string): string;
  readonly policy: Policy;
}

/** What people decide. */
export interface Policy {
  /** Whether I am in a group as soon as its owner says so; otherwise it is an invitation (reference 2.10, #9). */
  autoJoin(key: GroupKey): boolean;
  /** Whether cleartext of members of an encrypted group is shown, marked as such. */
  readonly cleartextMessages: 'show' | 'discard';
  /** Texts by which clients say, in the body of a command, that it is one (reference 4.2). */
  readonly commandFallbacks: readonly string[];
}

/** The English text that Android puts into the body of commands (reference 4.2). */
export const COMMAND_FALLBACK =
  "This is a group chat message. You're using an old version of Kontalk or your client doesn't support the group chat protocol. Please upgrade to the latest version!";

/** Every group is an invitation; cleartext of members is shown; Android's text is known. */
export const DEFAULT_POLICY: Policy = {
  autoJoin: () => false,
  cleartextMessages: 'show',
  commandFallbacks: [COMMAND_FALLBACK],
};
