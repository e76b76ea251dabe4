import type { Jid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Message } from '../../stanza/stanza.js';
import { originId } from '../../xep/0359-stanza-ids.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { localName } from '../../xml/scope.js';
import type { GroupCommand } from '../command.js';
import { body, posted } from '../elements/posted.js';

/**
 * What a message asks of a group. `undefined`: nothing; markers and receipts are not passed on
 * (reference 6.6, trap T26), errors and headlines need no answer.
 * @param source the same message as it came
 */
export function interpretMessage(
  message: Message,
  source: XmlElement,
): Result<GroupCommand | undefined, StanzaError> {
  if (message.type === 'error' || message.type === 'headline') return ok(undefined);
  if (message.type === 'groupchat') {
    return err(
      refusal('bad-request', 'This group is a contact, not a conference: send messages of type chat'),
    );
  }
  const read = posted.parse(source);
  if (!read.ok) return err(refusal('bad-request', `${read.error.path}: ${read.error.reason}`));
  const bodies = read.value.bodies.filter(({ text }) => text.trim() !== '');
  if (message.payload.some(isInvitation)) return ok(undefined);
  if (bodies.length === 0) return ok(attendance(read.value.chatState, message.from));
  return ok({
    kind: 'post',
    from: message.from,
    id: message.id,
    // An empty origin-id names nothing: two messages that carry it are not the same one.
    originId: read.value.originId?.id || (read.value.retry ? message.id : undefined),
    bodies,
    payload: message.payload.filter((element) => !body.is(element) && !originId.is(element)),
  });
}

/** Chat states say who has the chat open (reference 5.2, trap T21); they are not passed on. */
function attendance(state: 'active' | 'inactive' | 'gone' | undefined, from: Jid): GroupCommand | undefined {
  return state && { kind: state === 'active' ? 'opened' : 'closed', from };
}

/** Groups are not invited anywhere (reference 4.2). */
const isInvitation = (element: XmlElement): boolean =>
  localName(element) === 'invite' && element.attrs.xmlns === NS.groupsInvite;
