import type { BareJid, Jid } from '../../jid/index.js';
import { ARCHIVES } from '../../xep/0313-message-archive.js';
import { xml } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { escapeAttribute, serialise } from '../../xml/serialise.js';
import type { Vocabulary } from '../command.js';
import type { Notice } from '../decision.js';
import { echo } from '../elements/delivery.js';
import { previousId } from '../elements/previous.js';
import type { PlacedMessage } from '../model/events.js';
import { receivedV0 } from '../v0/elements.js';
import { inV0 } from '../v0/namespaces.js';
import { stampOf } from './message-ids.js';

/**
 * Archived messages are text, and wrapping them must cost no parsing: the envelope is built with a stand-in
 * for the message, and the text takes its place.
 */
export const STAND_IN = xml('message', { xmlns: NS.client });
const STAND_IN_TEXT = `<message xmlns='${NS.client}'/>`;

/** `envelope` with `message`, a whole element as text, in the place of the stand-in. */
export const wrap = (envelope: string, message: string): string => {
  const at = envelope.indexOf(STAND_IN_TEXT);
  if (at < 0) throw new Error(`no place for the message in ${envelope}`);
  return envelope.slice(0, at) + message + envelope.slice(at + STAND_IN_TEXT.length);
};

const ECHO = serialise(echo.build({ message: STAND_IN }), NS.client);

/**
 * A message with the name of the one before it, which no archive keeps: after a retraction another one is before it
 * (reference 6.8).
 */
export function placedText({ xml, previous }: PlacedMessage, vocabulary?: Vocabulary): string {
  const named = { id: previous === 0 ? undefined : String(previous) };
  if (vocabulary === undefined) return xml + previousId.print(named, NS.client);
  return xml + serialise(inV0(previousId.build(named)), NS.client);
}

const inner = (message: PlacedMessage, from: Jid, to: Jid, vocabulary?: Vocabulary): string =>
  `<message xmlns='${NS.client}' type='chat' from='${escapeAttribute(from)}' to='${escapeAttribute(to)}' ` +
  `id='${escapeAttribute(message.id)}'>${placedText(message, vocabulary)}</message>`;

/** What the author gets back: his message as all others read it, from his own JID (reference 6.3, trap T10). */
export const echoContent = (message: PlacedMessage, author: Jid, group: BareJid): string =>
  wrap(ECHO, inner(message, author, group));

const RECEIVED = serialise(receivedV0.build({ forwarded: { message: STAND_IN } }), NS.client);

/** The same for a client of the first generation; the message is in its words already (reference 16). */
export const receivedContent = (message: PlacedMessage, author: Jid, group: BareJid): string =>
  wrap(RECEIVED, inner(message, author, group, 'v0'));

/**
 * Messages of the archive, as one page has them. They come from the group, never from their authors: clients would file
 * them elsewhere, and in an incognito group it would tell a JID (reference 12.2, trap T12). What is around them is the
 * same but for an id and a time, and is written once: who catches up reads pages by the hundred.
 */
export function historyItems(
  group: BareJid,
  {
    version,
    queryId,
    vocabulary,
  }: Pick<Extract<Notice, { kind: 'history' }>, 'version' | 'queryId' | 'vocabulary'>,
): (message: PlacedMessage) => string {
  const empty = ARCHIVES[version].result.build({
    queryId,
    id: '',
    forwarded: { delay: { stamp: '' }, message: STAND_IN },
  });
  // In values apostrophes are escaped: what is looked for is found in tags only.
  const [toId, behindId] = cut(serialise(empty, NS.client), " id='");
  const [toStamp, behindStamp] = cut(behindId, " stamp='");
  return (message) => {
    const stamped = `${toStamp}${stampOf(message.stanzaId)}${behindStamp}`;
    return toId + message.stanzaId + wrap(stamped, inner(message, group, group, vocabulary));
  };
}

/** `text` up to the end of `mark`, and what comes behind it. */
function cut(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`there is no ${mark} in ${text}`);
  return [text.slice(0, at + mark.length), text.slice(at + mark.length)];
}
