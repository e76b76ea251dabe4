import { bareOf, domainOf, type Jid } from '../jid/index.js';
import { err, ok, type Result } from '../result.js';
import { type ErrorCondition, readStanza, refusal, type StanzaError } from '../stanza/index.js';
import { addresses } from '../xep/index.js';
import type { XmlElement } from '../xml/element.js';
import { enter, STANZA_SCOPE } from '../xml/scope.js';
import type { MulticastConfiguration } from './configuration.js';
import { copiesOf } from './copies.js';
import { type RecipientList, recipientsIn } from './recipients.js';

/**
 * What a multicast service makes of a message or presence that was sent to it: the stanzas that leave it, their
 * `from` as it was, or why none does (XEP-0033, sections 3 to 8; reference 3.8). An error goes back to the sender
 * (`refuse` of the stanza room builds it), but for stanzas of type `error`, which end here without a word.
 */
export function fanOut(
  stanza: XmlElement,
  configuration: MulticastConfiguration,
): Result<readonly XmlElement[], StanzaError> {
  const read = readStanza(stanza);
  if (!read.ok) return refused('bad-request', `${read.error.path}: ${read.error.reason}`);
  const { kind, type, from, to } = read.value;
  if (type === 'error') return ok([]);
  if (kind === 'iq')
    return refused('service-unavailable', 'Lists of addresses go into messages and presence');
  if (to !== configuration.service)
    return refused('item-not-found', `${configuration.service} has no such part`);
  const scope = enter(stanza, STANZA_SCOPE);
  const lists = read.value.payload.filter((child) => addresses.is(child, scope));
  const [list] = lists;
  if (list === undefined) return refused('bad-request', 'No list of addresses');
  if (lists.length > 1) return refused('bad-request', 'More than one list of addresses');
  const named = recipientsIn(list, scope);
  if (!named.ok) return named;
  const fault = refusalOf(from, named.value, configuration);
  return fault === undefined ? ok(copiesOf(stanza, named.value, configuration)) : err(fault);
}

const refused = (condition: ErrorCondition, text: string) => err(refusal(condition, text));

/** Why nobody gets the stanza: it is all or nothing (XEP-0033, section 5). */
function refusalOf(
  from: Jid,
  { recipients }: RecipientList,
  { service, vhost, limits, mayUse }: MulticastConfiguration,
): StanzaError | undefined {
  const isOwn = isUnder(domainOf(from), vhost);
  const limit = isOwn ? limits.local : limits.remote;
  if (recipients.length > limit) return refusal('not-acceptable', `More than ${limit} recipients`);
  if (mayUse?.(from) === false) return refusal('forbidden', 'You may not use this service');
  if (!isOwn && recipients.some(({ jid }) => domainOf(jid) !== vhost)) {
    return refusal('forbidden', `For others only to ${vhost}`);
  }
  // A copy to itself would come back to it; a list in the list is nothing that anybody needs.
  return recipients.some(({ jid }) => bareOf(jid) === service)
    ? refusal('jid-malformed', `${service} itself receives nothing`)
    : undefined;
}

const isUnder = (domain: string, parent: string): boolean =>
  domain === parent || domain.endsWith(`.${parent}`);
