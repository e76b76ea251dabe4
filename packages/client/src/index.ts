/**
 * What clients and bots do in groups, over any connection.
 * @module @xmpp-groups/client
 */
export type { Connection, ConnectionEvent } from './connection.js';
export { type Attempt, type FaultCondition, type FaultDetails, GroupsError } from './errors.js';
export type { Content, SendOptions } from './kontalk/content.js';
export type { KontalkGroup } from './kontalk/group.js';
export type { Keyring } from './kontalk/keyring.js';
export {
  type AccountKeyring,
  KEYRING_FEATURES,
  type KeyringOptions,
  keyring,
} from './kontalk/keys/account-keyring.js';
export type { KeyLibrary, PublicKey } from './kontalk/keys/key-library.js';
export { fetchBackup } from './kontalk/keys/restore.js';
export type { Described, KontalkEvents, SentState } from './kontalk/kinds.js';
export { type KontalkGroups, type KontalkOptions, kontalkGroups } from './kontalk/kontalk-groups.js';
export type { Said } from './kontalk/say.js';
export type { Sending as KontalkSending } from './kontalk/sending.js';
export { memoryState, type StatePort } from './kontalk/state-port.js';
export { type Platform, systemPlatform } from './platform.js';
export type { AvatarOwner, Picture } from './xabber/avatars.js';
export { answerTo, mentionOf } from './xabber/beside.js';
export type { Blocked, Named } from './xabber/blocks.js';
export type { NewGroup } from './xabber/create.js';
export type { DefaultRight } from './xabber/default-rights.js';
export type { GroupDescription, ListedGroup } from './xabber/discover.js';
export type { HistoryPage, HistoryQuestion } from './xabber/history.js';
export type { Invited } from './xabber/invite.js';
export type { Membership } from './xabber/join.js';
export type { SendState, XabberEvents } from './xabber/kinds.js';
export type { MemberPage } from './xabber/members.js';
export type { Sending, SendOutcome } from './xabber/outgoing.js';
export type { Retraction } from './xabber/rewrite.js';
export type { ShownRight } from './xabber/rights.js';
export type { FoundGroup, Wanted } from './xabber/search.js';
export type { GroupSettings, GroupStatus } from './xabber/settings.js';
export type { Position } from './xabber/state.js';
export { type XabberGroups, type XabberOptions, xabberGroups } from './xabber/xabber-groups.js';
