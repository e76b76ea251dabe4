import type { BareJid } from '../../jid/index.js';
import { none, withEntry, withoutEntry } from './entries.js';
import type { DatedEvent, DatedPassingEvent } from './events.js';
import { disclosureKey, NO_PACE } from './group.js';
import { groupFrom, type LoadedGroup, NO_LISTS } from './loaded-group.js';
import { change, enlist, erase, known, restrictionsOf, seenAt } from './member-changes.js';
import { noteWritten } from './recent.js';
import { NO_RIGHTS } from './rights.js';
import { typingAfter } from './typing.js';

/**
 * The group after `event`. The only writer of the model: it changes the group that it is given and returns
 * it. `undefined` stands for the group before its `groupCreated` and after its `groupDeleted`.
 * @throws Error when the event cannot have happened to this group; the caller's state is wrong then
 */
export function evolve(
  group: LoadedGroup | undefined,
  jid: BareJid,
  event: DatedEvent | DatedPassingEvent,
): LoadedGroup | undefined {
  if (event.kind === 'groupCreated') {
    if (group !== undefined) throw new Error(`${jid}: created twice`);
    return groupFrom(
      {
        jid,
        properties: event.properties,
        status: 'discussion',
        pinned: 0,
        createdAt: event.at,
        avatar: undefined,
        parent: event.parent,
        pace: NO_PACE,
        version: 0,
        lastStanzaId: 0,
        newestStanzaId: 0,
        rewriteVersion: 0,
      },
      NO_LISTS,
    );
  }
  if (group === undefined) throw new Error(`${jid}: ${event.kind} of a group that does not exist`);
  group.typing = typingAfter(group.typing, event);
  switch (event.kind) {
    case 'groupDeleted':
      return undefined;
    case 'joinRequested':
      enlist(group, event, undefined);
      return group;
    case 'invited':
      enlist(group, event, event.by);
      return group;
    case 'invitationEnded':
      change(group, event.member, event.version, { subscription: 'none', invitedBy: undefined });
      return group;
    case 'memberJoined':
      change(group, event.member, event.version, {
        subscription: 'both',
        invitedBy: undefined,
        joinedAt: event.at,
        lastSeen: event.at,
      });
      return group;
    case 'memberLeft':
      change(group, event.member, event.version, {
        subscription: 'none',
        invitedBy: undefined,
        rights: restrictionsOf(group.members.get(event.member)?.rights ?? NO_RIGHTS),
        lastSeen: event.at,
      });
      group.sessions = withoutEntry(group.sessions, event.member);
      return group;
    case 'profileTaken': {
      const before = group.members.get(event.member);
      change(group, event.member, event.version, {
        nickname: event.nickname ?? before?.nickname,
        badge: event.badge ?? before?.badge ?? '',
        avatar: event.avatar === 'none' ? undefined : (event.avatar ?? before?.avatar),
      });
      return group;
    }
    case 'rightGranted': {
      const rights = new Map(group.members.get(event.member)?.rights);
      change(group, event.member, event.version, { rights: rights.set(event.right, event.until) });
      return group;
    }
    case 'rightRevoked': {
      const rights = new Map(group.members.get(event.member)?.rights);
      rights.delete(event.right);
      change(group, event.member, event.version, { rights: rights.size === 0 ? NO_RIGHTS : rights });
      return group;
    }
    case 'defaultRestrictionSet':
      group.defaultRestrictions =
        event.seconds === undefined
          ? withoutEntry(group.defaultRestrictions, event.restriction)
          : withEntry(group.defaultRestrictions, event.restriction, event.seconds);
      return group;
    case 'blockAdded':
      group.blocks = withEntry(group.blocks, event.block.address, event.block);
      return group;
    case 'blockRemoved':
      group.blocks = withoutEntry(group.blocks, event.address);
      return group;
    case 'propertiesChanged':
      group.properties = event.properties;
      return group;
    case 'statusChanged':
      group.status = event.status;
      if (event.status === 'inactive') group.sessions = none();
      return group;
    case 'paceChanged':
      group.pace = event.pace;
      return group;
    case 'messagePinned':
      group.pinned = event.stanzaId;
      return group;
    case 'groupAvatarChanged':
      group.avatar = event.avatar;
      return group;
    case 'cardChanged': {
      const before = known(group, event.member);
      change(group, event.member, event.version, {
        nickname: event.nickname ?? before.nickname,
        badge: event.badge ?? before.badge,
        chosen: { ...before.chosen, nickname: before.chosen.nickname || event.nickname !== undefined },
      });
      return group;
    }
    case 'avatarChanged':
      change(group, event.member, event.version, {
        avatar: event.avatar,
        chosen: { ...known(group, event.member).chosen, avatar: true },
      });
      return group;
    case 'preferencesChanged': {
      const member = known(group, event.member);
      group.members.set(member.id, { ...member, preferences: event.preferences });
      return group;
    }
    case 'memberSeen': {
      const devices = new Map(group.sessions.get(event.member));
      if (event.present) devices.set(event.resource, event.at);
      else devices.delete(event.resource);
      group.sessions =
        devices.size === 0
          ? withoutEntry(group.sessions, event.member)
          : withEntry(group.sessions, event.member, devices);
      change(group, event.member, event.version, { lastSeen: event.at });
      return group;
    }
    case 'privateChatOpened':
      group.privateChats = withEntry(group.privateChats, event.pair, event.chat);
      return group;
    case 'disclosureOpened':
      group.disclosures = withEntry(group.disclosures, disclosureKey(event.disclosure), event.disclosure);
      return group;
    case 'disclosureEnded':
      group.disclosures = withEntry(group.disclosures, disclosureKey(event), {
        from: event.from,
        to: event.to,
        type: 'over',
        reason: '',
      });
      return group;
    case 'disclosureClosed':
      group.disclosures = withoutEntry(group.disclosures, disclosureKey(event));
      return group;
    case 'messageRetracted':
    case 'historyRetracted':
    case 'messageReplaced':
      if (event.kind === 'messageReplaced') noteWritten(group.recent, event);
      else group.newestStanzaId = event.newest;
      group.rewriteVersion = Math.max(group.rewriteVersion, event.version);
      return group;
    case 'accountErased':
      erase(group, event);
      return group;
    case 'avatarStored':
    case 'avatarForgotten':
    case 'messagesCleaned':
    case 'rewritesCleaned':
      // Images and archives are kept by the Store alone.
      return group;
    case 'typingAsked':
    case 'typed':
    case 'typingForgotten':
      return group;
    case 'messagePosted':
      if (event.message.author !== undefined) {
        const author = known(group, event.message.author);
        group.members.set(author.id, seenAt(author, event.at));
        noteWritten(group.recent, event);
      }
      group.lastStanzaId = Math.max(group.lastStanzaId, event.message.stanzaId);
      group.newestStanzaId = event.message.stanzaId;
      return group;
  }
}
