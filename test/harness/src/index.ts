export type { AvatarEvent } from '@xmpp-groups/core/xabber';
export { type ReadInvitation, readInvitation } from '@xmpp-groups/core/xabber';
export { bare } from './bare.js';
export { type ConnectOptions, connect, type XmppClient } from './client.js';
export { type Component, type ComponentOptions, startComponent } from './component.js';
export { type Ejabberd, type EjabberdOptions, startEjabberd } from './ejabberd.js';
export {
  compileErlang,
  compileShim,
  findEjabberd,
  findErlangLibraries,
  SHIM,
  type ShimOptions,
  shimModules,
} from './erlang.js';
export { type GnuPg, type GnuPgResult, startGnuPg } from './gnupg.js';
export {
  avatarEventIn,
  type GroupCards,
  groupCards,
  type Picture,
  pictureOf,
} from './group-cards.js';
export type {
  Blocked,
  GroupCompany,
  Names,
} from './group-company.js';
export { type GroupDisclosures, groupDisclosures } from './group-disclosures.js';
export * from './group-messages.js';
export { type GroupSettings, groupSettings } from './group-settings.js';
export { readTyping, type TypingNotice } from './group-typing.js';
export { type GroupUser, groupUser, type HistoryPage, infoIn, plainText, textMessage } from './group-user.js';
export { type GroupV0, groupV0, type MessageV0 } from './group-v0.js';
export type { ExpectOptions, Predicate } from './inbox.js';
export { payloadOf } from './payload.js';
export { freePort, freePorts, isFree } from './ports.js';
export { type Prosody, type ProsodyOptions, startProsody } from './prosody.js';
export type { RequestOptions } from './requests.js';
export { type RewriteNotice, readRewrite } from './rewrites.js';
export type { Roster, RosterItem } from './roster.js';
export { memberIdOf, type SeedGroup, seedGroups } from './seed-groups.js';
export type { ArchiveOptions, ComponentAccount, ServerOptions, ServerPorts, XmppServer } from './server.js';
export { StanzaError, stanzaError } from './stanza-error.js';
export { type XmppEntity, xmppEntity } from './xmpp-entity.js';
