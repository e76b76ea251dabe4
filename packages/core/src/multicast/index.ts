/**
 * XEP-0033: a multicast service as a function, and how senders find and use one.
 * @module @xmpp-groups/core/multicast
 */
export { answerIq } from './answer.js';
export { inBatches } from './batches.js';
export type { MulticastConfiguration } from './configuration.js';
export { type DeliveredCopy, deliveredCopy, listedApart } from './delivered.js';
export { type DirectedPresence, noteDirected } from './directed.js';
export { fanOut } from './fan-out.js';
export { blindListText } from './list-text.js';
export { acknowledged, isSent, type Outbox, outboxOf } from './outbox.js';
export { type Allowance, type RateLimits, spend, USUAL_RATES } from './rate.js';
export { isFromService, type Piece, piecesOn, type Route, routeAfter, routeTo } from './route.js';
export {
  type Answers,
  type FoundService,
  NO_ANSWERS,
  type Question,
  type Search,
  searchService,
  stillHolds,
} from './search.js';
export { serve } from './serve.js';
export { type MulticastService, servesBlind, serviceIn } from './service.js';
