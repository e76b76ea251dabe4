import { pubsub, pubsubEvent } from '../../xep/0060-pubsub.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { Host } from '../environment.js';
import type { Group, MemberId } from '../model/group.js';

/** An avatar as cards and events show it: with the address from which the image can be fetched, if it has one. */
const shownAvatar = ({ id, bytes, type }: AvatarInfo, { avatarsAt }: Host): AvatarInfo => ({
  id,
  bytes,
  type,
  url: avatarsAt === undefined ? undefined : avatarsAt + id,
});

/** The children of `<metadata/>`: none where there is no avatar. */
export const shownInfos = (avatar: AvatarInfo | undefined, host: Host): readonly AvatarInfo[] =>
  avatar === undefined ? [] : [shownAvatar(avatar, host)];

/** The result of a publication (XEP-0060, section 7.1.1); some clients read there what it was (reference 8.6). */
export const published = (node: string, id: string | undefined): XmlElement =>
  pubsub.build({ publish: { node, items: [{ id }] } });

/** Word of the avatar that a member, or without `of` the group itself, has now (reference 8.6, 11.6). */
export function avatarEvent(group: Group, of: MemberId | undefined, host: Host): XmlElement {
  const avatar = of === undefined ? group.avatar : group.members.get(of)?.avatar;
  const node = of === undefined ? NS.avatarMetadata : `${NS.avatarMetadata}#${of}`;
  const metadata = { infos: shownInfos(avatar, host) };
  return pubsubEvent.build({ items: { node, items: [{ id: avatar?.id, metadata }] } });
}
