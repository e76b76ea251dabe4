import { readStanza, refuse } from '../stanza/index.js';
import type { XmlElement } from '../xml/element.js';
import { answerIq } from './answer.js';
import type { MulticastConfiguration } from './configuration.js';
import { fanOut } from './fan-out.js';

/**
 * All that a multicast service sends because of one stanza: the copies, the answer to a question, or the error to
 * the sender; nothing for errors and answers, and for what has no sender or is no stanza. Rates, and who shall hear
 * that a sender has gone offline, are kept by the caller (`spend`, `noteDirected`).
 */
export function serve(stanza: XmlElement, configuration: MulticastConfiguration): readonly XmlElement[] {
  const read = readStanza(stanza);
  if (!read.ok) return [];
  if (read.value.kind === 'iq') return present(answerIq(read.value, configuration));
  const copies = fanOut(stanza, configuration);
  return copies.ok ? copies.value : present(refuse(read.value, copies.error));
}

const present = (stanza: XmlElement | undefined): readonly XmlElement[] =>
  stanza === undefined ? [] : [stanza];
