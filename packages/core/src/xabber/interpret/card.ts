import type { ValueOf } from '../../codec/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Iq } from '../../stanza/stanza.js';
import type { ChangeCard } from '../command.js';
import type { members } from '../elements/members.js';

/** Which member is to get which nickname or badge (reference 8.3). Cards are changed one at a time. */
export function interpretCard(
  { users }: ValueOf<typeof members>,
  from: Iq['from'],
): Result<ChangeCard, StanzaError> {
  const [user, ...more] = users;
  if (user === undefined || more.length > 0) {
    return err(refusal('bad-request', 'The request has to name exactly one user'));
  }
  return ok({ kind: 'changeCard', from, id: user.id, nickname: user.nickname, badge: user.badge });
}
