import { pick } from '../../codec/index.js';
import type { BareJid } from '../../jid/index.js';
import { message } from '../../stanza/stanza.js';
import type { XmlElement } from '../../xml/element.js';
import { type GroupInfo, groupInfo } from '../elements/group-info.js';
import { invitation } from '../elements/invite.js';

/** An invitation as a client reads it (reference 4.2). */
export interface ReadInvitation {
  readonly group: BareJid;
  /** Who invites; nothing when he wrote himself. */
  readonly by:
    | { readonly jid?: string | undefined; readonly id: string; readonly nickname?: string | undefined }
    | undefined;
  readonly reason: string | undefined;
  readonly info: GroupInfo | undefined;
  readonly element: XmlElement;
}

/** Reads an invitation (reference 4.2); `undefined` when the stanza is none. */
export function readInvitation(element: XmlElement): ReadInvitation | undefined {
  const envelope = message.is(element) ? message.parse(element) : undefined;
  if (!envelope?.ok || envelope.value.type === 'error') return undefined;
  const read = pick(invitation, envelope.value.payload);
  if (!read?.ok) return undefined;
  const info = pick(groupInfo, envelope.value.payload);
  const { jid, user, reason } = read.value;
  return { group: jid, by: user, reason, info: info?.ok ? info.value : undefined, element };
}
