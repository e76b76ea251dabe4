import type { BareJid } from '../../jid/index.js';
import type { Route } from '../../multicast/index.js';
import type { XmlElement } from '../../xml/element.js';
import type { GroupKey } from '../command/command.js';
import { stubElements } from '../containers/container.js';
import type { Draft } from '../containers/content.js';
import type { ContainerForm } from '../containers/open-pgp.js';
import { clientMessage } from '../elements/message.js';

interface Planned {
  /** Of all copies (reference 9.1). */
  readonly id: string;
  readonly group: GroupKey;
  /** When it is said, in milliseconds since the epoch: what is signed has this time. */
  readonly time: number;
  /** Whom it is for, and encrypted to: my own account among them when my other devices are to have it. */
  readonly recipients: readonly BareJid[];
  /** The way there; `piecesOn` of the multicast room makes the stanzas to send of it. */
  readonly route: Route;
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
  /** Whether servers are to keep it for who is away: then a text stands outside that says nothing. */
  readonly stub: boolean;
}

/** It leaves as it is. */
export interface Clear extends Planned {
  readonly sealed: false;
}

/** A message on its way out. */
export type Outgoing = Sealed | Clear;

/** The stanza of a message that is not encrypted; who it goes to is not in it yet. */
export const clearStanza = ({ id, inside, outside }: Clear): XmlElement =>
  clientMessage.build({ id, type: 'chat', payload: [...inside, ...outside] });

/**
 * The stanza of an encrypted message; who it goes to is not in it yet (reference 4.1, 4.5).
 * @param container what `seal` has made
 * @param words what clients without encryption show, in the user's language
 */
export function stanzaAround(
  { id, stub, outside }: Sealed,
  form: ContainerForm,
  container: readonly XmlElement[],
  words?: string,
): XmlElement {
  const beside = stub ? stubElements(form, words) : [];
  return clientMessage.build({ id, type: 'chat', payload: [...beside, ...container, ...outside] });
}

/**
 * What of a message is encrypted; it keeps the id of the stanza (reference 4.2).
 * @param padding random text of random length; used in the form of XEP-0373 only
 */
export const contentOf = ({ id, inside, time }: Sealed, padding: string): Draft => ({
  id,
  payload: inside,
  at: time,
  padding,
});
