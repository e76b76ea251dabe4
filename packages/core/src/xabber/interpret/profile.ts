import { pick } from '../../codec/index.js';
import { bareOf } from '../../jid/index.js';
import type { Iq } from '../../stanza/stanza.js';
import { type VCard, vcard } from '../../xep/0054-vcard-temp.js';
import { pubsub } from '../../xep/0060-pubsub.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import type { Profile } from '../command.js';

/** Longer nicknames are cut: they stand in front of every message. */
const LONGEST_NICKNAME = 64;

/** What the runner can find out about an image, given as base64; `undefined` when it is not base64. */
export type Digest = (base64: string) => { readonly sha1: string; readonly bytes: number } | undefined;

/**
 * What the answer to a group's question says of a user (reference 3.1, 8.1): his vCard, or the metadata of his
 * avatar (XEP-0084). `undefined` when it says nothing.
 * @param answer the IQ of type `result`; the caller has checked that it answers a question of the group
 */
export function interpretProfile(answer: Iq, digest: Digest): Profile | undefined {
  const from = bareOf(answer.from);
  const card = pick(vcard, answer.payload);
  if (card?.ok) {
    return { kind: 'profile', from, nickname: nicknameOf(card.value), avatar: photoOf(card.value, digest) };
  }
  const items = pick(pubsub, answer.payload);
  const avatar = items?.ok ? items.value.items.items[0]?.metadata?.infos[0] : undefined;
  return avatar && { kind: 'profile', from, avatar };
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

function photoOf(card: VCard, digest: Digest): AvatarInfo | undefined {
  const base64 = card.photo?.base64?.replace(/\s+/g, '');
  const image = base64 ? digest(base64) : undefined;
  return image && { id: image.sha1, bytes: image.bytes, type: card.photo?.mediaType?.trim() || 'image/png' };
}
