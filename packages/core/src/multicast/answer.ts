import { pick } from '../codec/index.js';
import { type Iq, refusal, refuse, result } from '../stanza/index.js';
import { type DiscoInfo, discoInfo, discoItems, formField, formOf } from '../xep/index.js';
import type { XmlElement } from '../xml/element.js';
import { NS } from '../xml/namespaces.js';
import type { MulticastConfiguration } from './configuration.js';

/**
 * The answer of a multicast service to an IQ: what it is and how many recipients it takes (XEP-0033, section 2;
 * reference 3.1), and `service-unavailable` for all else. `undefined` when the IQ is an answer itself.
 */
export function answerIq(iq: Iq, configuration: MulticastConfiguration): XmlElement | undefined {
  if (iq.type === 'result' || iq.type === 'error') return undefined;
  const info = pick(discoInfo, iq.payload);
  const items = pick(discoItems, iq.payload);
  const asked = iq.type === 'get' && iq.to === configuration.service ? (info ?? items) : undefined;
  if (asked === undefined)
    return refuse({ kind: 'iq', ...iq }, refusal('service-unavailable', 'This service sends messages on'));
  if (!asked.ok)
    return refuse(
      { kind: 'iq', ...iq },
      refusal('bad-request', `${asked.error.path}: ${asked.error.reason}`),
    );
  if (asked.value.node !== undefined)
    return refuse({ kind: 'iq', ...iq }, refusal('item-not-found', 'There is no such node'));
  return result(iq, [
    info === undefined ? discoItems.build({ items: [] }) : discoInfo.build(infoOf(configuration)),
  ]);
}

/** What the service says of itself. The limit is that for senders of its own domain. */
const infoOf = ({ limits }: MulticastConfiguration): DiscoInfo => ({
  identities: [{ category: 'service', type: 'multicast', name: 'Multicast' }],
  features: [NS.discoInfo, NS.discoItems, NS.addresses].map((feature) => ({ var: feature })),
  forms: [
    formOf(
      'result',
      NS.addresses,
      ['message', 'presence'].map((kind) => formField({ var: kind, values: [String(limits.local)] })),
    ),
  ],
});
