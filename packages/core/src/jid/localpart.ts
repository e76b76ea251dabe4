import { failure, ok, type Result } from '../result.js';
import { followsBidiRule, hasRightToLeft } from './bidi.js';
import { misplaced } from './context.js';
import { isTooLong, unfit } from './octets.js';
import { codePoint, mapWidth, outsideIdentifier } from './precis.js';

/** What needs no preparation: lower-case ASCII without the characters that are refused below. */
const PREPARED = /^[!#-%(-.0-9;=?[-~]{1,1023}$/;

/** Refused although identifiers may have them, because they mean something elsewhere (RFC 7622, 3.3.1). */
const RESERVED = /["&'/:<>@]/;

/** Rules can undo each other's work; RFC 8264, section 7, has them applied again up to so many times. */
const ROUNDS = 4;

/**
 * A localpart as it is stored and compared: the UsernameCaseMapped profile of RFC 8265, section 3.3, within
 * the limits of RFC 7622, section 3.3 (1 to 1023 octets, none of `"&'/:<>@`).
 */
export function prepareLocalpart(text: string): Result<string> {
  if (PREPARED.test(text)) return ok(text);
  const problem = unfit(text);
  if (problem !== undefined) return failure('jid', `localpart ${problem}`);
  let prepared = text;
  for (let round = 0; round < ROUNDS; round += 1) {
    const wide = mapWidth(prepared);
    const refused = outsideIdentifier(wide);
    if (refused !== undefined) return failure('jid', `localpart has ${codePoint(refused)}`);
    const next = wide.toLowerCase().normalize('NFC');
    if (next === prepared) return checked(next);
    prepared = next;
  }
  return failure('jid', 'localpart has no stable form');
}

function checked(prepared: string): Result<string> {
  const refused = RESERVED.exec(prepared)?.[0] ?? misplaced(prepared);
  if (refused !== undefined) return failure('jid', `localpart has ${codePoint(refused)}`);
  if (hasRightToLeft(prepared) && !followsBidiRule(prepared)) {
    return failure('jid', 'localpart mixes directions of writing');
  }
  if (isTooLong(prepared)) return failure('jid', 'localpart is too long');
  return ok(prepared);
}
