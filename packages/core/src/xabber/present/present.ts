import { type BareJid, type FullJid, type Jid, withResource } from '../../jid/index.js';
import { vcard } from '../../xep/0054-vcard-temp.js';
import { pubsub } from '../../xep/0060-pubsub.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import { chatState } from '../../xep/0085-chat-states.js';
import { displayed } from '../../xep/0333-displayed-markers.js';
import { noPermanentStore, noStore, store } from '../../xep/0334-hints.js';
import { retraction } from '../../xep/0424-message-retraction.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { serialise } from '../../xml/serialise.js';
import type { Notice } from '../decision.js';
import { body } from '../elements/posted.js';
import { authorMark } from '../elements/reference.js';
import { systemMark } from '../elements/system-message.js';
import type { Environment } from '../environment.js';
import type { ArchivedMessage } from '../model/events.js';
import { type Group, memberJids, typingJids } from '../model/group.js';
import { audienceOf, listenersOf, readersOf } from './audience.js';
import { avatarEvent } from './avatar.js';
import { cardOf } from './card.js';
import { correctionContent } from './correction.js';
import { type Delivery, deliveryOf, deliveryOfText } from './delivery.js';
import { disclosedPayload } from './disclosed.js';
import { echoContent, historyItems, placedText, receivedContent } from './envelopes.js';
import { invitationPayload } from './invitation.js';
import { presencePayload } from './presence.js';

/** The resource from which a group speaks (reference 0.2). */
const RESOURCE = 'Group';

/** `verona@groups.example.com/Group`. */
export function speakerOf(group: BareJid): FullJid {
  const speaker = withResource(group, RESOURCE);
  if (!speaker.ok) throw new Error(`${group} with the resource ${RESOURCE}: ${speaker.error.reason}`);
  return speaker.value;
}

/** What a notice needs to know of the request that it answers; only results and histories do. */
export interface Asked {
  /** The JID that was asked: answers come from exactly it (trap T3). */
  readonly to: Jid;
  readonly from: Jid;
  readonly id: string;
}

const HINT = serialise(noPermanentStore.build({}), NS.client);
const STORE = serialise(store.build({}), NS.client);

/**
 * The stanzas for a notice of the group at `jid`, given the group as it is after the events of the decision.
 * `question`s, results of IQs and long lists are left to the caller, who keeps the ids of IQs, and so
 * are other groups.
 * @param group `undefined` when there is none; then nothing but a parting can be said
 * @throws Error for any other notice of a group that does not exist
 */
