import type { BareJid, Jid } from '../../jid/index.js';
import type { Address, ChatState } from '../../xep/index.js';
import type { XmlElement } from '../../xml/element.js';
import type { Command, GroupKey } from '../command/command.js';
import type { Said } from '../extension/said.js';
import type { Incoming, KontalkEvent } from './incoming.js';

/** A stanza to a group, as far as it can be understood without knowing the group. */
export interface Reading {
  /** For another try later. */
  readonly incoming: Incoming;
  readonly key: GroupKey;
  /** The key as one text. */
  readonly name: string;
  readonly command: Command;
  readonly from: Jid;
  readonly sender: BareJid;
  readonly messageId: string | undefined;
  /** Whether it was encrypted and signed; if so, with which key and hash. */
  readonly verified: { readonly signer: string; readonly payloadHash: string } | undefined;
  /** By which it is known when it comes again. */
  readonly marks: readonly string[];
  /** When it was sent, as precisely as it says: the signed time, or when the server took it in. */
  readonly at: number;
  /** Whether the signed time lies where it may lie (reference 4.3). */
  readonly timely: boolean;
  readonly text: string | undefined;
  readonly chatState: ChatState | undefined;
  /** Whether there is anything in it besides the group, a chat state and what this project adds. */
  readonly hasContent: boolean;
  readonly payload: readonly XmlElement[];
  readonly said: Said;
  /** What is odd about it, to be told once it is known that it is from a member. */
  readonly oddities: readonly KontalkEvent[];
  /** The list of recipients that came along with it (XEP-0033): a claim. */
  readonly listed: readonly Address[];
}

/** One text for a reading, by which it is known again while it is held back. */
export const readingText = ({ name, sender, messageId, verified, at }: Reading): string =>
  [name, sender, verified?.payloadHash ?? `${messageId ?? ''} ${at}`].join('\n');
