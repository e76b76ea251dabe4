import { failure, ok, type Result } from '../result.js';
import { misplaced } from './context.js';
import { isTooLong, unfit } from './octets.js';
import { codePoint, outsideFreeform } from './precis.js';

const PREPARED = /^[ -~]{1,1023}$/;

/**
 * A resourcepart as it is stored and compared: the OpaqueString profile of RFC 8265, section 4.2, within the
 * limits of RFC 7622, section 3.4 (1 to 1023 octets). Case and white space are kept.
 */
export function prepareResourcepart(text: string): Result<string> {
  if (PREPARED.test(text)) return ok(text);
  const problem = unfit(text);
  if (problem !== undefined) return failure('jid', `resourcepart ${problem}`);
  const refused = outsideFreeform(text);
  if (refused !== undefined) return failure('jid', `resourcepart has ${codePoint(refused)}`);
  const prepared = text.replace(/\p{Zs}/gu, ' ').normalize('NFC');
  const displaced = outsideFreeform(prepared) ?? misplaced(prepared);
  if (displaced !== undefined) return failure('jid', `resourcepart has ${codePoint(displaced)}`);
  return isTooLong(prepared) ? failure('jid', 'resourcepart is too long') : ok(prepared);
}
