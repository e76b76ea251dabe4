/**
 * Kontalk groups: the rules of a member, encrypted messages around a port for OpenPGP, keys, files, receipts.
 * @module @xmpp-groups/core/kontalk
 */
export { checkGroup } from './command/check-group.js';
export * from './command/command.js';
export { keyText, newGroupId, readKey, sameKey } from './command/key.js';
export { readGroup } from './command/read-group.js';
export { writeGroup } from './command/write-group.js';
export { type Arrival, contentFault, signatureFault } from './containers/checks.js';
export { type Container, containerElements, containerIn, stubElements } from './containers/container.js';
export {
  type Content,
  type Draft,
  readContent,
  type SealedContent,
  writeKontalk,
  writeOpenPgp,
} from './containers/content.js';
export { type Cpim, readCpim, STANZA_TYPE, TEXT_TYPE, writeCpim } from './containers/cpim.js';
export type { Fault } from './containers/fault.js';
export { type Opened, type OpenedBytes, open, openBytes } from './containers/open.js';
export type * from './containers/open-pgp.js';
export { type SealFault, type Signer, seal, sealBytes } from './containers/seal.js';
export { verdictOf } from './containers/verdict.js';
export * from './delivery/sent.js';
export { type AttachedFile, attachment } from './elements/attachment.js';
export { e2e, sealedMessage, sealedStanza } from './elements/e2e.js';
export { type GroupElement, group } from './elements/group.js';
export { clientMessage, groupMessage } from './elements/message.js';
export { kontalkKey } from './elements/public-key.js';
export { recording } from './elements/recording.js';
export { continues, handover, left, type StateElement, state, syncRequest } from './elements/state.js';
export { acceptInvitation, type Confirmation, confirmOwnerKey } from './evaluate/confirm.js';
export { type Evaluation, evaluate, retry } from './evaluate/evaluate.js';
export * from './evaluate/incoming.js';
export { type Opening, openIncoming } from './evaluate/open-incoming.js';
export { type Unwrapped, unwrap } from './evaluate/unwrap.js';
export { stateHash, stateText } from './extension/hash.js';
export type { Held } from './hold/hold.js';
export * from './keys/announced.js';
export { backupCode } from './keys/backup-code.js';
export * from './keys/choose-keys.js';
export * from './keys/known-key.js';
export * from './keys/kontalk-keys.js';
export * from './keys/user-id.js';
export { answeredId, answerTo } from './media/answer.js';
export { decideFetch, type FetchDecision, type FetchLimits } from './media/attached-file.js';
export * from './model/group.js';
export { LIMITS } from './model/limits.js';
export type { MarkList } from './model/marks.js';
export { activeMembers, hasParted, isActive, isIn, recipients } from './model/members.js';
export type { SharedMap } from './model/shared-map.js';
export { emptyWorld, groupOf, type World, withoutGroup } from './model/world.js';
export type { Action, Means, PlanError } from './plan/action.js';
export {
  type Clear,
  clearStanza,
  contentOf,
  type Outgoing,
  type Sealed,
  stanzaAround,
} from './plan/outgoing.js';
export { type Plan, planSend } from './plan/plan-send.js';
export { type Sealing, sealOutgoing } from './plan/seal-outgoing.js';
export { type KeysOfPerson, loadJids, loadKeys, saveKeys } from './saved/keys.js';
export * as saved from './saved/reader.js';
export { savedElement } from './saved/stanza.js';
export { loadWorld, saveWorld } from './saved/world.js';
export {
  besideState,
  isToTell,
  type SeenState,
  stateElements,
  stateIn,
  type ToldState,
} from './signals/chat-states.js';
export { type ReceiptToSend, receiptFor, receivedIn } from './signals/receipts.js';