export function present(
  jid: BareJid,
  group: Group | undefined,
  notice: Exclude<Notice, { kind: 'result' | 'list' | 'question' | 'pass' }>,
  asked: Asked | undefined,
  env: Environment,
): Delivery[] {
  if (notice.kind === 'parting') {
    const attrs = { from: speakerOf(jid), type: notice.type };
    const recipients = typeof notice.to === 'string' ? [notice.to] : notice.to;
    return [deliveryOf('presence', attrs, [], recipients, false)];
  }
  if (group === undefined) throw new Error(`${jid}: ${notice.kind} from a group that does not exist`);
  const hint = env.host.archiveHint ? HINT : '';
  switch (notice.kind) {
    case 'presence': {
      const recipients = typeof notice.to === 'string' ? listenersOf(group, env, notice.to) : notice.to;
      const away = notice.type === undefined && group.status === 'inactive' ? 'unavailable' : notice.type;
      const attrs = { from: speakerOf(jid), type: away };
      const payload = presencePayload(group, env, notice.vocabulary);
      return [deliveryOf('presence', attrs, payload, recipients, false)];
    }
    case 'invitation': {
      // No hint: it has to wait for somebody who is away, and to be found again on his other devices.
      const from = group.parent === undefined ? group.jid : speakerOf(jid);
      const attrs = { from, type: 'chat', id: env.newId() };
      return [deliveryOf('message', attrs, invitationPayload(group, notice), [notice.to], false)];
    }
    case 'disclosed': {
      // Like an invitation it has to wait for somebody who is away.
      const attrs = { from: speakerOf(jid), type: 'chat', id: env.newId() };
      return [deliveryOf('message', attrs, disclosedPayload(group, notice, env), [notice.to], false)];
    }
    case 'copies': {
      const { author, id } = notice.message;
      const attrs = { from: group.jid, type: 'chat', id };
      const content = placedText(notice.message) + hint;
      return [deliveryOfText('message', attrs, content, readersOf(group, env, author), true)];
    }
    case 'system': {
      const attrs = { from: speakerOf(jid), type: 'chat', id: notice.message.id };
      const recipients = listenersOf(group, env, notice.to ?? 'members');
      return [deliveryOfText('message', attrs, placedText(notice.message) + hint, recipients, true)];
    }
    case 'echo': {
      const content = echoContent(notice.message, notice.author, group.jid);
      const attrs = { from: group.jid, type: 'headline', id: env.newId() };
      return [deliveryOfText('message', attrs, content, notice.to, true)];
    }
    case 'received': {
      const content = receivedContent(notice.message, notice.author, group.jid);
      const attrs = { from: group.jid, type: 'headline', id: env.newId() };
      return [deliveryOfText('message', attrs, content, [notice.author], false)];
    }
    case 'explanation': {
      const payload = [systemMark.build({ users: notice.users }), body.build({ text: notice.text })];
      const attrs = { from: speakerOf(jid), type: 'chat', id: env.newId() };
      return [deliveryOf('message', attrs, payload, [notice.to], false)];
    }
    case 'avatar': {
      // A device that comes online gets it like the event of a contact (reference 11.6).
      const attrs = {
        from: notice.to === 'members' ? speakerOf(jid) : group.jid,
        type: 'headline',
        id: env.newId(),
      };
      const recipients = notice.to === 'members' ? memberJids(group) : notice.to;
      const event = avatarEvent(group, notice.of, env.host);
      return [deliveryOf('message', attrs, [event], recipients, notice.to === 'members')];
    }
    case 'history': {
      const attrs = { from: asked?.to ?? group.jid };
      const around = deliveryOfText('message', attrs, '', [notice.to], false);
      const item = historyItems(group.jid, notice);
      const items = notice.messages.map((message): Delivery => ({ ...around, content: item(message) }));
      const end = notice.end && deliveryOf('message', attrs, [notice.end], [notice.to], false);
      return end === undefined ? items : [...items, end];
    }
    case 'rewritten': {
      const attrs = { from: speakerOf(jid), type: 'headline', id: env.newId() };
      const told = notice.to === 'members' ? audienceOf(group, env) : readersOf(group, env, undefined);
      return [deliveryOfText('message', attrs, notice.notification, told, true)];
    }
    case 'rewrites':
      return notice.notifications.map((notification) => {
        const attrs = { from: group.jid, type: 'headline', id: env.newId() };
        return deliveryOfText('message', attrs, notification, [notice.to], false);
      });
    case 'retraction': {
      const { author, id } = notice.message;
      const attrs = { from: voiceOf(group, notice.message), type: 'chat', id: env.newId() };
      const content = serialise(retraction.build({ id }), NS.client) + STORE + hint;
      return [deliveryOfText('message', attrs, content, audienceOf(group, env, author), true)];
    }
    case 'correction': {
      const { author } = notice.message;
      const attrs = { from: group.jid, type: 'chat', id: env.newId() };
      const content = correctionContent(group, notice.message) + hint;
      return [deliveryOfText('message', attrs, content, readersOf(group, env, author), true)];
    }
    case 'typing': {
      // A chat that is told to a device goes to another one when it is not there; a headline is dropped.
      const attrs = { from: group.jid, type: 'headline', id: env.newId() };
      const card = { type: 'mutable', user: cardOf(group, notice.by, env) };
      const payload = [authorMark.build({ card }), chatState(notice.state), noStore.build({})];
      const recipients = notice.to ?? typingJids(group, env.now, notice.by.id);
      return recipients.length === 0 ? [] : [deliveryOf('message', attrs, payload, recipients, false)];
    }
    case 'seen': {
      const { id, stanzaId } = notice.message;
      const attrs = { from: voiceOf(group, notice.message), type: 'chat', id: env.newId() };
      const marker = displayed.build({ id, stanzaIds: [{ by: group.jid, id: String(stanzaId) }] });
      return [deliveryOf('message', attrs, [marker], toldOf(group, notice), false)];
    }
  }
}

/** From where a message came: what the group says itself comes from its resource. */
const voiceOf = (group: Group, message: ArchivedMessage): Jid =>
  message.author === undefined ? speakerOf(group.jid) : group.jid;

/** Who is told that a message was seen: its author if he is still there, all others if it has none. */
function toldOf(group: Group, { message, by }: Extract<Notice, { kind: 'seen' }>): Jid[] {
  if (message.author === undefined) return memberJids(group, by);
  const author = group.members.get(message.author);
  return author?.subscription === 'both' ? [author.jid] : [];
}

/**
 * The payload of the question that a group asks a user's server about him (reference 3.1, 8.6); a `picture` takes
 * two of them.
 */
export function questionPayload(
  question: { readonly topic: 'vcard' | 'avatar' } | { readonly topic: 'image'; readonly info: AvatarInfo },
): XmlElement {
  switch (question.topic) {
    case 'vcard':
      return vcard.build({});
    case 'avatar':
      return pubsub.build({ items: { node: NS.avatarMetadata, items: [] } });
    case 'image':
      return pubsub.build({ items: { node: NS.avatarData, items: [{ id: question.info.id }] } });
  }
}
