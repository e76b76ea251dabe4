import { withAttrs } from '../../codec/index.js';
import { originId } from '../../xep/0359-stanza-ids.js';
import { reactions } from '../../xep/0444-message-reactions.js';
import { reply } from '../../xep/0461-message-replies.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { escapedLength, serialise } from '../../xml/serialise.js';
import type { Post } from '../command.js';
import { body } from '../elements/posted.js';
import { authorMark } from '../elements/reference.js';
import { replaced } from '../elements/rewrite.js';
import type { Environment } from '../environment.js';
import type { ArchivedMessage, PlacedMessage } from '../model/events.js';
import { type Group, type Member, nextStanzaId, type StanzaId } from '../model/group.js';
import { cardOf, nameOf } from './card.js';
import { isForged } from './forged.js';
import { unlessJid, withoutJids } from './incognito.js';
import { idsText, stampOf } from './message-ids.js';
import { shifted } from './shifted.js';

/**
 * A member's message as all will read it (reference 6.2): with its ids, the author's card, and his name in
 * front of the text for clients that know nothing of groups.
 * @param about the message that it answers or reacts to, where it is known
 */
export function authoredMessage(
  group: Group,
  author: Member,
  command: Post,
  about: ArchivedMessage | undefined,
  env: Environment,
): PlacedMessage {
  const stanzaId = nextStanzaId(group, env.now);
  const id = shown(group, command.id, env);
  const origin = shown(group, command.originId, env);
  const payload = command.payload.map((child) => readdressed(group, child, about));
  return {
    stanzaId,
    previous: group.newestStanzaId,
    author: author.id,
    id: id ?? origin ?? env.newId(),
    originId: command.originId,
    text: command.bodies[0]?.text ?? '',
    xml: authoredText(group, author, { bodies: command.bodies, payload }, stanzaId, env) + originText(origin),
  };
}

/**
 * `original` with another text: the same message, at its place in the archive and under its ids, so that clients
 * that are told of it again do not take it for another one.
 */
export function rewrittenMessage(
  group: Group,
  author: Member,
  original: ArchivedMessage,
  written: Pick<Post, 'bodies' | 'payload'>,
  env: Environment,
): ArchivedMessage {
  const origin = shown(group, original.originId, env);
  const payload = written.payload
    .filter((child) => !originId.is(child))
    .map((child) => readdressed(group, child, undefined));
  return {
    ...original,
    text: written.bodies[0]?.text ?? '',
    xml:
      replaced.print({ stamp: stampOf(env.now * 1000) }, NS.client) +
      authoredText(group, author, { ...written, payload }, original.stanzaId, env) +
      originText(origin),
  };
}

const originText = (id: string | undefined): string =>
  id === undefined ? '' : originId.print({ id }, NS.client);

/** Some clients put the JID of their user into ids and languages. */
const shown = (group: Group, value: string | undefined, env: Environment): string | undefined =>
  group.properties.privacy === 'incognito' ? unlessJid(group, value, env) : value;

function authoredText(
  group: Group,
  author: Member,
  { bodies, payload }: Pick<Post, 'bodies' | 'payload'>,
  stanzaId: StanzaId,
  env: Environment,
): string {
  const header = bodies.length === 0 ? '' : `${nameOf(group.properties.privacy, author)}:\n`;
  const range = header === '' ? {} : { begin: 0, end: escapedLength(header) };
  const kept = payload.filter((child) => !isForged(child));
  const clean = group.properties.privacy === 'incognito' ? withoutJids(group, kept, env) : kept;
  const card = { type: 'mutable', ...range, user: cardOf(group, author, env) };
  return [
    authorMark.print({ card }, NS.client),
    idsText(group.jid, stanzaId),
    ...bodies.map(({ lang, text }) =>
      body.print({ lang: shown(group, lang, env), text: header + text }, NS.client),
    ),
    ...clean.map((child) => serialise(shifted(child, header), NS.client)),
  ].join('');
}

/**
 * Answers and reactions name a message, and its author, as the clients of all members know them: for them the
 * group has written it, under the id that its author gave it.
 */
function readdressed(group: Group, child: XmlElement, about: ArchivedMessage | undefined): XmlElement {
  const named: Record<string, string> = about === undefined ? {} : { id: about.id };
  if (reply.is(child)) return withAttrs(child, { to: group.jid, ...named });
  return reactions.is(child) ? withAttrs(child, named) : child;
}
