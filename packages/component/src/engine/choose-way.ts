import { randomUUID } from 'node:crypto';
import { type BareJid, withResource } from '@xmpp-groups/core/jid';
import type { MulticastService } from '@xmpp-groups/core/multicast';
import { message } from '@xmpp-groups/core/stanza';
import { addresses } from '@xmpp-groups/core/xep';
import { NS, serialise, type XmlElement } from '@xmpp-groups/core/xml';
import type { Link } from '../link/link.js';
import { askMulticast, findMulticast } from '../link/multicast.js';
import type { Way } from './ways.js';

/** What the operator says about the way. */
export interface WaySettings {
  readonly way: 'auto' | 'multicast' | 'splice';
  readonly multicastService?: BareJid | undefined;
}

/** How long a service may take to bring back a message, in milliseconds. */
const PROOF_MS = 5_000;

/**
 * The way for copies on a link that has come up: the server's multicast service where there is one that
 * carries a message for this component, otherwise one stanza for each recipient.
 * @returns the way, and one sentence for the log that says why
 */
export async function chooseWay(
  link: Link,
  { way, multicastService }: WaySettings,
): Promise<{ readonly way: Way; readonly reason: string }> {
  const splice: Way = { kind: 'splice' };
  if (way === 'splice') return { way: splice, reason: 'the configuration says so' };
  const service =
    multicastService === undefined
      ? await findMulticast(link, link.domain)
      : await askMulticast(link, multicastService);
  if (service === undefined) return { way: splice, reason: 'the server offers no multicast service' };
  if (await carries(link, service)) {
    return { way: { kind: 'multicast', service }, reason: `${service.jid} carries lists of recipients` };
  }
  return { way: splice, reason: `${service.jid} does not carry messages of this component` };
}

/**
 * Whether the service really takes a list from this component and leaves the message as it is: it is asked to
 * bring one back. What its disco#info says is no proof, an access rule may forbid it.
 */
async function carries(link: Link, service: MulticastService): Promise<boolean> {
  const self = withResource(link.domain, randomUUID());
  if (!self.ok) return false;
  const proof = message.build({
    from: link.domain,
    to: service.jid,
    id: randomUUID(),
    type: 'headline',
    payload: [addresses.build({ addresses: [{ type: 'bcc', jid: self.value }] })],
  });
  return new Promise((resolve) => {
    const settle = (proven: boolean): void => {
      clearTimeout(timer);
      link.off('stanza', look);
      link.off('down', lost);
      resolve(proven);
    };
    const look = (stanza: XmlElement): void => {
      const read = message.is(stanza) ? message.parse(stanza) : undefined;
      if (!read?.ok) return;
      if (read.value.from === service.jid && read.value.type === 'error') settle(false);
      if (read.value.to !== self.value) return;
      settle(read.value.from === link.domain && !read.value.payload.some((child) => addresses.is(child)));
    };
    const lost = (): void => settle(false);
    const timer = setTimeout(lost, PROOF_MS);
    link.on('stanza', look);
    link.on('down', lost);
    link.write(serialise(proof, NS.client));
  });
}
