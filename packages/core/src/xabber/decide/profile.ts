import type { BareJid } from '../../jid/index.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import type { Profile } from '../command.js';
import { type Decision, NOTHING, type Notice, say } from '../decision.js';
import type { Environment, Found } from '../environment.js';
import type { GroupEvent } from '../model/events.js';
import { type Group, type Member, memberByJid, nextVersion } from '../model/group.js';
import { nameOf } from '../present/card.js';
import { imageKept, infoOf, isTrusted } from './images.js';

/** Whether the group takes over what the servers of its members say of them (reference 5.4, 8.1). */
export const collectsFrom = (group: Group, member: Member | undefined): member is Member =>
  group.properties.privacy === 'public' &&
  member !== undefined &&
  member.subscription !== 'none' &&
  member.preferences.collects;

/**
 * A user's server said who he is: his nickname and avatar are taken over (reference 8.1, 8.6), unless he has
 * chosen others for this group. A nickname is not announced: the next message carries the new card, and the
 * version of the member list has grown; of an avatar the members get word.
 */
export function decideProfile(group: Group, command: Profile, found: Found, env: Environment): Decision {
  const member = memberByJid(group, command.from);
  if (!collectsFrom(group, member)) return NOTHING;
  const given = command.nickname === member.nickname ? undefined : command.nickname;
  const nickname = member.chosen.nickname ? undefined : given;
  const picture = pictureOf(group, member, command, found, env);
  if (nickname === undefined && picture.avatar === undefined) {
    return { events: picture.events, notices: picture.notices };
  }
  return {
    events: [
      ...picture.events,
      {
        kind: 'profileTaken',
        member: member.id,
        nickname,
        badge: nickname === undefined ? undefined : distinguishingBadge(group, member, nickname, env),
        avatar: picture.avatar,
        version: nextVersion(group, env.now),
      },
    ],
    notices: picture.notices,
  };
}

/** A user's vCard has changed: it is asked for, if anything of it may be taken over. */
export function decideVCardChanged(group: Group, from: BareJid): Decision {
  const member = memberByJid(group, from);
  if (!collectsFrom(group, member)) return NOTHING;
  const { nickname, avatar } = member.chosen;
  return nickname && avatar ? NOTHING : say({ kind: 'question', about: member.jid, topic: 'changed' });
}

/** What becomes of the avatar that is offered. */
interface Picture {
  readonly events: readonly GroupEvent[];
  readonly notices: readonly Notice[];
  readonly avatar?: AvatarInfo | 'none' | undefined;
}

const NO_CHANGE: Picture = { events: [], notices: [] };

/**
 * An avatar is shown when its image is there: until then the user's server is asked for it. An image that is
 * stored already will do, but only if the id is its hash; else anybody could put another in its place.
 */
function pictureOf(
  group: Group,
  member: Member,
  command: Profile,
  { image: stored }: Found,
  env: Environment,
): Picture {
  const { avatar, image } = command;
  if (avatar === undefined || member.chosen.avatar) return NO_CHANGE;
  const isHeard = member.subscription === 'both' && group.status !== 'inactive';
  const notices: Notice[] = isHeard ? [{ kind: 'avatar', of: member.id, to: 'members' }] : [];
  if (avatar === 'none') {
    return member.avatar === undefined ? NO_CHANGE : { events: [], notices, avatar };
  }
  if (avatar.id === member.avatar?.id) return NO_CHANGE;
  if (image !== undefined) {
    const kept = imageKept(avatar.id, image, stored, env);
    return kept.ok
      ? { events: kept.value, notices, avatar: infoOf(avatar.id, image, avatar.type, env) }
      : NO_CHANGE;
  }
  if (stored !== undefined && isTrusted(stored, env)) {
    return { events: [], notices, avatar: infoOf(stored.id, stored.base64, avatar.type, env) };
  }
  return {
    events: [],
    notices: [{ kind: 'question', about: member.jid, topic: 'image', info: avatar }],
  };
}

/**
 * Nickname and badge together are unique in a group: who comes with a name that is taken gets a number. Taken
 * are the names of former members too, who may come back, and the JIDs that stand for a name not known yet.
 */
function distinguishingBadge(
  group: Group,
  member: Member,
  nickname: string,
  env: Environment,
): string | undefined {
  const taken = new Set<string>();
  for (const other of group.members.values()) {
    if (other.id !== member.id && nameOf('public', other) === nickname) taken.add(other.badge);
  }
  if (!taken.has(member.badge)) return undefined;
  for (let range = 1000; ; range *= 10) {
    const badge = String(1 + env.random(range));
    if (!taken.has(badge)) return badge;
  }
}
