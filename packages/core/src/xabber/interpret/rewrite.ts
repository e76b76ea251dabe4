import { integer, type ValueOf } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { moderation } from '../../xep/0425-moderated-retraction.js';
import type { MessageName, Replace, Rewriting } from '../command.js';
import type { replace } from '../elements/rewrite.js';

const archiveId = integer();

/** A message by its id in the archive. What is no number never was one: no message has that name. */
export function nameInArchive(id: string): MessageName {
  const read = archiveId.parse(id);
  return { stanzaId: read.ok ? read.value : undefined };
}

/** A message by any of its ids: Xabber clients know that of the archive, others what its author called it. */
export const anyName = (id: string): MessageName => ({ ...nameInArchive(id), called: id });

/**
 * A retraction, if it is one for everybody (reference 12.5): a group keeps no history that is one member's own.
 */
export function symmetrically(
  symmetric: boolean | undefined,
  command: Rewriting,
): Result<Rewriting, StanzaError> {
  return symmetric === true
    ? ok(command)
    : err(refusal('bad-request', 'In a group messages are retracted for everybody: symmetric must be true'));
}

/** A moderator's request (XEP-0425). */
export const interpretModeration = (
  { id, retracts }: ValueOf<typeof moderation>,
  from: Jid,
): Result<Rewriting, StanzaError> =>
  retracts
    ? ok({ kind: 'retractMessage', from, message: anyName(id) })
    : err(refusal('feature-not-implemented', 'A message can be retracted and nothing else'));

/** A request to replace a message (reference 12.5). */
export function interpretReplace(request: ValueOf<typeof replace>, from: Jid): Result<Replace, StanzaError> {
  const { inherited, message } = request;
  const all = [...(inherited?.bodies ?? []), ...(inherited?.clientBodies ?? []), ...(message?.bodies ?? [])];
  const bodies = all.filter(({ text }) => text.trim() !== '');
  if (bodies.length === 0) return err(refusal('bad-request', 'The new message has no text'));
  const payload = [...(inherited?.payload ?? []), ...(message?.payload ?? [])];
  return ok({ kind: 'replace', from, message: nameInArchive(request.id), bodies, payload });
}
