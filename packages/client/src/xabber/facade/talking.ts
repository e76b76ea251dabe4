import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import type { GroupMessage } from '@xmpp-groups/core/xabber';
import { markable, reactions } from '@xmpp-groups/core/xep';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { Context } from '../context.js';
import { type HistoryPage, type HistoryQuestion, readHistory } from '../history.js';
import { markDisplayed } from '../markers.js';
import type { Outgoing, Sending } from '../outgoing.js';
import { pinMessage } from '../pins.js';
import { bePresent } from '../present.js';
import { editMessage, type Retraction, retractMessages } from '../rewrite.js';

/** Messages, and what is done with them. */
export interface Talking {
  /**
   * Sends a message; offline it waits for the connection.
   * @param more what goes beside the text, such as `answerTo(message)` or `mentionOf(...)`
   */
  send(group: BareJid, text: string, more?: readonly XmlElement[]): Sending;
  /** Sends a failed message again as the same one; `undefined` when there is none with this origin-id. */
  retry(originId: string): Sending | undefined;
  /** All reactions that one has to a message from now on (XEP-0444); none takes them back. */
  react(message: GroupMessage, emojis: readonly string[]): Sending;
  /** Gives one's own message another text. */
  edit(group: BareJid, stanzaId: string, text: string, more?: readonly XmlElement[]): Promise<void>;
  /** Takes messages out of the archive, for everybody. */
  retract(group: BareJid, what: Retraction): Promise<void>;
  /** A page of the archive: the newest, unless the question says otherwise. */
  history(group: BareJid, question?: HistoryQuestion): Promise<HistoryPage>;
  /** Pins a message in place of the one before; `undefined`: none is pinned any more. */
  pin(group: BareJid, stanzaId: string | undefined): Promise<void>;
  /** Lets the author know that a message was seen, and all that he wrote before it. */
  displayed(message: GroupMessage): Promise<void>;
  /** Has the chat open until the returned function is called. */
  present(group: BareJid): () => void;
}

export const talking = (context: Context, outgoing: Outgoing): Talking => {
  const { wire } = context;
  return {
    send: (group, text, more = []) => outgoing.send(group, text, [markable.build({}), ...more]),
    retry: outgoing.retry,
    react: ({ from, id, originId, stanzaId }, emojis) => {
      const named = id ?? originId ?? stanzaId ?? '';
      return outgoing.send(bareOf(from), undefined, [reactions.build({ id: named, emojis })]);
    },
    edit: (group, stanzaId, text, more = []) => editMessage(wire, group, stanzaId, text, more),
    retract: (group, what) => retractMessages(wire, group, what),
    history: (group, question = { before: '' }) => readHistory(wire, group, question),
    pin: (group, stanzaId) => pinMessage(wire, group, stanzaId),
    displayed: (message) => markDisplayed(wire, message),
    present: (group) => bePresent(context, group),
  };
};
