import { type BareJid, bareOf } from '../../jid/index.js';
import { deliveredCopy } from '../../multicast/index.js';
import { err, ok, type Result } from '../../result.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { namespaceOf } from '../../xml/scope.js';
import type { Command, GroupExtension } from '../command/command.js';
import { keyText, sameKey } from '../command/key.js';
import { readGroup } from '../command/read-group.js';
import type { GroupElement } from '../elements/group.js';
import { clientMessage, groupMessage } from '../elements/message.js';
import { readSaid, type Said, withoutSaid } from '../extension/said.js';
import { LIMITS } from '../model/limits.js';
import { marksOf } from '../model/seen.js';
import type { Incoming, KontalkEvent, Outcome, Verified } from './incoming.js';
import type { Reading } from './reading.js';
import { sizeOfIncoming } from './size.js';
import { unwrap } from './unwrap.js';

const discard = (reason: Extract<Outcome, { outcome: 'discard' }>['reason']): Result<never, Outcome> =>
  err({ outcome: 'discard', reason });
const ignore = (reason: Extract<Outcome, { outcome: 'ignore' }>['reason']): Result<never, Outcome> =>
  err({ outcome: 'ignore', reason });

/**
 * Steps P1 to P6 of reference 2.6: what a stanza says to which group, or what becomes of it without that. Looks
 * at no state.
 * @param now milliseconds since the epoch; later than the arrival when it is tried again
 */
export function readIncoming(incoming: Incoming, me: BareJid, now: number): Result<Reading, Outcome> {
  if (sizeOfIncoming(incoming) > LIMITS.stanza) return discard('too-large');
  const unwrapped = unwrap(incoming.stanza, me);
  if (!unwrapped.ok) return discard(unwrapped.error);
  const { stanza, listed } = deliveredCopy(unwrapped.value.message);
  // Most messages stand in no wrapper and have no list: those were read as a whole on the way.
  const known = stanza === incoming.stanza ? unwrapped.value.envelope : undefined;
  const envelope = known === undefined ? clientMessage.parse(stanza) : ok(known);
  if (!envelope.ok) return discard('malformed');
  const { type = 'normal', from, payload: outer } = envelope.value;
  const { verdict } = incoming;

  if (type === 'error') return ignore('error');
  if (type !== 'chat' && type !== 'normal') return ignore('not-chat');
  if (verdict.kind === 'pending' || verdict.kind === 'failed') {
    // A `<group/>` outside of what could not be read counts for nothing (reference 2.10, #4).
    if (type !== 'chat') return ignore('not-chat');
    if (from === undefined) return discard('no-sender');
    return verdict.kind === 'pending'
      ? err({ outcome: 'hold', reason: verdict.reason })
      : discard(verdict.reason);
  }
  const inner = verdict.kind === 'verified' ? verdict.payload : outer;
  const content = groupMessage.parse(message(inner));
  if (!content.ok) return discard('malformed');
  const { groups, bodies, chatState, payload } = content.value;
  const [text] = bodies;
  // Android leaves the type out of chat states (reference 6).
  if (type !== 'chat' && (chatState === undefined || text !== undefined)) return ignore('not-chat');
  const [element] = groups;
  if (element === undefined) return ignore('no-group');
  if (from === undefined) return discard('no-sender');
  if (groups.length > 1) return discard('malformed');
  const extension = readGroup(element);
  if (!extension.ok) return discard('malformed');

  const sender = bareOf(from);
  const said = readSaid(payload);
  const server = incoming.delayStamp ?? unwrapped.value.delayStamp ?? incoming.receivedAt;
  const verified = verdict.kind === 'verified' ? verdict : undefined;
  const messageId = verified?.innerId ?? envelope.value.id;
  return ok({
    incoming,
    key: extension.value.key,
    name: keyText(extension.value.key),
    command: extension.value.command,
    from,
    sender,
    messageId,
    verified,
    marks: marksOf(messageId, verified?.payloadHash),
    at: preciseTime(extension.value.command, said, verified?.signedTime ?? server),
    timely: verified === undefined || isTimely(verified.signedTime, server, incoming, now),
    text,
    chatState,
    hasContent: text !== undefined || payload.some(isContent),
    payload: withoutSaid(payload),
    said,
    oddities:
      verified === undefined
        ? NOTHING
        : oddities(outer, envelope.value.id, extension.value, sender, verified),
    listed,
  });
}

const message = (children: readonly XmlElement[]): XmlElement => ({
  name: 'message',
  attrs: { xmlns: NS.client },
  children,
});

/** What travels along with every message and is not meant to be shown. */
const ENVELOPE: readonly string[] = [
  NS.addresses,
  NS.delay,
  NS.hints,
  NS.stanzaIds,
  NS.kontalkState,
  NS.chatStates,
];

const NOTHING: readonly never[] = [];

const isContent = (child: XmlElement): boolean => !ENVELOPE.includes(namespaceOf(child) ?? '');

/**
 * Signed times of Kontalk's containers have whole seconds, and so have those at which some servers take in what they
 * keep. Commands of this project say the exact one beside the group; it counts when it fits to the other one, and is
 * of the same clock for all commands of an owner. A leaving that says no exact time counts as at the end of its
 * second, and its repetition as when it was first said.
 */
function preciseTime(command: Command, said: Said, rough: number): number {
  if (command.kind === 'part') {
    if (said.leftAt !== undefined && said.leftAt <= rough + LIMITS.ahead) return said.leftAt;
    return rough % 1000 === 0 ? rough + 999 : rough;
  }
  const exact = said.state?.time;
  return exact !== undefined && Math.abs(exact - rough) <= LIMITS.ahead ? exact : rough;
}

/** When the server did not say when it took a stanza in, time goes on for one that is tried again. */
function isTimely(
  signed: number,
  server: number,
  { delayStamp, receivedAt }: Incoming,
  now: number,
): boolean {
  const latest = delayStamp === undefined ? Math.max(now, receivedAt) : server;
  return signed >= server - LIMITS.oldest && signed <= latest + LIMITS.ahead;
}

function oddities(
  outer: readonly XmlElement[],
  outerId: string | undefined,
  extension: GroupExtension,
  sender: BareJid,
  { innerId }: Verified,
): readonly KontalkEvent[] {
  const otherGroup = saysOther(outer, extension);
  const otherId = innerId !== undefined && outerId !== undefined && innerId !== outerId;
  if (!otherGroup && !otherId) return NOTHING;
  const found: KontalkEvent[] = [];
  const about = { group: extension.key, from: sender };
  if (otherGroup) found.push({ kind: 'outer-group-differs', ...about });
  if (otherId) found.push({ kind: 'outer-id-differs', ...about });
  return found;
}

/** Whether one of the elements outside says something else than the one inside, or nobody can tell. */
function saysOther(outer: readonly XmlElement[], extension: GroupExtension): boolean {
  if (outer.length === 0) return false;
  const read = groupMessage.parse(message(outer));
  return !read.ok || read.value.groups.some((element) => !says(element, extension));
}

/** Whether an element says the same as the one inside, or names its group and no more. */
function says(element: GroupElement, { key, command }: GroupExtension): boolean {
  const read = readGroup(element);
  if (!read.ok || !sameKey(read.value.key, key)) return false;
  return (
    read.value.command.kind === 'plain' || JSON.stringify(read.value.command) === JSON.stringify(command)
  );
}
