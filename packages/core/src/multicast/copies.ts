import { domainOf } from '../jid/index.js';
import { type Address, addresses } from '../xep/index.js';
import type { XmlElement } from '../xml/element.js';
import { enter, STANZA_SCOPE } from '../xml/scope.js';
import { inBatches } from './batches.js';
import type { MulticastConfiguration } from './configuration.js';
import type { Recipient, RecipientList } from './recipients.js';

/**
 * The copies of a stanza whose list is in order: one for each local recipient and for each recipient of a domain
 * without a service, one for each batch of a domain that has one (XEP-0033, section 5).
 */
export function copiesOf(
  stanza: XmlElement,
  list: RecipientList,
  { vhost, strip, serviceAt }: MulticastConfiguration,
): readonly XmlElement[] {
  const { recipients, others } = list;
  const open = recipients.filter(isOpen);
  const rest = strip ? [] : others;
  /** The list as it stands beside `unserved`: all who are named openly, marked, without those and the blind ones. */
  const around = (unserved: ReadonlySet<Recipient>): readonly Address[] =>
    strip
      ? []
      : open.filter((address) => !unserved.has(address)).map((address) => ({ ...address, delivered: true }));
  const everybody = around(new Set());
  const single = (recipient: Recipient): XmlElement => {
    const own = isOpen(recipient) || strip ? [] : [recipient];
    return copy(stanza, recipient.jid, own.length === 0 ? everybody : [...own, ...everybody], rest);
  };
  const copies: XmlElement[] = [];
  for (const [domain, addressees] of byDomain(recipients)) {
    const service = domain === vhost ? undefined : serviceAt?.(domain);
    if (service === undefined) copies.push(...addressees.map(single));
    else {
      for (const batch of inBatches(addressees, service.limit)) {
        copies.push(copy(stanza, service.jid, [...batch, ...around(new Set(batch))], rest));
      }
    }
  }
  return copies;
}

const isOpen = ({ type }: Recipient): boolean => type !== 'bcc';

function byDomain(recipients: readonly Recipient[]): ReadonlyMap<string, readonly Recipient[]> {
  const found = new Map<string, Recipient[]>();
  for (const recipient of recipients) {
    const domain = domainOf(recipient.jid);
    const group = found.get(domain);
    if (group === undefined) found.set(domain, [recipient]);
    else group.push(recipient);
  }
  return found;
}

/** The stanza for `to`, with another list in the place of its own, or with none when that is empty. */
function copy(
  stanza: XmlElement,
  to: string,
  named: readonly Address[],
  rest: readonly Address[],
): XmlElement {
  const scope = enter(stanza, STANZA_SCOPE);
  const list =
    named.length + rest.length === 0 ? undefined : addresses.build({ addresses: [...named, ...rest] });
  const children = stanza.children.flatMap((child) => {
    if (typeof child === 'string' || !addresses.is(child, scope)) return [child];
    return list === undefined ? [] : [list];
  });
  return { name: stanza.name, attrs: { ...stanza.attrs, to }, children };
}
