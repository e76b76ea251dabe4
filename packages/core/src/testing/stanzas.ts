import { type Iq, type Message, type Presence, readStanza, type Stanza } from '../stanza/stanza.js';
import { elementIn } from './table.js';

/** The stanza that a text of a test is. Throws when it is none: then the test is wrong. */
export function stanzaIn(source: string): Stanza {
  const read = readStanza(elementIn(source));
  if (!read.ok) throw new Error(`${read.error.path}: ${read.error.reason} in ${source}`);
  return read.value;
}

const wrong = (stanza: Stanza): Error => new Error(`<${stanza.kind}/> stands where another stanza is meant`);

export function iqIn(source: string): Iq {
  const stanza = stanzaIn(source);
  if (stanza.kind !== 'iq') throw wrong(stanza);
  return stanza;
}

export function messageIn(source: string): Message {
  const stanza = stanzaIn(source);
  if (stanza.kind !== 'message') throw wrong(stanza);
  return stanza;
}

export function presenceIn(source: string): Presence {
  const stanza = stanzaIn(source);
  if (stanza.kind !== 'presence') throw wrong(stanza);
  return stanza;
}
