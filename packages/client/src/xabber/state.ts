import type { BareJid } from '@xmpp-groups/core/jid';
import type { GroupInfo, RewriteNotice, UserCard } from '@xmpp-groups/core/xabber';
import { createRecent, type Recent } from './recent.js';

/** Up to where a client knows a group; what it keeps to go on from there after a restart. */
export interface Position {
  /** The id of the newest message that is known; `''` when there was none. */
  readonly stanzaId?: string | undefined;
  /** The version of the rewritings of the archive. */
  readonly rewrites?: number | undefined;
}

/** The members of a group by their ids, as of a version of the list. */
export interface MemberList {
  readonly version: number;
  readonly members: ReadonlyMap<string, UserCard>;
}

/** What is known of a group that the client follows. */
export interface FollowedGroup {
  readonly jid: BareJid;
  position: Position;
  info: GroupInfo | undefined;
  me: UserCard | undefined;
  members: MemberList | undefined;
  /** While it catches up, messages come from the archive only. */
  catchUp: 'idle' | 'running' | 'again';
  /** The first message that came, and was left to the archive, since the catching up began. */
  skipped: string | undefined;
  /** Rewritings that came while it catches up, by their versions. */
  readonly rewritings: Map<number, RewriteNotice>;
  /** Ends the wait before the next attempt to catch up. */
  cancelRetry: () => void;
  refreshing: 'idle' | 'running' | 'again';
  /** The messages that were told already. */
  readonly told: Recent;
}

/** How many ids are remembered, to know messages that come twice. */
const REMEMBERED = 5000;

export const newGroup = (jid: BareJid, position: Position): FollowedGroup => ({
  jid,
  position,
  info: undefined,
  me: undefined,
  members: undefined,
  catchUp: 'idle',
  skipped: undefined,
  rewritings: new Map(),
  cancelRetry: () => undefined,
  refreshing: 'idle',
  told: createRecent(REMEMBERED),
});
