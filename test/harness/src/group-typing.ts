import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { message } from '@xmpp-groups/core/stanza';
import { authorMark, type UserCard } from '@xmpp-groups/core/xabber';
import { type ChatState, chatStateIn } from '@xmpp-groups/core/xep';
import type { XmlElement } from '@xmpp-groups/core/xml';

/** Who does what, as a group tells devices that asked for it. */
export interface TypingNotice {
  readonly group: BareJid;
  readonly type: string | undefined;
  readonly state: ChatState;
  readonly card: UserCard;
}

/** What a group says of somebody's typing; `undefined`: the stanza is something else. */
export function readTyping(stanza: XmlElement): TypingNotice | undefined {
  const envelope = message.parse(stanza);
  if (!envelope.ok) return undefined;
  const { from, payload, type } = envelope.value;
  const state = chatStateIn(payload);
  const author = pick(authorMark, payload);
  if (state === undefined || !author?.ok) return undefined;
  return { group: bareOf(from), type, state, card: author.value.card.user };
}
