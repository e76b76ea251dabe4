import { attr, element, text } from '../../codec/index.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { localName, namespaceOf } from '../../xml/scope.js';
import { reference } from '../elements/reference.js';
import { namespaceInV1 } from '../v0/namespaces.js';

/**
 * What the group says itself, and so may not come from a member (reference 6.2, step 4): to the others it would
 * come from the group. Some would take a forged echo, result of the archive, retraction or marker for a real one.
 */
const FORGED: readonly (readonly [namespace: string, name: string])[] = [
  [NS.groups, 'x'],
  [NS.groups, 'disclosed'],
  [NS.stanzaIds, 'stanza-id'],
  [NS.archivedTmp, 'archived'],
  [NS.previous, 'previous-id'],
  [NS.addresses, 'addresses'],
  [NS.mam, 'result'],
  [NS.mam1, 'result'],
  [NS.mam0, 'result'],
  [NS.receipts, 'received'],
  [NS.chatMarkers, 'received'],
  [NS.chatMarkers, 'displayed'],
  [NS.chatMarkers, 'acknowledged'],
];

/**
 * The same, whatever the name of the element. Chat states are between two people (reference 6.6). Corrections
 * and retractions that the group accepts it passes on in its own words: left in a message, those of one member
 * would change the message of another in clients that see but one contact.
 */
const FORGED_NAMESPACES: ReadonlySet<string> = new Set([
  NS.chatStates,
  NS.delivery,
  NS.fastening,
  NS.messageCorrection,
  NS.messageModeration,
  NS.messageRetraction,
  NS.pubsubEvent,
  NS.rewrite,
  NS.rewriteNotify,
]);

/** What a fallback is for can be read even where its ranges cannot. */
const marked = element('fallback', NS.fallback, 'XEP-0428 section 3', { for: attr('for', text).optional });

/** Clients of the first generation look at the type of a reference alone, whatever its namespace. */
const typed = (namespace: string) =>
  element('reference', namespace, 'reference 16', { type: attr('type', text).optional });

/** Whether an element of a member's message must not reach the others. */
export function isForged(child: XmlElement): boolean {
  const written = namespaceOf(child) ?? '';
  // What the first generation of clients would take for the group's own is no better (reference 16).
  const namespace = namespaceInV1(written);
  const name = localName(child);
  if (name === 'x' && namespace.startsWith(`${NS.groups}#`)) return true;
  if (FORGED_NAMESPACES.has(namespace)) return true;
  if (FORGED.some(([space, forged]) => namespace === space && name === forged)) return true;
  if (marked.is(child)) {
    const read = marked.parse(child);
    return read.ok && read.value.for === NS.groups;
  }
  if (name !== 'reference') return false;
  const read = typed(written).parse(child);
  return !read.ok || read.value.type === 'groupchat' || (reference.is(child) && !reference.parse(child).ok);
}
