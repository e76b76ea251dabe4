import { decodeBase64, encodeBase64 } from '@xmpp-groups/core/codec';
import type { BareJid } from '@xmpp-groups/core/jid';
import { pubsub } from '@xmpp-groups/core/xep';
import { NS } from '@xmpp-groups/core/xml';
import { GroupsError, unreadable } from '../errors.js';
import type { Wire } from '../wire.js';

/** An image. */
export interface Picture {
  readonly bytes: Uint8Array;
  /** Such as `image/png`. */
  readonly type: string;
}

/** Whose avatar: the group's own, or a member's by his id, `''` for oneself. */
export type AvatarOwner = 'group' | { readonly member: string };

const nodeOf = (node: string, owner: AvatarOwner): string =>
  owner === 'group' ? node : `${node}#${owner.member}`;

/** Publishes an avatar, the image before the word of it; resolves with its id (reference 8.6, 11.6). */
export async function publishAvatar(
  wire: Wire,
  group: BareJid,
  owner: AvatarOwner,
  { bytes, type }: Picture,
): Promise<string> {
  const attempt = { what: 'publish an avatar', to: group };
  const id = await wire.platform.sha1(bytes);
  const data = [{ id, data: { base64: encodeBase64(bytes) } }];
  await wire.change(attempt, pubsub.build({ publish: { node: nodeOf(NS.avatarData, owner), items: data } }));
  const metadata = [{ id, metadata: { infos: [{ id, bytes: bytes.length, type }] } }];
  const node = nodeOf(NS.avatarMetadata, owner);
  await wire.change(attempt, pubsub.build({ publish: { node, items: metadata } }));
  return id;
}

/** Takes an avatar away (reference 8.6). */
export async function removeAvatar(wire: Wire, group: BareJid, owner: AvatarOwner): Promise<void> {
  const node = nodeOf(NS.avatarMetadata, owner);
  const request = pubsub.build({ publish: { node, items: [{ metadata: { infos: [] } }] } });
  await wire.change({ what: 'remove an avatar', to: group }, request);
}

/** The image of an avatar, by its id (reference 8.6). */
export async function readAvatar(
  wire: Wire,
  group: BareJid,
  owner: AvatarOwner,
  id: string,
): Promise<Uint8Array> {
  const attempt = { what: 'fetch an avatar', to: group };
  const question = pubsub.build({ items: { node: nodeOf(NS.avatarData, owner), items: [{ id }] } });
  const answer = await wire.ask(attempt, question, pubsub);
  const base64 = answer.items?.items[0]?.data?.base64;
  if (base64 === undefined) throw new GroupsError(attempt, 'item-not-found', 'no image in the answer');
  const bytes = decodeBase64(base64);
  if (!bytes.ok) throw unreadable(attempt, { path: 'pubsub/items/item/data', reason: bytes.error });
  return bytes.value;
}
