/**
 * Xabber groups: elements, commands, decisions and events of the host, what clients read of it, and the `Store` port.
 * @module @xmpp-groups/core/xabber
 */
export { answerHost } from './answer/host.js';
export * from './command.js';
export { decide } from './decide/decide.js';
export { type Lookup, lookupFor } from './decide/lookup.js';
export { calledSo, LATEST, type NamedMessage } from './decide/named.js';
export * from './decision.js';
export { assignedJid } from './elements/assigned-jid.js';
export { collect, notPresentMark, peerToPeer, presentMark } from './elements/attendance.js';
export { block, blockList, unblock } from './elements/block.js';
export { type CreateRequest, create } from './elements/create.js';
export { defaultRights } from './elements/default-rights.js';
export { archived, deliveryTime, echo } from './elements/delivery.js';
export { disclosed, disclosure } from './elements/disclosure.js';
export { fileSharing, sharedFile, voiceMessage } from './elements/file-sharing.js';
export { type GroupInfo, groupInfo } from './elements/group-info.js';
export { decline, invitation, invitations, invite, revoke } from './elements/invite.js';
export { kick } from './elements/kick.js';
export { members } from './elements/members.js';
export { mention } from './elements/mention.js';
export {
  defaultPermissions,
  newbiePermissions,
  type PermissionEntry,
  permissions,
} from './elements/permissions.js';
export { body, posted } from './elements/posted.js';
export { previousId } from './elements/previous.js';
export { chatPartner, chatPartnerInBase, existingChat, existingGroup } from './elements/private-chat.js';
export { authorMark, cardReference, reference } from './elements/reference.js';
export { removal, removalByJid } from './elements/removal.js';
export * from './elements/rewrite.js';
export { rights } from './elements/rights.js';
export { type SearchRequest, search, searchResult } from './elements/search.js';
export { infoQuery, propertiesQuery, statusQuery } from './elements/settings.js';
export { systemMark } from './elements/system-message.js';
export { typing } from './elements/typing.js';
export { update } from './elements/update.js';
export { updates } from './elements/updates.js';
export { type UserCard, user } from './elements/user.js';
export * from './environment.js';
export { ARCHIVE_FIELDS } from './interpret/archive-query.js';
export { interpretGroupIq, interpretHostIq } from './interpret/iq.js';
export { interpretMessage } from './interpret/message.js';
export { interpretPresence } from './interpret/presence.js';
export { interpretImage, interpretProfile } from './interpret/profile.js';
export { assignedTo, memberIdIn } from './model/assigned.js';
export * from './model/avatar.js';
export { erasedJid } from './model/erased.js';
export * from './model/events.js';
export { evolve } from './model/evolve.js';
export * from './model/group.js';
export { groupFrom, type KeptGroup, type KeptLists, type LoadedGroup } from './model/loaded-group.js';
export { carriesAny, MEDIA, type Medium } from './model/media.js';
export { PERMISSION_NAMES, type PermissionName } from './model/permission-names.js';
export * from './model/rights.js';
export { type Delivery, deliveryOf } from './present/delivery.js';
export { listTexts, type MemberList } from './present/member-list.js';
export { type Asked, present, questionPayload, speakerOf } from './present/present.js';
export { RIGHTS_FORM_FIELDS } from './present/rights-form.js';
export * from './read/index.js';
export * from './store.js';
export * from './v0/elements.js';
