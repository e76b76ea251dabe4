export { type AvatarEvent, readAvatarEvent } from './avatar-event.js';
export { type Disclosed, readDisclosed } from './disclosed.js';
export { type DisplayedMarker, readDisplayed } from './displayed.js';
export { type ReadInvitation, readInvitation } from './invitation.js';
export {
  type ArchivedItem,
  type GroupMessage,
  readArchived,
  readEcho,
  readGroupMessage,
} from './message.js';
export { type GroupPresence, readGroupPresence } from './presence.js';
export { type RefusedMessage, readRefused } from './refused.js';
export { mentionedId, type Relations } from './relations.js';
export { type RewriteNotice, readRewrite } from './rewrite.js';
