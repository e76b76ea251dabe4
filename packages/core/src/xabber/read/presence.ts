import { pick } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { type Presence, presence } from '../../stanza/stanza.js';
import type { XmlElement } from '../../xml/element.js';
import { type GroupInfo, groupInfo } from '../elements/group-info.js';

/** A presence as a client reads it: of a group when it has `info`. */
export interface GroupPresence {
  readonly from: Jid;
  readonly type: NonNullable<Presence['type']> | 'available';
  readonly info: GroupInfo | undefined;
}

/** Reads a presence (reference 1.4, 3.4); `undefined` when the stanza is none. */
export function readGroupPresence(element: XmlElement): GroupPresence | undefined {
  const read = presence.is(element) ? presence.parse(element) : undefined;
  if (!read?.ok) return undefined;
  const info = pick(groupInfo, read.value.payload);
  return {
    from: read.value.from,
    type: read.value.type ?? 'available',
    info: info?.ok ? info.value : undefined,
  };
}
