import { pick } from '../../codec/index.js';
import { reactions } from '../../xep/0444-message-reactions.js';
import { reply } from '../../xep/0461-message-replies.js';
import type { XmlElement } from '../../xml/element.js';
import { mention } from '../elements/mention.js';
import { reference } from '../elements/reference.js';
import { replaced } from '../elements/rewrite.js';

/** What a message has to do with other messages, and with members. */
export interface Relations {
  /** All reactions that the author has from now on to the message with this `id` (XEP-0444). */
  readonly reactions: { readonly id: string; readonly emojis: readonly string[] } | undefined;
  /** The `id` of the message that it answers (XEP-0461). */
  readonly answered: string | undefined;
  /** Who is meant in the text (reference 6.1): the addresses as the author's client wrote them. */
  readonly mentions: readonly string[];
  /** When it got the text that it has now, if that is not the first one (reference 12.5). */
  readonly edited: string | undefined;
}

/** @param payload the children of a message */
export function relationsIn(payload: readonly XmlElement[]): Relations {
  const reacted = pick(reactions, payload);
  const answer = pick(reply, payload);
  const edit = pick(replaced, payload);
  return {
    reactions: reacted?.ok ? reacted.value : undefined,
    answered: answer?.ok ? answer.value.id : undefined,
    mentions: payload.flatMap(mentionsIn),
    edited: edit?.ok ? edit.value.stamp : undefined,
  };
}

function mentionsIn(element: XmlElement): string[] {
  const read = reference.is(element) ? reference.parse(element) : undefined;
  if (!read?.ok) return [];
  return read.value.payload.flatMap((child) => {
    const found = mention.is(child) ? mention.parse(child) : undefined;
    return found?.ok ? [found.value.address] : [];
  });
}

/** The id of a member in the address of a mention (reference 6.1); `undefined` when it names none by his id. */
export const mentionedId = (address: string): string | undefined => /\?id=(\w+)$/.exec(address)?.[1];
