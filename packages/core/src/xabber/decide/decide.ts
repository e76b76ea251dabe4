import type { BareJid } from '../../jid/index.js';
import { bareOf } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import { answerArchive, answerArchiveForm } from '../answer/archive.js';
import { answerAvatar } from '../answer/avatar.js';
import { answerBlocks } from '../answer/blocks.js';
import { answerGroupInfo, answerGroupItems } from '../answer/group-disco.js';
import { answerInvitations } from '../answer/invitations.js';
import { answerMember, answerMembers } from '../answer/members.js';
import { answerDefaultPermissions, answerPermissions } from '../answer/permissions.js';
import { answerRewrites } from '../answer/rewrites.js';
import { answerAllRights, answerDefaultRights, answerRights } from '../answer/rights.js';
import { answerService } from '../answer/service.js';
import { answerInfo, answerProperties, answerStatus, answerUpdates } from '../answer/settings.js';
import { answerVCard } from '../answer/vcard.js';
import type { GroupCommand } from '../command.js';
import { type Decision, NOTHING, refuseWith, say } from '../decision.js';
import type { Environment, Found } from '../environment.js';
import type { Group } from '../model/group.js';
import { inWordsOf } from '../v0/answers.js';
import { decideAdHoc } from './ad-hoc.js';
import { decidePublishAvatar, decidePublishImage } from './avatar.js';
import { decideBlock, decideUnblock } from './block.js';
import { decideChangeCard } from './card.js';
import { decideCreate } from './create.js';
import { decideDelete, dissolution } from './delete.js';
import { decideDisclose } from './disclosure.js';
import { decideErase } from './erase.js';
import { decideExpired } from './expired.js';
import { identified } from './identified.js';
import { refusedAsInactive } from './inactive.js';
import { withIndexing } from './indexing.js';
import { decideDecline, decideInvite, decideRevoke } from './invite.js';
import { decideApproved, decideSubscribe } from './join.js';
import { decideKick } from './kick.js';
import { decideLeft } from './leave.js';
import { decideTransferOwnership } from './ownership.js';
import { decideSetDefaultPermissions, decideSetPermissions } from './permissions.js';
import { decidePin } from './pin.js';
import { decidePost } from './post.js';
import { decideAppeared, decideProbed } from './presence.js';
import { decideOpenPrivateChat } from './private-chat.js';
import { decideBeginPrivateChat } from './private-chat-begin.js';
import { decideProfile, decideVCardChanged } from './profile.js';
import { decideProperties } from './properties.js';
import { decideReplace } from './replace.js';
import { decideRetractAll, decideRetractMessage, decideRetractUser } from './retract.js';
import { decideSetDefaultRights, decideSetRights } from './rights.js';
import { decideDisplayed } from './seen.js';
import { decideClosed, decideOpened, decideSweep } from './sessions.js';
import { decideStatus } from './status.js';
import { andForgotten, andStopped, answerTyping, decideSetTyping, decideTyped } from './typing.js';
import { decideUpdates } from './updates.js';

/**
 * What a group does about a command: a pure function. Family by family the rules are in the files beside this
 * one; requests that change nothing are in `../answer`.
 * @param group the group as it is, `undefined` when there is none at `jid`; it is only read
 * @param found what `lookupFor` asked for
 */
export const decide = (
  group: Group | undefined,
  jid: BareJid,
  command: GroupCommand,
  found: Found,
  env: Environment,
): Decision => {
  const known = group === undefined ? command : identified(group, command);
  const decision = decideCommand(group, jid, known, found, env);
  return inWordsOf({ command: known, jid, group, env }, withIndexing(group, decision, env));
};

