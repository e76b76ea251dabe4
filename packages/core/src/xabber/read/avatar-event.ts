import { pick } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { message } from '../../stanza/stanza.js';
import { pubsubEvent } from '../../xep/0060-pubsub.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';

/** Word of an avatar, as a client reads it (reference 8.6, 11.6). */
export interface AvatarEvent {
  readonly from: Jid;
  /** The id of the member whose it is; `undefined`: the group's own. */
  readonly owner: string | undefined;
  /** `undefined`: there is none any more. */
  readonly info: AvatarInfo | undefined;
}

/** Reads a headline with word of an avatar (reference 8.6, 11.6); `undefined` when the stanza is none. */
export function readAvatarEvent(element: XmlElement): AvatarEvent | undefined {
  const read = message.is(element) ? message.parse(element) : undefined;
  if (!read?.ok || read.value.type !== 'headline') return undefined;
  const event = pick(pubsubEvent, read.value.payload);
  const items = event?.ok ? event.value.items : undefined;
  const [node, owner] = items?.node.split('#') ?? [];
  if (node !== NS.avatarMetadata) return undefined;
  return { from: read.value.from, owner, info: items?.items[0]?.metadata?.infos[0] };
}
