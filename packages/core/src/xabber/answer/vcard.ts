import { vcard } from '../../xep/0054-vcard-temp.js';
import { answer, type Decision } from '../decision.js';
import { mediaTypeOf } from '../model/avatar.js';
import type { Group } from '../model/group.js';
import { STATUS_LABELS } from '../present/wording.js';
import type { AvatarImage } from '../store.js';

/**
 * The vCard of a group, for everybody: xabber-web takes the group's properties from it (reference 11.7).
 * `X-MEMBERS` is as exact as the number in the presence (appendix D.12).
 * Clients that know nothing of groups find the avatar here.
 */
export const answerVCard = (group: Group, image: AvatarImage | undefined): Decision =>
  answer(
    vcard.build({
      nickname: group.properties.name,
      photo: image && { mediaType: mediaTypeOf(image.base64), base64: image.base64 },
      jabberId: group.jid,
      description: group.properties.description,
      privacy: group.properties.privacy,
      index: group.properties.index,
      membership: group.properties.membership,
      status: STATUS_LABELS[group.status],
      members: String(group.size),
    }),
  );

/** Larger avatars stay out of the vCard, which clients ask for often and without need. */
const LARGEST_PHOTO = 65_536;

/** The id of the image that is to be looked up for the vCard; `undefined`: none. */
export const photoFor = ({ avatar }: Group): string | undefined =>
  avatar !== undefined && avatar.bytes <= LARGEST_PHOTO ? avatar.id : undefined;
