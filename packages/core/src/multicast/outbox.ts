import type { Jid } from '../jid/index.js';
import type { Piece } from './route.js';

/** Of a message that goes out in several stanzas, whom the own server has not taken a stanza for yet. */
export interface Outbox {
  readonly waiting: ReadonlySet<Jid>;
}

/** All recipients of these pieces wait. */
export const outboxOf = (pieces: readonly Piece[]): Outbox => ({
  waiting: new Set(pieces.flatMap(({ recipients }) => recipients)),
});

/** After the server has acknowledged a stanza (XEP-0198). */
export const acknowledged = ({ waiting }: Outbox, { recipients }: Piece): Outbox => ({
  waiting: new Set([...waiting].filter((jid) => !recipients.includes(jid))),
});

/**
 * Whether the message is sent: only when the server has the stanzas for all recipients. A command that reached some
 * of them is not (reference 3.6).
 */
export const isSent = ({ waiting }: Outbox): boolean => waiting.size === 0;
