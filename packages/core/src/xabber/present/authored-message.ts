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
import { unlessJid, withoutJids } from './incognito.js';
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
  const kept = command.payload.filter((child) => !isReplaced(child));
  const incognito = group.properties.privacy === 'incognito';
  const payload = incognito ? withoutJids(group, kept) : kept;
  // Some clients put the JID of their user into ids.
  const shown = (value: string | undefined) => (incognito ? unlessJid(group, value) : value);
  const [id, origin] = [shown(command.id), shown(command.originId)];
  const children: XmlElement[] = [
    authorMark.build({
      card: { type: 'mutable', begin: 0, end: shift, user: cardOf(group, author, env) },
    }),
    ...idsOf(group.jid, stanzaId),
    ...command.bodies.map(({ lang, text }) => body.build({ lang: shown(lang), text: header + text })),
    fallback.build({ for: NS.groups, ranges: [{ start: 0, end: [...header].length }], others: [] }),
    ...payload.map((child) => shifted(child, header)),
    ...(origin === undefined ? [] : [originId.build({ id: origin })]),
  ];
  return {
    stanzaId,
    author: author.id,
    id: id ?? origin ?? env.newId(),
    originId: command.originId,
    text: command.bodies[0]?.text ?? '',
    xml: children.map((child) => serialise(child, NS.client)).join(''),
  };
}

/**
 * What the group says itself, and so may not come from a member (reference 6.2, step 4): to the others it would
 * come from the group. Some would take a forged echo, result of the archive or retraction for a real one.
 */
const REPLACED: readonly (readonly [namespace: string, name: string])[] = [
  [NS.groups, 'x'],
  [NS.stanzaIds, 'stanza-id'],
  [NS.archivedTmp, 'archived'],
  [NS.previous, 'previous-id'],
  [NS.addresses, 'addresses'],
  [NS.mam, 'result'],
  [NS.mam1, 'result'],
  [NS.mam0, 'result'],
];

/** The same, whatever the name of the element. Chat states are between two people (reference 6.6). */
const REPLACED_NAMESPACES: ReadonlySet<string> = new Set([
  NS.chatStates,
  NS.delivery,
  NS.pubsubEvent,
  NS.rewrite,
  NS.rewriteNotify,
]);

function isReplaced(child: XmlElement): boolean {
  const namespace = child.attrs.xmlns ?? STANZA_SCOPE.namespace;
  if (child.name === 'x' && namespace.startsWith(`${NS.groups}#`)) return true;
  if (REPLACED_NAMESPACES.has(namespace)) return true;
  if (REPLACED.some(([space, name]) => namespace === space && child.name === name)) return true;
  if (fallback.is(child)) return child.attrs.for === NS.groups;
  if (!reference.is(child)) return false;
  const read = reference.parse(child);
  return !read.ok || read.value.type === 'groupchat';
}

/**
 * What points into the text has to count the header too: references in escaped characters (trap T11), the
 * ranges of XEP-0428 in characters. What has no offsets stays as it is.
 */
function shifted(child: XmlElement, header: string): XmlElement {
  if (fallback.is(child)) return shiftedFallback(child, [...header].length);
  if (!reference.is(child)) return child;
  const shift = escapedLength(header);
  const read = reference.parse(child);
  if (!read.ok || read.value.begin === undefined || read.value.end === undefined) return child;
  return withAttrs(child, {
    begin: String(read.value.begin + shift),
    end: String(read.value.end + shift),
  });
}

/** Without `start` a range begins with the author's text, without `end` it reaches to the end of the body. */
function shiftedFallback(source: XmlElement, shift: number): XmlElement {
  const read = fallback.parse(source);
  if (!read.ok) return source;
  const moved = ({ start, end }: { start?: number | undefined; end?: number | undefined }) =>
    start === undefined && end === undefined
      ? {}
      : { start: (start ?? 0) + shift, end: end === undefined ? undefined : end + shift };
  return fallback.build({ ...read.value, ranges: read.value.ranges.map(moved) });
}
