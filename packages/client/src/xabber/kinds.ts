import type { BareJid } from '@xmpp-groups/core/jid';
import type {
  AvatarEvent,
  GroupInfo,
  GroupMessage,
  ReadInvitation,
  RewriteNotice,
  UserCard,
} from '@xmpp-groups/core/xabber';
import type { GroupsError } from '../errors.js';

/** Where a message of one's own is. */
export type SendState =
  | { readonly kind: 'sending' }
  /** The group has it: as the others got it, under this id in the archive. */
  | { readonly kind: 'stored'; readonly stanzaId: string; readonly message: GroupMessage }
  | { readonly kind: 'failed'; readonly error: GroupsError };

/** What happens in groups, by the names of the events. */
export interface XabberEvents {
  /**
   * A message of a group that is followed, once and in the order of the archive: system messages and one's own too.
   * `live`: it came as it was written; otherwise it was caught up with.
   */
  readonly message: {
    readonly group: BareJid;
    readonly message: GroupMessage;
    readonly own: boolean;
    readonly live: boolean;
  };
  /** A message that was sent from here has come further. */
  readonly sent: { readonly group: BareJid; readonly originId: string; readonly state: SendState };
  /** Messages were edited or retracted. */
  readonly rewrite: { readonly group: BareJid; readonly notice: RewriteNotice };
  /** What a group tells of itself; also how the groups of the account become known after the login. */
  readonly group: { readonly group: BareJid; readonly info: GroupInfo };
  /** The group has ended the membership: left, removed, or the group is deleted. */
  readonly ended: { readonly group: BareJid };
  /** The list of members, loaded before, has changed. */
  readonly members: { readonly group: BareJid; readonly members: ReadonlyMap<string, UserCard> };
  readonly invitation: { readonly invitation: ReadInvitation };
  readonly avatar: { readonly group: BareJid; readonly avatar: AvatarEvent };
  /** Everything that was missed in a followed group has been told. */
  readonly caughtUp: { readonly group: BareJid };
  /** Something failed that was done without being asked for. */
  readonly fault: { readonly group: BareJid | undefined; readonly error: GroupsError };
}
