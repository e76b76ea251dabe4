import type { BareJid } from '../../jid/index.js';
import { addresses } from '../../xep/0033-addresses.js';
import { type XmlElement, xml } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { GroupKey } from '../command/command.js';
import { clientMessage } from '../elements/message.js';
import type { Envelope } from './ways.js';

interface Planned {
  /** Of all copies (reference 9.1). */
  readonly id: string;
  readonly group: GroupKey;
  /** When it is said, in milliseconds since the epoch: what is signed has this time. */
  readonly time: number;
  readonly recipients: readonly BareJid[];
  readonly envelopes: readonly Envelope[];
  /** What the message says: the group, its text, and whatever else belongs to it. */
  readonly inside: readonly XmlElement[];
  /** Hints for servers. */
  readonly outside: readonly XmlElement[];
  /** A command: later messages to the same group wait until the server has taken it (reference 2.4). */
  readonly command: boolean;
}

/** Everything but addresses, ids and hints is encrypted before it leaves. */
export interface Sealed extends Planned {
  readonly sealed: true;
  readonly encryptTo: readonly BareJid[];
  /** Whether servers are to keep it for who is away: then a text stands outside that says nothing. */
  readonly stub: boolean;
}

export interface Clear extends Planned {
  readonly sealed: false;
}

export type Outgoing = Sealed | Clear;

/** What stands outside instead of the text: some servers keep and announce only what has a body (reference 3.3). */
const STUB_BODY = '(encrypted)';

/** The stanzas of a message that is not encrypted: one for each envelope, with the same id. */
export const clearStanzas = (outgoing: Clear): readonly XmlElement[] =>
  outgoing.envelopes.map((envelope) => stanza(outgoing, envelope, [...outgoing.inside, ...outgoing.outside]));

/**
 * The stanzas of an encrypted message: one for each envelope, with the same id and ciphertext (reference 4.1).
 * @param container what was encrypted, and what says how: children of the message
 */
export function sealedStanzas(outgoing: Sealed, container: readonly XmlElement[]): readonly XmlElement[] {
  const stub = outgoing.stub ? [xml('body', { xmlns: NS.client }, [STUB_BODY])] : [];
  const children = [...stub, ...container, ...outgoing.outside];
  return outgoing.envelopes.map((envelope) => stanza(outgoing, envelope, children));
}

/** The message that is encrypted in Kontalk's container; it has the id of the stanza (reference 4.2). */
export const innerMessage = ({ id, inside }: Outgoing): XmlElement =>
  clientMessage.build({ id, type: 'chat', payload: inside });

function stanza(
  { id }: Planned,
  { to, addresses: list }: Envelope,
  children: readonly XmlElement[],
): XmlElement {
  const addressed =
    list === undefined
      ? []
      : [addresses.build({ addresses: list.jids.map((jid) => ({ type: list.type, jid })) })];
  return clientMessage.build({ to, id, type: 'chat', payload: [...addressed, ...children] });
}
