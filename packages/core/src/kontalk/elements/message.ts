import { attr, element, jid, list, rest, text, textChildren, whichChild } from '../../codec/index.js';
import { CHAT_STATES } from '../../xep/0085-chat-states.js';
import { NS } from '../../xml/namespaces.js';
import { group } from './group.js';

/**
 * A message on a client's stream: without `from` it is from the own account, and without `type` it is normal
 * (RFC 6120, section 8.1.2.1; RFC 6121, section 5.2.2).
 */
export const clientMessage = element('message', NS.client, 'RFC 6121 section 5', {
  from: attr('from', jid).optional,
  to: attr('to', jid).optional,
  id: attr('id', text).optional,
  type: attr('type', text).optional,
  payload: rest(),
});

/** What a group reads of a message, be it as delivered or out of an encrypted payload. */
export const groupMessage = element('message', NS.client, 'reference 1.6', {
  groups: list(group),
  bodies: textChildren('body', NS.client, text),
  chatState: whichChild(NS.chatStates, CHAT_STATES).optional,
  payload: rest(),
});