function decideCommand(
  group: Group | undefined,
  jid: BareJid,
  command: GroupCommand,
  found: Found,
  env: Environment,
): Decision {
  if (command.kind === 'create') return decideCreate(group, jid, command, env);
  if (command.kind === 'beginPrivateChat') return decideBeginPrivateChat(group, jid, command, env);
  if (group === undefined) return decideWithoutGroup(jid, command);
  const refused = refusedAsInactive(group, command);
  if (refused !== undefined) return refused;
  switch (command.kind) {
    case 'subscribe':
      return decideSubscribe(group, command, env);
    case 'approved':
      return decideApproved(group, command.from, env);
    case 'left':
      return decideLeft(group, command.from, env);
    case 'appeared':
      return decideAppeared(group, command);
    case 'probed':
      return decideProbed(group, command.from);
    case 'opened':
      return andStopped(decideOpened(group, command.from, env), group, command.from, command.state);
    case 'closed':
      return andStopped(
        decideClosed(group, command.from, env),
        group,
        command.from,
        command.state ?? 'inactive',
      );
    case 'disappeared':
      return andStopped(decideClosed(group, command.from, env), group, command.from, 'gone');
    case 'typed':
      return decideTyped(group, command, env);
    case 'typing':
      return answerTyping(group, command.from);
    case 'setTyping':
      return decideSetTyping(group, command, env);
    case 'sweep':
      return andForgotten(decideSweep(group, env), group, env);
    case 'setProperties':
      return decideProperties(group, command, env);
    case 'setStatus':
      return decideStatus(group, command, env);
    case 'pin':
      return decidePin(group, command, found, env);
    case 'setUpdates':
      return decideUpdates(group, command);
    case 'adHoc':
      return decideAdHoc(group, command, env);
    case 'delete':
      return decideDelete(group, command.from, env);
    case 'openPrivateChat':
      return decideOpenPrivateChat(group, command, found, env);
    case 'dissolve':
      // Somebody may have made another group of this name.
      return group.parent === undefined ? NOTHING : dissolution(group);
    case 'properties':
      return answerProperties(group, command.from, env);
    case 'status':
      return answerStatus(group, command.from, env);
    case 'info':
      return answerInfo(group, command.from);
    case 'updates':
      return answerUpdates(group, command.from);
    case 'post':
      return decidePost(group, command, found, env);
    case 'displayed':
      return decideDisplayed(group, command, found.message);
    case 'retractMessage':
      return decideRetractMessage(group, command, found, env);
    case 'retractUser':
      return decideRetractUser(group, command, found, env);
    case 'retractAll':
      return decideRetractAll(group, command, env);
    case 'replace':
      return decideReplace(group, command, found.message, env);
    case 'profile':
      return decideProfile(group, command, found, env);
    case 'vcardChanged':
      return decideVCardChanged(group, command.from);
    case 'erase':
      return decideErase(group, command, found, env);
    case 'invite':
      return decideInvite(group, command, env);
    case 'decline':
      return decideDecline(group, command.from, env);
    case 'revoke':
      return decideRevoke(group, command, env);
    case 'invitations':
      return answerInvitations(group, command.from, env);
    case 'kick':
      return decideKick(group, command, env);
    case 'block':
      return decideBlock(group, command, env);
    case 'unblock':
      return decideUnblock(group, command, env);
    case 'blocks':
      return answerBlocks(group, command.from, env);
    case 'disclose':
      return decideDisclose(group, command, env);
    case 'discoInfo':
      return answerGroupInfo(group, command, env);
    case 'discoItems':
      return answerGroupItems(group, command.node);
    case 'vcard':
      return answerVCard(group, found.image);
    case 'changeCard':
      return decideChangeCard(group, command, env);
    case 'publishImage':
      return decidePublishImage(group, command, found, env);
    case 'publishAvatar':
      return decidePublishAvatar(group, command, found, env);
    case 'readAvatar':
      return answerAvatar(group, command, found.image, env);
    case 'members':
      return answerMembers(group, command, env);
    case 'member':
      return answerMember(group, command, env);
    case 'allRights':
      return answerAllRights(group, command.from);
    case 'rights':
      return answerRights(group, command, env);
    case 'setRights':
      return decideSetRights(group, command, env);
    case 'defaultRights':
      return answerDefaultRights(group, command.from, env);
    case 'setDefaultRights':
      return decideSetDefaultRights(group, command, env);
    case 'permissions':
      return answerPermissions(group, command, env);
    case 'setPermissions':
      return decideSetPermissions(group, command, env);
    case 'defaultPermissions':
      return answerDefaultPermissions(group, command, env);
    case 'setDefaultPermissions':
      return decideSetDefaultPermissions(group, command, env);
    case 'transferOwnership':
      return decideTransferOwnership(group, command, env);
    case 'tick':
      return decideExpired(group, env);
    case 'archive':
      return answerArchive(group, command, found.page, env);
    case 'archiveForm':
      return answerArchiveForm(command.version);
    case 'rewrites':
      return answerRewrites(group, command, found.rewrites, env);
    default:
      return answerService(command, env);
  }
}

/**
 * There is no group at `jid`. Who asks to join is turned away; other presence is passed over in silence, also a
 * probe: an answer would empty the rosters of all members when a host is started with the wrong database.
 */
function decideWithoutGroup(jid: BareJid, command: GroupCommand): Decision {
  switch (command.kind) {
    case 'subscribe':
      return say({ kind: 'parting', to: bareOf(command.from), type: 'unsubscribed' });
    case 'approved':
    case 'left':
    case 'appeared':
    case 'probed':
    case 'profile':
    case 'vcardChanged':
    case 'erase':
    case 'tick':
    case 'opened':
    case 'closed':
    case 'disappeared':
    case 'typed':
    case 'sweep':
    case 'dissolve':
    case 'displayed':
      return NOTHING;
    default:
      return refuseWith(refusal('item-not-found', `There is no group ${jid}`));
  }
}
