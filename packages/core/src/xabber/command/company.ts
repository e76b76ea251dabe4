import type { BareJid, Jid } from '../../jid/index.js';
import type { MemberId } from '../model/group.js';

/** A member invites somebody (reference 4.1). */
export interface Invite {
  readonly kind: 'invite';
  readonly from: Jid;
  readonly jid: BareJid;
  /** Whether the group tells him; otherwise the inviter does. */
  readonly send: boolean;
  readonly reason: string | undefined;
}

/** Members are to be removed; they may join again (reference 10.1). */
export interface Kick {
  readonly kind: 'kick';
  readonly from: Jid;
  readonly ids: readonly MemberId[];
  /** Of accounts, or assigned by the group. */
  readonly jids: readonly Jid[];
}

/** People and domains are to be kept out, or let in again (reference 10.2, 10.3). */
export interface ChangeBlocks {
  readonly kind: 'block' | 'unblock';
  readonly from: Jid;
  readonly ids: readonly MemberId[];
  /** JIDs of people, or assigned by the group, and domains. */
  readonly addresses: readonly Jid[];
}

/**
 * Something between two members of an incognito group about their real JIDs (docs/disclosure.md): the one tells his,
 * or asks for the other's; or he accepts or declines what the other began.
 */
export interface Disclose {
  readonly kind: 'disclose';
  readonly from: Jid;
  readonly type: DisclosureStep;
  /** The other member. */
  readonly id: MemberId;
  readonly reason: string | undefined;
}

/** A member tells his JID, asks for the other one's, or answers what the other began. */
export type DisclosureStep = 'offer' | 'request' | 'accept' | 'decline';
