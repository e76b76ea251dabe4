import type { BareJid, Jid } from '@xmpp-groups/core/jid';
import { type AttachedFile, answerTo, attachment, groupMessage } from '@xmpp-groups/core/kontalk';
import { bitsOfBinary, receiptRequest } from '@xmpp-groups/core/xep';
import { elementsOf, type XmlElement } from '@xmpp-groups/core/xml';

/** What a message says. */
export interface Content {
  readonly text?: string;
  /** Where a file lies, and what it is (reference 6). In an encrypted group it is made by `sealFile`. */
  readonly file?: Omit<AttachedFile, 'encrypted'> & { readonly description?: string };
  /** A small picture of the file. */
  readonly thumbnail?: { readonly type: string; readonly bytes: Uint8Array };
  /** The message that this one answers. */
  readonly answers?: { readonly id: string; readonly from: Jid; readonly text: string };
  /** Further elements: a place, a reaction, a correction. */
  readonly payload?: readonly XmlElement[];
}

/** What goes along with a message to a group. */
export interface SendOptions {
  /** Who is not to get it: members whose keys are missing, when a person has decided so. */
  readonly leaveOut?: readonly BareJid[];
}

const bodyOf = (text: string): readonly XmlElement[] =>
  elementsOf(groupMessage.build({ groups: [], bodies: [text], chatState: undefined, payload: [] }));

/**
 * The elements that say it.
 * @param encrypted whether the group's messages are encrypted, and so its files are
 * @param asksReceipts whether members are to say that they have received it
 */
export function payloadOf(
  { text, file, thumbnail, answers, payload = [] }: Content,
  encrypted: boolean,
  asksReceipts: boolean,
): readonly XmlElement[] {
  const said = [...(text === undefined ? [] : bodyOf(text)), ...payload];
  if (file !== undefined) {
    const { description, ...rest } = file;
    said.push(attachment.build({ file: { ...rest, encrypted: encrypted || undefined }, description }));
  }
  if (thumbnail !== undefined) said.push(bitsOfBinary.build(thumbnail));
  if (answers !== undefined) {
    for (const body of bodyOf(answers.text)) {
      said.push(...answerTo({ id: answers.id, from: answers.from, body }));
    }
  }
  if (asksReceipts) said.push(receiptRequest.build({}));
  return said;
}
