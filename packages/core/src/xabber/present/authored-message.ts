import { withAttrs } from '../../codec/index.js';
import { originId } from '../../xep/0359-stanza-ids.js';
import { fallback } from '../../xep/0428-fallback.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { STANZA_SCOPE } from '../../xml/scope.js';
import { escapedLength, serialise } from '../../xml/serialise.js';
import type { Post } from '../command.js';
import { body } from '../elements/posted.js';
import { authorMark, reference } from '../elements/reference.js';
import type { Environment } from '../environment.js';
import type { ArchivedMessage } from '../model/events.js';
import { type Group, type Member, nextStanzaId } from '../model/group.js';
import { cardOf, nameOf } from './card.js';
import { withoutJids } from './incognito.js';
import { idsOf } from './message-ids.js';

/**
 * A member's message as all will read it (reference 6.2): with its ids, the author's card, and his name in
 * front of the text for clients that know nothing of groups.
 */
export function authoredMessage(
  group: Group,
  author: Member,
  command: Post,
  env: Environment,
): ArchivedMessage {
  const header = `${nameOf(group.properties.privacy, author)}:\n`;
  const shift = escapedLength(header);
  const stanzaId = nextStanzaId(group, env.now);
  const kept = command.payload.filter((element) => !isReplaced(element));
  const payload = group.properties.privacy === 'incognito' ? withoutJids(group, kept) : kept;
  const children: XmlElement[] = [
    authorMark.build({
      card: { type: 'mutable', begin: 0, end: shift, user: cardOf(group, author, env.now) },
    }),
    ...idsOf(group.jid, stanzaId),
    ...command.bodies.map(({ lang, text }) => body.build({ lang, text: header + text })),
    fallback.build({ for: NS.groups, body: { start: 0, end: [...header].length } }),
    ...payload.map((element) => shifted(element, header)),
    ...(command.originId === undefined ? [] : [originId.build({ id: command.originId })]),
  ];
  return {
    stanzaId,
    author: author.id,
    id: command.id ?? command.originId ?? env.newId(),
    originId: command.originId,
    text: command.bodies[0]?.text ?? '',
    xml: children.map((element) => serialise(element, NS.client)).join(''),
  };
}

/** What the group says itself, and so may not come from a member (reference 6.2, step 4). */
const REPLACED: readonly (readonly [namespace: string, name: string])[] = [
  [NS.groups, 'x'],
  [NS.stanzaIds, 'stanza-id'],
  [NS.archivedTmp, 'archived'],
  [NS.delivery, 'time'],
  [NS.delivery, 'retry'],
  [NS.previous, 'previous-id'],
  [NS.addresses, 'addresses'],
];

function isReplaced(element: XmlElement): boolean {
  const namespace = element.attrs.xmlns ?? STANZA_SCOPE.namespace;
  if (element.name === 'x' && namespace.startsWith(`${NS.groups}#`)) return true;
  // Chat states are between two people (reference 6.6).
  if (namespace === NS.chatStates) return true;
  if (REPLACED.some(([space, name]) => namespace === space && element.name === name)) return true;
  if (!reference.is(element)) return false;
  const read = reference.parse(element);
  return !read.ok || read.value.type === 'groupchat';
}

/**
 * What points into the text has to count the header too: references in escaped characters (trap T11), the
 * ranges of XEP-0428 in characters. What has no offsets stays as it is.
 */
function shifted(element: XmlElement, header: string): XmlElement {
  if (fallback.is(element)) return shiftedFallback(element, [...header].length);
  if (!reference.is(element)) return element;
  const shift = escapedLength(header);
  const read = reference.parse(element);
  if (!read.ok || read.value.begin === undefined || read.value.end === undefined) return element;
  return withAttrs(element, {
    begin: String(read.value.begin + shift),
    end: String(read.value.end + shift),
  });
}

function shiftedFallback(element: XmlElement, shift: number): XmlElement {
  const read = fallback.parse(element);
  if (!read.ok || read.value.body?.start === undefined || read.value.body.end === undefined) return element;
  const { start, end } = read.value.body;
  return fallback.build({ for: read.value.for, body: { start: start + shift, end: end + shift } });
}
