import { pick } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { forwarded, reply } from '../../xep/index.js';
import type { XmlElement } from '../../xml/element.js';
import { sealedMessage } from '../elements/e2e.js';

/**
 * The id of the message that a message answers: by XEP-0461, or as Kontalk's clients say it, by forwarding the
 * original inside (reference 6). `undefined` when it answers none, or one without an id.
 */
export function answeredId(payload: readonly XmlElement[]): string | undefined {
  const said = pick(reply, payload);
  if (said?.ok) return said.value.id;
  const original = pick(forwarded, payload);
  const message = original?.ok ? sealedMessage.parse(original.value.message) : undefined;
  return message?.ok ? message.value.id : undefined;
}

/**
 * What marks an answer for every reader: `<reply/>`, and the original for Kontalk's clients.
 * @param original the message that is answered, with its body and nothing else that it held
 */
export const answerTo = (original: {
  readonly id: string;
  readonly from: Jid;
  readonly body: XmlElement;
}): readonly XmlElement[] => [
  reply.build({ to: original.from, id: original.id }),
  forwarded.build({
    message: sealedMessage.build({ id: original.id, type: 'chat', payload: [original.body] }),
  }),
];
