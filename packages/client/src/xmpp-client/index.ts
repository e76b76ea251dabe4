export { connectionOf, type XmppClient } from './connection-of.js';
export { type Answering, announceFeatures, type ClientFeatures } from './features.js';
