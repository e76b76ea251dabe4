import { pick } from '../../codec/index.js';
import { bareOf, type Jid } from '../../jid/index.js';
import type { Result } from '../../result.js';
import { type Message, message } from '../../stanza/stanza.js';
import { archiveResult } from '../../xep/0313-message-archive.js';
import { originId, stanzaId } from '../../xep/0359-stanza-ids.js';
import type { XmlElement } from '../../xml/element.js';
import { echo } from '../elements/delivery.js';
import { body } from '../elements/posted.js';
import { previousId } from '../elements/previous.js';
import { authorMark, cardReference } from '../elements/reference.js';
import { systemMark } from '../elements/system-message.js';
import type { UserCard } from '../elements/user.js';
import { withoutHeader } from './header.js';
import { type Relations, relationsIn } from './relations.js';

/** A message of a group as a client that knows the protocol reads it. */
export interface GroupMessage extends Relations {
  readonly from: Jid;
  readonly id: string | undefined;
  /** The author; in a system message, who did it. */
  readonly card: UserCard | undefined;
  /** What happened, when it is a system message. */
  readonly system: string | undefined;
  /** In a system message: the version of the list of members after it. */
  readonly version: number | undefined;
  /** The whole text, nickname header included; `''` in a reaction without one. */
  readonly body: string;
  /** The text without the header. */
  readonly text: string;
  /** The id in the group's archive. */
  readonly stanzaId: string | undefined;
  /** The id of the message before it there; `''`: it is the first; `undefined`: nothing is said of it. */
  readonly previousId: string | undefined;
  readonly originId: string | undefined;
  readonly element: XmlElement;
}

const valueIn = <T>(found: Result<T> | undefined): T | undefined => (found?.ok ? found.value : undefined);

/**
 * Reads a message that a group sent, or that its archive held (reference 6.4, 7.1); `undefined` when it is none of
 * these.
 */
export function readGroupMessage(element: XmlElement): GroupMessage | undefined {
  const envelope = message.parse(element);
  return envelope.ok && envelope.value.type !== 'error' ? fromPayload(envelope.value, element) : undefined;
}

function fromPayload(envelope: Message, element: XmlElement): GroupMessage | undefined {
  const { payload, from, id } = envelope;
  const author = valueIn(pick(authorMark, payload))?.card;
  const system = valueIn(pick(systemMark, payload));
  const relations = relationsIn(payload);
  const text = valueIn(pick(body, payload))?.text ?? (relations.reactions === undefined ? undefined : '');
  if (text === undefined || (author === undefined && system === undefined)) return undefined;
  const ids = payload.filter((child) => stanzaId.is(child)).map((child) => valueIn(stanzaId.parse(child)));
  const previous = valueIn(pick(previousId, payload));
  return {
    ...relations,
    from,
    id,
    card: author?.user ?? valueIn(pick(cardReference, payload))?.user,
    system: system?.type,
    version: system?.version,
    body: text,
    text: author === undefined ? text : withoutHeader(text, author.end ?? 0),
    stanzaId: ids.find((candidate) => candidate?.by === bareOf(from))?.id,
    previousId: previous && (previous.id ?? ''),
    originId: valueIn(pick(originId, payload))?.id,
    element,
  };
}

/** The message inside an echo, as its author gets it (reference 6.3); `undefined` when it is no echo. */
export function readEcho(element: XmlElement): GroupMessage | undefined {
  const envelope = message.parse(element);
  const inner = envelope.ok ? valueIn(pick(echo, envelope.value.payload))?.message : undefined;
  const within = inner === undefined ? undefined : message.parse(inner);
  if (!envelope.ok || !within?.ok || inner === undefined) return undefined;
  // The ids are those of the group, which the inner message names as its receiver.
  return fromPayload({ ...within.value, from: envelope.value.from }, inner);
}

/** A message of an archive, with the id of the query that brought it. */
export interface ArchivedItem {
  /** The archive, as the outer stanza names it. */
  readonly from: Jid;
  readonly queryId: string | undefined;
  readonly id: string;
  readonly stamp: string | undefined;
  readonly message: GroupMessage;
  /** The outer stanza. */
  readonly element: XmlElement;
}

/** Reads a result of an archive (reference 12.2); `undefined` when it is none with a message of a group. */
export function readArchived(element: XmlElement): ArchivedItem | undefined {
  const envelope = message.parse(element);
  const result = envelope.ok ? valueIn(pick(archiveResult, envelope.value.payload)) : undefined;
  const inner = result === undefined ? undefined : readGroupMessage(result.forwarded.message);
  if (!envelope.ok || result === undefined || inner === undefined) return undefined;
  return {
    from: envelope.value.from,
    queryId: result.queryId,
    id: result.id,
    stamp: result.forwarded.delay?.stamp,
    message: inner,
    element,
  };
}
