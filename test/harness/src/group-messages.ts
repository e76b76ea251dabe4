import { pick } from '@xmpp-groups/core/codec';
import { bareOf, type Jid } from '@xmpp-groups/core/jid';
import { type Message, message } from '@xmpp-groups/core/stanza';
import { authorMark, body, cardReference, echo, systemMark, type UserCard } from '@xmpp-groups/core/xabber';
import { archiveResult, originId, stanzaId } from '@xmpp-groups/core/xep';
import type { XmlElement } from '@xmpp-groups/core/xml';

/** A message of a group as a client that knows the protocol reads it. */
export interface GroupMessage {
  readonly from: Jid;
  readonly id: string | undefined;
  /** The author; in a system message, who did it. */
  readonly card: UserCard | undefined;
  /** What happened, when it is a system message. */
  readonly system: string | undefined;
  /** The whole text, nickname header included. */
  readonly body: string;
  /** The text without the header. */
  readonly text: string;
  /** The id in the group's archive. */
  readonly stanzaId: string | undefined;
  readonly originId: string | undefined;
  readonly element: XmlElement;
}

const read = <T>(found: { ok: true; value: T } | { ok: false } | undefined): T | undefined =>
  found?.ok ? found.value : undefined;

/** Reads a message that a group sent, or that its archive held; `undefined` when it is none of these. */
export function readGroupMessage(element: XmlElement): GroupMessage | undefined {
  const envelope = message.parse(element);
  return envelope.ok ? fromPayload(envelope.value, element) : undefined;
}

function fromPayload(envelope: Message, element: XmlElement): GroupMessage | undefined {
  const { payload, from, id } = envelope;
  const author = read(pick(authorMark, payload))?.card;
  const system = read(pick(systemMark, payload));
  const text = read(pick(body, payload))?.text;
  if (text === undefined || (author === undefined && system === undefined)) return undefined;
  const ids = payload.filter((child) => stanzaId.is(child)).map((child) => read(stanzaId.parse(child)));
  return {
    from,
    id,
    card: author?.user ?? read(pick(cardReference, payload))?.user,
    system: system?.type,
    body: text,
    text: author === undefined ? text : withoutHeader(text, author.end ?? 0),
    stanzaId: ids.find((candidate) => candidate?.by === bareOf(from))?.id,
    originId: read(pick(originId, payload))?.id,
    element,
  };
}

/** The header is as long as `end` says, in characters of the escaped text (trap T11). */
function withoutHeader(text: string, end: number): string {
  let escaped = 0;
  let at = 0;
  for (const character of text) {
    if (escaped >= end) break;
    escaped += ESCAPED[character] ?? 1;
    at += character.length;
  }
  return text.slice(at);
}

const ESCAPED: Readonly<Record<string, number>> = { '&': 5, '<': 4, '>': 4, '"': 6, "'": 6 };

/** The message inside an echo, as its author gets it (reference 6.3). */
export function readEcho(element: XmlElement): GroupMessage | undefined {
  const envelope = message.parse(element);
  const inner = envelope.ok ? read(pick(echo, envelope.value.payload))?.message : undefined;
  const within = inner === undefined ? undefined : message.parse(inner);
  if (!envelope.ok || !within?.ok || inner === undefined) return undefined;
  // The ids are those of the group, which the inner message names as its receiver.
  return fromPayload({ ...within.value, from: envelope.value.from }, inner);
}

/** A message of an archive, with the id of the query that brought it. */
export interface ArchivedItem {
  readonly queryId: string | undefined;
  readonly id: string;
  readonly stamp: string | undefined;
  readonly message: GroupMessage;
  /** The outer stanza. */
  readonly element: XmlElement;
}

export function readArchived(element: XmlElement): ArchivedItem | undefined {
  const envelope = message.parse(element);
  const result = envelope.ok ? read(pick(archiveResult, envelope.value.payload)) : undefined;
  const inner = result === undefined ? undefined : readGroupMessage(result.forwarded.message);
  if (result === undefined || inner === undefined) return undefined;
  return {
    queryId: result.queryId,
    id: result.id,
    stamp: result.forwarded.delay?.stamp,
    message: inner,
    element,
  };
}
