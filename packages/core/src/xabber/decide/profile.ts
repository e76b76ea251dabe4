import type { Profile } from '../command.js';
import { type Decision, NOTHING } from '../decision.js';
import type { Environment } from '../environment.js';
import { type Group, type Member, memberByJid, nextVersion } from '../model/group.js';
import { nameOf } from '../present/card.js';

/**
 * A user's server said who he is: his nickname and avatar are taken over (reference 8.1). Nobody is told: the
 * next message carries the new card, and the version of the member list has grown.
 */
export function decideProfile(group: Group, command: Profile, env: Environment): Decision {
  const member = memberByJid(group, command.from);
  if (member === undefined || member.subscription === 'none' || group.properties.privacy === 'incognito') {
    return NOTHING;
  }
  // He does not want it (reference 5.4).
  if (!member.preferences.collects) return NOTHING;
  const nickname = command.nickname === member.nickname ? undefined : command.nickname;
  const avatar = command.avatar?.id === member.avatar?.id ? undefined : command.avatar;
  if (nickname === undefined && avatar === undefined) return NOTHING;
  return {
    events: [
      {
        kind: 'profileTaken',
        member: member.id,
        nickname,
        badge: nickname === undefined ? undefined : distinguishingBadge(group, member, nickname, env),
        avatar,
        version: nextVersion(group, env.now),
      },
    ],
    notices: [],
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
