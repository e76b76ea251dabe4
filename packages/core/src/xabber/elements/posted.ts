import { attr, child, content, element, flag, list, text, whichChild } from '../../codec/index.js';
import { CHAT_STATES } from '../../xep/0085-chat-states.js';
import { originId } from '../../xep/0359-stanza-ids.js';
import { NS } from '../../xml/namespaces.js';

/** The text of a message, one for each language (RFC 6121, section 5.2.3). */
export const body = element('body', NS.client, 'RFC 6121 section 5.2.3', {
  lang: attr('xml:lang', text).optional,
  text: content(text),
});

/** What a group reads of a message that a member sends; the envelope is read before. */
export const posted = element('message', NS.client, 'reference 6.1', {
  bodies: list(body, 20),
  originId: child(originId).optional,
  retry: flag('retry', NS.delivery),
  /** Whether the author has the chat open (reference 5.2, trap T21), and is writing (docs/typing.md). */
  chatState: whichChild(NS.chatStates, CHAT_STATES).optional,
});
