import { pick } from '../../codec/index.js';
import { bareOf } from '../../jid/index.js';
import type { Iq, Message } from '../../stanza/stanza.js';
import { type VCard, vcard } from '../../xep/0054-vcard-temp.js';
import { type PubSub, pubsub, pubsubEvent } from '../../xep/0060-pubsub.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import { NS } from '../../xml/namespaces.js';
import type { Profile } from '../command.js';
import type { Digest } from '../environment.js';

/** Longer nicknames are cut: they stand in front of every message. */
const LONGEST_NICKNAME = 64;

/**
 * What the answer to a group's question says of a user (reference 3.1, 8.1): his vCard, or the metadata of his
 * avatar (XEP-0084). `undefined` when it says nothing.
 * @param answer the IQ of type `result`; the caller has checked that it answers a question of the group
 */
export function interpretProfile(answer: Iq, digest: Digest): Profile | undefined {
  const from = bareOf(answer.from);
  const card = pick(vcard, answer.payload);
  if (card?.ok) {
    return { kind: 'profile', from, nickname: nicknameOf(card.value), ...photoOf(card.value, digest) };
  }
  const items = pick(pubsub, answer.payload);
  const avatar = items?.ok ? avatarIn(items.value.items) : undefined;
  return avatar && { kind: 'profile', from, avatar };
}

/** The image of the avatar `info`, in the answer to the question for it. */
export function interpretImage(answer: Iq, info: AvatarInfo): Profile | undefined {
  const items = pick(pubsub, answer.payload);
  const found = items?.ok ? items.value.items?.items : undefined;
  const image = found?.find(({ id, data }) => id === info.id && data !== undefined)?.data?.base64;
  return image ? { kind: 'profile', from: bareOf(answer.from), avatar: info, image } : undefined;
}

/** Word of a user's server that he has another avatar, or none any more (XEP-0084, section 3.2). */
export function interpretEvent({ from, payload }: Message): Profile | undefined {
  const event = pick(pubsubEvent, payload);
  const avatar = event?.ok ? avatarIn(event.value.items) : undefined;
  return avatar && { kind: 'profile', from: bareOf(from), avatar };
}

/** The image of which the server has the data, when there are several (XEP-0084, section 4.2.1). */
function avatarIn(items: PubSub['items']): AvatarInfo | 'none' | undefined {
  if (items?.node !== NS.avatarMetadata) return undefined;
  const [item] = items.items;
  if (item?.metadata === undefined) return undefined;
  const { infos } = item.metadata;
  return infos.find(({ id }) => id === item.id) ?? infos[0] ?? 'none';
}

/** NICKNAME, else given and family name, else FN (reference 8.1). On one line: it becomes a line of its own. */
function nicknameOf(card: VCard): string | undefined {
  const fullName = [card.name?.given, card.name?.family].filter((part) => part?.trim()).join(' ');
  for (const candidate of [card.nickname, fullName, card.fullName]) {
    const name = candidate?.replace(/[\s\p{Cc}]+/gu, ' ').trim();
    if (name) return [...name].slice(0, LONGEST_NICKNAME).join('');
  }
  return undefined;
}

function photoOf(card: VCard, digest: Digest): Pick<Profile, 'avatar' | 'image'> {
  const image = card.photo?.base64?.replace(/\s+/g, '');
  const digested = image ? digest(image) : undefined;
  if (digested === undefined) return {};
  const { sha1: id, bytes } = digested;
  return { avatar: { id, bytes, type: card.photo?.mediaType?.trim() || 'image/png' }, image };
}
