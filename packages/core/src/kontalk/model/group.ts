import type { BareJid } from '../../jid/index.js';
import type { GroupKey } from '../command/command.js';
import type { Pins } from '../keys/known-key.js';
import type { MarkList } from './marks.js';
import { NO_ENTRIES, type SharedMap } from './shared-map.js';

/** What I am in a group. An invited one has not yet said that he wants to be in it. */
export type Membership = 'member' | 'invited' | 'parted' | 'kicked';

/** What is known of another one who is, or was, in a group. Times are milliseconds since the epoch. */
export interface MemberRecord {
  /** Whether the owner's last word on him is that he is a member. */
  readonly listed: boolean;
  /** What the last change of `listed` came by. */
  readonly why: 'create' | 'add' | 'snapshot' | 'remove';
  /** When it came. */
  readonly at: number;
  /** When the owner took him in for the last time; 0 when that was before my time and nobody told. */
  readonly since: number;
  /** When he said for the last time that he leaves. It counts as long as `since` is not later. */
  readonly partedAt: number | undefined;
}

/** A command that was applied; the log is for people and for export. */
export interface Applied {
  readonly at: number;
  readonly by: BareJid;
  readonly kind: 'create' | 'set' | 'part';
  readonly messageId: string | undefined;
}

/** What of somebody was applied or shown: ids, and hashes of signed payloads (reference 2.6, P8). */
export interface Seen {
  readonly sender: BareJid;
  /** When that was for the last time, as {@link GroupState.turn} counted it. */
  readonly turn: number;
  readonly marks: MarkList;
}

/** A group, as one account knows it (reference 2.5). Immutable. */
export interface GroupState {
  readonly key: GroupKey;
  readonly me: BareJid;
  readonly my: Membership;
  /** When I was taken in for the last time, and when I left or was removed. */
  readonly mySince: number;
  readonly myExit: number | undefined;
  /** All others that are known, former ones too, in the order in which they came; never the owner, never me. */
  readonly members: ReadonlyMap<BareJid, MemberRecord>;
  readonly ownerState: 'active' | 'parted';
  readonly subject: string | null;
  /** The time of the last applied command of the owner; `undefined` before the first one. */
  readonly lastOwner: number | undefined;
  /** The owner's count of his commands, `undefined` when he does not tell it (reference 7.1). */
  readonly rev: number | undefined;
  /** Whether all members are known: a creation or a list of all was applied. */
  readonly complete: boolean;
  /** Whether something encrypted was applied: from then on no command is taken in clear. */
  readonly secure: boolean;
  /** Whether the owner listed all members and not me: only people can find out why (reference 2.7, row 11). */
  readonly suspect: boolean;
  /** With whom the state differs although both know the same version. */
  readonly divergentFrom: BareJid | undefined;
  /** The fingerprints of the keys by which the members were first known (reference 2.10, #15). */
  readonly keys: Pins;
  /** By sender. */
  readonly seen: SharedMap<Seen>;
  /** How often something was put into `seen`. */
  readonly turn: number;
  /** When something was last said to somebody that must not be repeated all the time. */
  readonly told: ReadonlyMap<string, number>;
  /** To whom the owner handed the group over. */
  readonly heir: BareJid | undefined;
  readonly log: readonly Applied[];
}

/** A group of which nothing is known yet. */
export const emptyGroup = (key: GroupKey, me: BareJid): GroupState => ({
  key,
  me,
  my: 'member',
  mySince: 0,
  myExit: undefined,
  members: new Map(),
  ownerState: 'active',
  subject: null,
  lastOwner: undefined,
  rev: undefined,
  complete: false,
  secure: false,
  suspect: false,
  divergentFrom: undefined,
  keys: new Map(),
  seen: NO_ENTRIES,
  turn: 0,
  told: new Map(),
  heir: undefined,
  log: [],
});
