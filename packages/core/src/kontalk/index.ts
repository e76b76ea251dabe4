export { checkGroup } from './command/check-group.js';
export * from './command/command.js';
export { keyText, newGroupId, readKey, sameKey } from './command/key.js';
export { readGroup } from './command/read-group.js';
export { writeGroup } from './command/write-group.js';
export * from './delivery/sent.js';
export { type GroupElement, group } from './elements/group.js';
export { CHAT_STATES, clientMessage, groupMessage } from './elements/message.js';
export { continues, handover, left, type StateElement, state, syncRequest } from './elements/state.js';
export { acceptInvitation, type Confirmation, confirmOwnerKey } from './evaluate/confirm.js';
export { type Evaluation, evaluate, retry } from './evaluate/evaluate.js';
export * from './evaluate/incoming.js';
export { type Unwrapped, unwrap } from './evaluate/unwrap.js';
export { stateHash, stateText } from './extension/hash.js';
export type { Held } from './hold/hold.js';
export * from './model/group.js';
export { LIMITS } from './model/limits.js';
export { activeMembers, hasParted, isActive, isIn, recipients } from './model/members.js';
export { emptyWorld, groupOf, type World, withoutGroup } from './model/world.js';
export type { Action, Means, PlanError, Service } from './plan/action.js';
export {
  type Clear,
  clearStanzas,
  innerMessage,
  type Outgoing,
  type Sealed,
  sealedStanzas,
} from './plan/outgoing.js';
export { type Plan, planSend } from './plan/plan-send.js';
export { type Envelope, nextWay, ways } from './plan/ways.js';
export { loadWorld, saveWorld } from './saved/world.js';
