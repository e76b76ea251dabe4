import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import type { PublishAvatar, PublishImage } from '../command.js';
import { answer, type Decision, type Notice, refuseWith } from '../decision.js';
import type { Environment, Found } from '../environment.js';
import { LARGEST_IMAGE } from '../model/avatar.js';
import { type Group, type Member, nextVersion } from '../model/group.js';
import { published } from '../present/avatar.js';
import { cardOf, nameOf } from '../present/card.js';
import { actionMessage } from '../present/system-message.js';
import { WORDING } from '../present/wording.js';
import { type Act, authorised, cardHolder } from './authority.js';
import { imageKept, infoOf, TOO_LARGE } from './images.js';

/** An image is given, to become an avatar with the next request; until then nobody sees it (reference 8.6). */
export function decidePublishImage(
  group: Group,
  command: PublishImage,
  found: Found,
  env: Environment,
): Decision {
  const { owner, from, id, base64 } = command;
  const allowed =
    owner === undefined
      ? authorised(group, from, 'change-group', env.now)
      : cardHolder(group, from, owner, env.now);
  if (!allowed.ok) return refuseWith(allowed.error);
  const result: Notice = { kind: 'result', payload: [published(command.node, id)] };
  if (id === '') return { events: [], notices: [result] };
  const kept = imageKept(id, base64, found.image, env);
  return kept.ok ? { events: kept.value, notices: [result] } : refuseWith(kept.error);
}

/** The avatar of a member (reference 8.6) or of the group (11.6) is set, or taken away. */
export function decidePublishAvatar(
  group: Group,
  command: PublishAvatar,
  found: Found,
  env: Environment,
): Decision {
  if (command.owner === undefined) return decideGroupAvatar(group, command, found, env);
  const act = cardHolder(group, command.from, command.owner, env.now);
  if (!act.ok) return refuseWith(act.error);
  const avatar = wanted(command, found, env);
  return avatar.ok
    ? changeMemberAvatar(group, command, act.value, avatar.value, env)
    : refuseWith(avatar.error);
}

function changeMemberAvatar(
  group: Group,
  command: PublishAvatar,
  { actor, target }: Act,
  avatar: AvatarInfo | undefined,
  env: Environment,
): Decision {
  const result = published(command.node, avatar?.id);
  const same = avatar?.id === target.avatar?.id;
  if (same && target.chosen.avatar) return answer(result);
  const { privacy } = group.properties;
  const version = nextVersion(group, env.now);
  const changed = { kind: 'avatarChanged', member: target.id, avatar, version } as const;
  // What came from his vCard is now his choice: nobody sees a difference.
  if (same) return { events: [changed], notices: [{ kind: 'result', payload: [result] }] };
  const after: Member = { ...target, avatar };
  const self = actor.id === target.id;
  const who = nameOf(privacy, target);
  const text = self ? WORDING.avatarUpdated(who) : WORDING.avatarUpdatedBy(who, nameOf(privacy, actor));
  const mark = { type: 'update', version, users: [cardOf(group, after, env)] } as const;
  const message = actionMessage(group, self ? after : actor, mark, text, env);
  return {
    events: [changed, { kind: 'messagePosted', message }],
    notices: [
      { kind: 'result', payload: [result] },
      { kind: 'system', message },
      { kind: 'avatar', of: target.id, to: 'members' },
    ],
  };
}

function decideGroupAvatar(group: Group, command: PublishAvatar, found: Found, env: Environment): Decision {
  const actor = authorised(group, command.from, 'change-group', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const avatar = wanted(command, found, env);
  if (!avatar.ok) return refuseWith(avatar.error);
  const result = published(command.node, avatar.value?.id);
  if (avatar.value?.id === group.avatar?.id) return answer(result);
  // The list of members is what it was: its version stays.
  const mark = { type: 'update', version: group.version, users: [] } as const;
  const text = WORDING.groupAvatarChanged(nameOf(group.properties.privacy, actor.value));
  const message = actionMessage(group, actor.value, mark, text, env);
  return {
    events: [
      { kind: 'groupAvatarChanged', avatar: avatar.value },
      { kind: 'messagePosted', message },
    ],
    notices: [
      { kind: 'result', payload: [result] },
      { kind: 'system', message },
      { kind: 'avatar', of: undefined, to: 'members' },
    ],
  };
}

/**
 * The avatar that is asked for. Its image must have been given before. One that lies elsewhere (`info@url`) is
 * not fetched and not passed on: whoever keeps it would learn where all the members are.
 */
function wanted(
  { info }: PublishAvatar,
  { image }: Found,
  env: Environment,
): Result<AvatarInfo | undefined, StanzaError> {
  if (info === undefined) return ok(undefined);
  if (info.bytes > LARGEST_IMAGE) return err(TOO_LARGE);
  if (image === undefined) {
    return err(refusal('item-not-found', `There is no image ${info.id}: publish the image itself first`));
  }
  return ok(infoOf(image.id, image.base64, info.type, env));
}
