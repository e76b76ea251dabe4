import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { PUBLIC_KEYS_NODE, presentedKeyIn, tellsOfNewKey } from '@xmpp-groups/core/kontalk';
import { message, presence } from '@xmpp-groups/core/stanza';
import { type AnnouncedKey, pubsubEvent } from '@xmpp-groups/core/xep';
import type { XmlElement } from '@xmpp-groups/core/xml';
import { addressed } from '../../addressed.js';
import type { Announcing } from './announce.js';
import { askForList, fetchKontalkKey, takeList } from './ask-keys.js';
import { type Context, inBackground, knownKeys } from './context.js';
import { hasRoomFor, takeKeyring } from './take-keys.js';
import type { Turns } from './turns.js';

/** Takes keys, or word of them, out of a stanza that has come; what that needs happens later, one thing per person. */
export function takeStanza(context: Context, announcing: Announcing, turns: Turns, stanza: XmlElement): void {
  const { me } = context;
  const element = addressed(stanza, me, me);
  if (message.is(element)) {
    const read = message.parse(element);
    // Of his account an entity announces with its bare JID; what comes from devices is none of it (XEP-0163, section 4.3).
    if (read.ok && read.value.from === bareOf(read.value.from)) {
      takeEvent(context, announcing, turns, bareOf(read.value.from), read.value.payload);
    }
  } else if (presence.is(element)) {
    const read = presence.parse(element);
    if (read.ok) takePresence(context, turns, bareOf(read.value.from), read.value.payload);
  }
}

function takeEvent(
  context: Context,
  announcing: Announcing,
  turns: Turns,
  from: BareJid,
  payload: readonly XmlElement[],
): void {
  const event = pick(pubsubEvent, payload);
  if (event === undefined || !event.ok || !hasRoomFor(context, from)) return;
  const { items, deleted, purged } = event.value;
  if (![items, deleted, purged].some((part) => part?.node === PUBLIC_KEYS_NODE)) return;
  const list = items?.items[0]?.publicKeys?.keys;
  turns.run(from, async () => {
    // Word of a change may come without it (XEP-0373, section 4.2).
    const current: readonly AnnouncedKey[] = list ?? (await askForList(context, from)) ?? [];
    await takeList(context, from, current);
    if (from === context.me) await announcing.listSeen(current);
  });
}

function takePresence(context: Context, turns: Turns, from: BareJid, payload: readonly XmlElement[]): void {
  const presented = presentedKeyIn(payload);
  if (presented === undefined || from === context.me || !hasRoomFor(context, from)) return;
  const { keyring, fingerprint } = presented;
  if (keyring !== undefined) {
    inBackground(context, takeKeyring(context, from, keyring, fingerprint));
  } else if (tellsOfNewKey(presented, knownKeys(context, from))) {
    turns.run(from, () => fetchKontalkKey(context, from));
  }
}
