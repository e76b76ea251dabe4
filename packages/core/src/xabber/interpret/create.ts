import { bareOf } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Iq } from '../../stanza/stanza.js';
import type { Create, OpenPrivateChat } from '../command.js';
import type { CreateRequest } from '../elements/create.js';

/** Which group somebody wants to be there: a new one (reference 2.1), or a private chat in one (13.1). */
export function interpretCreate(
  options: CreateRequest,
  from: Iq['from'],
): Result<Create | OpenPrivateChat, StanzaError> {
  const partner = options.partner ?? options.partnerInBase;
  if (partner !== undefined) {
    return ok({ kind: 'openPrivateChat', from, group: bareOf(partner.jid), id: partner.id });
  }
  return Object.values(options).every((value) => value === undefined)
    ? err(refusal('bad-request', 'Nothing is said about the new group: give it at least a name'))
    : ok({ kind: 'create', from, options });
}
