import type { BareJid } from '@xmpp-groups/core/jid';
import { activeMembers, type GroupKey, type GroupState, type Membership } from '@xmpp-groups/core/kontalk';

/** A group as it is known here. */
export interface KontalkGroup {
  readonly group: GroupKey;
  readonly subject: string | undefined;
  /** What I am in it. */
  readonly my: Membership;
  /** All members, the owner first; me among them when I am one. When I have left: as far as I knew then. */
  readonly members: readonly BareJid[];
  /** Whether the owner is in it; nobody else can change who is a member. */
  readonly owned: boolean;
  /** Whether something encrypted was said in it: from then on nothing in clear changes it. */
  readonly encrypted: boolean;
  /** Whether all members are known. */
  readonly complete: boolean;
  /** Whether the owner listed all members and not me: only people can find out why. */
  readonly suspect: boolean;
  /** Who knows another state although we both know the same version of it. */
  readonly divergentFrom: BareJid | undefined;
  /** Whom the owner has handed the group over to. */
  readonly heir: BareJid | undefined;
}

export const groupView = (state: GroupState): KontalkGroup => ({
  group: state.key,
  subject: state.subject ?? undefined,
  my: state.my,
  members: activeMembers(state),
  owned: state.key.owner === state.me ? state.my === 'member' : state.ownerState === 'active',
  encrypted: state.secure,
  complete: state.complete,
  suspect: state.suspect,
  divergentFrom: state.divergentFrom,
  heir: state.heir,
});
