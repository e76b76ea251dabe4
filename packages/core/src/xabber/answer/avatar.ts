import { bareOf } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import { pubsub } from '../../xep/0060-pubsub.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import type { ReadAvatar } from '../command.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import { type Group, type Member, memberByJid } from '../model/group.js';
import { shownInfos } from '../present/avatar.js';
import type { AvatarImage } from '../store.js';

const OUTSIDER = refuseWith(refusal('not-allowed', 'You are not a member of this group'));
const UNKNOWN = refuseWith(refusal('item-not-found', 'There is no such avatar'));

/** The asker, if he may see the members' cards (reference 8.2). */
function insider(group: Group, { from }: ReadAvatar): Member | undefined {
  const member = memberByJid(group, bareOf(from));
  return member?.subscription === 'none' ? undefined : member;
}

/** The avatar that the one has now whom the question is about. */
function present(group: Group, question: ReadAvatar, asker: Member | undefined): AvatarInfo | undefined {
  const { owner } = question;
  if (owner === undefined) return group.avatar;
  return owner === '' ? asker?.avatar : group.members.get(owner)?.avatar;
}

/**
 * The id of the image that is to be looked up in the Store; `undefined`: none. Members find all images that
 * were ever somebody's in the group, whoever is named, for old messages name them; others find the group's own
 * avatar (reference 11.6).
 */
export function imageFor(group: Group, question: ReadAvatar): string | undefined {
  if (question.part === 'metadata') return undefined;
  const asker = insider(group, question);
  const now = present(group, question, asker)?.id;
  const id = question.id || now;
  if (asker !== undefined) return id;
  return question.owner === undefined && id === now ? id : undefined;
}

/** An image, or what there is to know of somebody's avatar (reference 8.6, 11.6). */
export function answerAvatar(
  group: Group,
  question: ReadAvatar,
  image: AvatarImage | undefined,
  env: Environment,
): Decision {
  const { node, owner } = question;
  const asker = insider(group, question);
  if (owner !== undefined && asker === undefined) return OUTSIDER;
  if (question.part === 'data') {
    if (image === undefined) return UNKNOWN;
    const item = { id: image.id, data: { base64: image.base64 } };
    return answer(pubsub.build({ items: { node, items: [item] } }));
  }
  const avatar = present(group, question, asker);
  if (avatar === undefined || (question.id && question.id !== avatar.id)) return UNKNOWN;
  const item = { id: avatar.id, metadata: { infos: shownInfos(avatar, env.host) } };
  return answer(pubsub.build({ items: { node, items: [item] } }));
}
