import { pick } from '../../codec/index.js';
import { bareOf, type Jid, resourceOf } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Message } from '../../stanza/stanza.js';
import type { ChatState } from '../../xep/0085-chat-states.js';
import { correction } from '../../xep/0308-last-message-correction.js';
import { displayed } from '../../xep/0333-displayed-markers.js';
import { originId } from '../../xep/0359-stanza-ids.js';
import { retraction } from '../../xep/0424-message-retraction.js';
import { fallback } from '../../xep/0428-fallback.js';
import { reactions } from '../../xep/0444-message-reactions.js';
import { reply } from '../../xep/0461-message-replies.js';
import type { XmlElement } from '../../xml/element.js';
import { localName } from '../../xml/scope.js';
import type { Displayed, GroupCommand, Post } from '../command.js';
import { disclosure } from '../elements/disclosure.js';
import { invitation } from '../elements/invite.js';
import { body, posted } from '../elements/posted.js';
import { requestV0 } from '../v0/elements.js';
import { inV1 } from '../v0/namespaces.js';
import { interpretDisclosure } from './disclosure.js';
import { interpretEvent } from './profile.js';
import { anyName } from './rewrite.js';

/** As it is called now, and as it was in 2018 (reference 16). */
const OWN_RESOURCES = ['Group', 'Groupchat'];

/**
 * What a message asks of a group. `undefined`: nothing; markers and receipts are not passed on
 * (reference 6.6, trap T26), errors and headlines need no answer; one headline is word of its sender's avatar. What
 * is for one member alone (13.6) is no message to all, whatever else it carries.
 * @param source the same message as it came
 */
export function interpretMessage(
  message: Message,
  source: XmlElement,
): Result<GroupCommand | undefined, StanzaError> {
  if (message.type === 'error') return ok(undefined);
  if (message.type === 'headline') return ok(interpretEvent(message));
  if (message.type === 'groupchat') {
    return err(
      refusal('bad-request', 'This group is a contact, not a conference: send messages of type chat'),
    );
  }
  const disclosing = pick(disclosure, message.payload);
  if (disclosing !== undefined) {
    // One that cannot be read must not become a message to all.
    return disclosing.ok
      ? ok(interpretDisclosure(disclosing.value, message.from))
      : err(refusal('bad-request', `${disclosing.error.path}: ${disclosing.error.reason}`));
  }
  const retracted = pick(retraction, message.payload);
  if (retracted?.ok) {
    return ok({ kind: 'retractMessage', from: message.from, message: anyName(retracted.value.id) });
  }
  const read = posted.parse(source);
  if (!read.ok) return err(refusal('bad-request', `${read.error.path}: ${read.error.reason}`));
  const bodies = read.value.bodies.filter(({ text }) => text.trim() !== '');
  // Groups are not invited anywhere (reference 4.2).
  if (message.payload.some(isInvitation)) return ok(undefined);
  const isText = bodies.length > 0;
  if (!isText && !message.payload.some((element) => reactions.is(element))) {
    return ok(displayedIn(message) ?? attendance(read.value.chatState, message.from));
  }
  return ok({
    kind: 'post',
    from: message.from,
    id: message.id,
    ...elsewhere(resourceOf(message.to)),
    // An empty origin-id names nothing: two messages that carry it are not the same one.
    originId: read.value.originId?.id || (read.value.retry ? message.id : undefined),
    bodies,
    payload: message.payload.filter(
      (element) => !body.is(element) && !originId.is(element) && (isText || !fallback.is(element)),
    ),
    ...namesIn(message.payload, isText),
    // A client of the first generation asks for its echo, and knows only that of then (reference 16).
    ...(message.payload.some((element) => requestV0.is(element)) ? { vocabulary: 'v0' } : {}),
  });
}

/** To put an element into the namespaces of today copies it: only what has the name is worth that. */
const isInvitation = (element: XmlElement): boolean =>
  localName(element) === invitation.name && invitation.is(inV1(element));

/** Clients write to the group's own resource as well as to its bare JID (reference 0.2). */
const elsewhere = (resource: string | undefined): Pick<Post, 'toResource'> =>
  resource === undefined || OWN_RESOURCES.includes(resource) ? {} : { toResource: resource };

/**
 * Chat states say who has the chat open (reference 5.2, trap T21), and who is writing in it. They are not passed on as
 * they are (6.6).
 */
function attendance(state: ChatState | undefined, from: Jid): GroupCommand | undefined {
  if (state === undefined) return undefined;
  if (state === 'composing' || state === 'paused') return { kind: 'typed', from, state };
  return { kind: state === 'active' ? 'opened' : 'closed', from, state };
}

/** A marker; of the ids in archives only that of the group's own counts (reference 6.6). */
function displayedIn({ payload, from, to }: Message): Displayed | undefined {
  const marker = pick(displayed, payload);
  if (!marker?.ok) return undefined;
  const { id, stanzaIds } = marker.value;
  const own = stanzaIds.find(({ by }) => bareOf(by) === bareOf(to));
  return {
    kind: 'displayed',
    from,
    message: { stanzaId: own && anyName(own.id).stanzaId, called: id === '' ? undefined : id },
  };
}

/** The messages that a message names. An id that is no number needs no translation: all members know it. */
function namesIn(payload: readonly XmlElement[], isText: boolean): Pick<Post, 'corrects' | 'refersTo'> {
  const corrected = isText ? pick(correction, payload) : undefined;
  if (corrected?.ok) return { corrects: anyName(corrected.value.id) };
  const referred = pick(reply, payload) ?? pick(reactions, payload);
  const stanzaId = referred?.ok ? anyName(referred.value.id).stanzaId : undefined;
  return stanzaId === undefined ? {} : { refersTo: { stanzaId } };
}
