import { pick } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { message } from '../../stanza/stanza.js';
import type { XmlElement } from '../../xml/element.js';
import {
  allRetracted,
  invalidate,
  messageReplaced,
  messageRetracted,
  userRetracted,
} from '../elements/rewrite.js';
import { type GroupMessage, readGroupMessage } from './message.js';

/** What a group tells of a rewriting of its archive (reference 12.5). */
export interface RewriteNotice {
  readonly what: 'retract-message' | 'retract-user' | 'retract-all' | 'replace' | 'invalidate';
  readonly from: Jid;
  /** The message, or the member whose messages are gone. */
  readonly id: string | undefined;
  readonly by: Jid | undefined;
  readonly version: number;
  readonly conversation: Jid;
  readonly type: string | undefined;
  /** The message as it is now. */
  readonly message: GroupMessage | undefined;
}

/** Reads a headline of a group; `undefined` when it is none of a rewriting. */
export function readRewrite(element: XmlElement): RewriteNotice | undefined {
  const envelope = message.is(element) ? message.parse(element) : undefined;
  if (!envelope?.ok || envelope.value.type !== 'headline') return undefined;
  const { from, to, payload } = envelope.value;
  const nothing = { from, id: undefined, by: undefined, message: undefined };
  const one = pick(messageRetracted, payload);
  if (one?.ok)
    return { ...nothing, ...one.value, by: one.value.by, type: one.value.type, what: 'retract-message' };
  const user = pick(userRetracted, payload);
  if (user?.ok) return { ...nothing, ...user.value, type: user.value.type, what: 'retract-user' };
  const all = pick(allRetracted, payload);
  if (all?.ok) return { ...nothing, ...all.value, type: all.value.type, what: 'retract-all' };
  const tooMuch = pick(invalidate, payload);
  if (tooMuch?.ok) return { ...nothing, ...tooMuch.value, type: tooMuch.value.type, what: 'invalidate' };
  const changed = pick(messageReplaced, payload);
  if (!changed?.ok) return undefined;
  const { id, version, conversation, type, message: inner } = changed.value;
  // It has no addresses of its own: it is as if the group had sent it.
  const whole = readGroupMessage({ ...inner, attrs: { ...inner.attrs, from: conversation, to } });
  return { ...nothing, what: 'replace', id, version, conversation, type, message: whole };
}
