import { domain, jid, type ValueCodec, type ValueOf } from '../../codec/index.js';
import type { Jid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { ChangeBlocks } from '../command.js';
import type { block } from '../elements/block.js';

/**
 * Who is to be blocked, or no longer (reference 10.2, 10.3). Nobody is when one of the names is neither a JID
 * nor a domain (reference 15, row 44).
 */
export function interpretBlock(
  kind: ChangeBlocks['kind'],
  { ids, jids, domains }: ValueOf<typeof block>,
  from: Jid,
): Result<ChangeBlocks, StanzaError> {
  if (ids.length + jids.length + domains.length === 0) return err(refusal('bad-request', 'Nobody is named'));
  const people = read(jids, jid);
  if (!people.ok) return people;
  const places = read(domains, domain);
  if (!places.ok) return places;
  return ok({ kind, from, ids, addresses: [...people.value, ...places.value] });
}

function read<T extends Jid>(texts: readonly string[], codec: ValueCodec<T>): Result<T[], StanzaError> {
  const values: T[] = [];
  for (const text of texts) {
    const value = codec.parse(text);
    if (!value.ok) return err(refusal('not-allowed', `${text}: ${value.error}`));
    values.push(value.value);
  }
  return ok(values);
}
