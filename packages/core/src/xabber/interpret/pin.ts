import { integer } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { GroupCommand } from '../command.js';

/** An empty id, or `0`, unpins (reference 11.4). */
export function interpretPin(pinned: string | undefined, from: Jid): Result<GroupCommand, StanzaError> {
  if (pinned === undefined) return err(refusal('bad-request', 'Nothing is said about the pinned message'));
  const stanzaId = pinned.trim() === '' ? ok(0) : integer().parse(pinned);
  return stanzaId.ok
    ? ok({ kind: 'pin', from, stanzaId: stanzaId.value })
    : err(refusal('bad-request', `This is not the id of a message: ${stanzaId.error}`));
}
