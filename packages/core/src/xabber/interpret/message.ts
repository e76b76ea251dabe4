import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Message } from '../../stanza/stanza.js';
import { originId } from '../../xep/0359-stanza-ids.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { localName } from '../../xml/scope.js';
import type { Post, Profile } from '../command.js';
import { body, posted } from '../elements/posted.js';
import { interpretEvent } from './profile.js';

/**
 * What a message asks of a group. `undefined`: nothing; chat states, markers and receipts are not passed on
 * (reference 6.6, trap T26), errors and headlines need no answer; one headline is word of its sender's avatar.
 * @param source the same message as it came
 */
export function interpretMessage(
  message: Message,
  source: XmlElement,
): Result<Post | Profile | undefined, StanzaError> {
  if (message.type === 'error') return ok(undefined);
  if (message.type === 'headline') return ok(interpretEvent(message));
  if (message.type === 'groupchat') {
    return err(
      refusal('bad-request', 'This group is a contact, not a conference: send messages of type chat'),
    );
  }
  const read = posted.parse(source);
  if (!read.ok) return err(refusal('bad-request', `${read.error.path}: ${read.error.reason}`));
  const bodies = read.value.bodies.filter(({ text }) => text.trim() !== '');
  if (bodies.length === 0 || message.payload.some(isInvitation)) return ok(undefined);
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

/** Groups are not invited anywhere (reference 4.2). */
const isInvitation = (element: XmlElement): boolean =>
  localName(element) === 'invite' && element.attrs.xmlns === NS.groupsInvite;
