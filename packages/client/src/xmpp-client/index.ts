export { connectionOf, type XmppClient } from './connection-of.js';
