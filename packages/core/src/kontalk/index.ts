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
export { type Consequence, consequenceOf, type Fault } from './containers/fault.js';
export { type Opened, type OpenedBytes, open, openBytes } from './containers/open.js';
export type * from './containers/open-pgp.js';
export { type SealFault, type Signer, seal, sealBytes } from './containers/seal.js';
export { type ContainerVerdict, verdictOf } from './containers/verdict.js';
export { type AttachedFile, attachment } from './elements/attachment.js';
export { e2e, sealedMessage, sealedStanza } from './elements/e2e.js';
export { kontalkKey } from './elements/public-key.js';
export { recording } from './elements/recording.js';
export * from './keys/announced.js';
export { backupCode } from './keys/backup-code.js';
export * from './keys/choose-keys.js';
export * from './keys/known-key.js';
export * from './keys/kontalk-keys.js';
export * from './keys/user-id.js';
export { answeredId, answerTo } from './media/answer.js';
export { decideFetch, type FetchDecision, type FetchLimits } from './media/attached-file.js';
export {
  besideState,
  isToTell,
  type SeenState,
  stateElements,
  stateIn,
  type ToldState,
} from './signals/chat-states.js';
export { type ReceiptToSend, receiptFor, receivedIn } from './signals/receipts.js';
