import { refusal } from '../../stanza/error.js';
import type { GroupCommand } from '../command.js';
import { type Decision, refuseWith } from '../decision.js';
import type { Group } from '../model/group.js';

/**
 * Which commands a group takes while it is inactive (reference 5.5; 15, rows 49 and 53): no change for all,
 * but deletion and the way back, a status. What a member decides for himself, his leaving, and questions are
 * taken, and so is the retraction of messages: the reference does not refuse it (12.5), and whoever switches a group
 * off because of what was written there wants to clear it away. Where `true` stands for messages and for joining, they are refused in their own way where they are
 * decided.
 */
const TAKEN: Readonly<Record<GroupCommand['kind'], boolean>> = {
  adHoc: true,
  allRights: true,
  appeared: true,
  approved: true,
  archive: true,
  archiveForm: true,
  beginPrivateChat: true,
  block: false,
  blocks: true,
  changeCard: false,
  closed: true,
  create: true,
  decline: true,
  defaultPermissions: true,
  defaultRights: true,
  delete: true,
  disappeared: true,
  discoInfo: true,
  discoItems: true,
  disclose: false,
  displayed: true,
  dissolve: true,
  erase: true,
  info: true,
  invitations: true,
  invite: false,
  kick: false,
  last: true,
  left: true,
  member: true,
  members: true,
  opened: true,
  openPrivateChat: false,
  permissions: true,
  pin: false,
  ping: true,
  post: true,
  probed: true,
  profile: true,
  properties: true,
  publishAvatar: false,
  publishImage: false,
  readAvatar: true,
  replace: false,
  retractAll: true,
  retractMessage: true,
  retractUser: true,
  revoke: false,
  rewrites: true,
  rights: true,
  setDefaultPermissions: false,
  setDefaultRights: false,
  setPermissions: false,
  setProperties: false,
  setRights: false,
  setStatus: true,
  setTyping: false,
  setUpdates: true,
  status: true,
  subscribe: true,
  sweep: true,
  tick: true,
  time: true,
  transferOwnership: false,
  typed: true,
  typing: true,
  unblock: false,
  updates: true,
  vcard: true,
  vcardChanged: true,
  version: true,
};

/** The refusal of a command that an inactive group does not take; `undefined`: it may be decided. */
export const refusedAsInactive = (group: Group, command: GroupCommand): Decision | undefined =>
  group.status === 'inactive' && !TAKEN[command.kind]
    ? refuseWith(refusal('not-allowed', 'The group is inactive: give it another status first'))
    : undefined;
