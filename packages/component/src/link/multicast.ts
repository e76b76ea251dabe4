import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf, domainOf, type Jid, parseBareJid } from '@xmpp-groups/core/jid';
import { type MulticastService, serviceIn } from '@xmpp-groups/core/multicast';
import { discoInfo, discoItems } from '@xmpp-groups/core/xep';
import { elementsOf, type XmlElement } from '@xmpp-groups/core/xml';
import type { Link } from './link.js';

/** What a service without a stated limit takes; ejabberd's own limit for components, when none is set. */
const UNSTATED_LIMIT = 20;
/** A server lists a handful of services; one that lists thousands lists something else. */
const MOST_ITEMS = 50;

const payloadOf = async (link: Link, to: Jid, request: XmlElement): Promise<XmlElement[]> => {
  const answer = await link.query(to, request, 'get');
  return answer.ok ? elementsOf(answer.value) : [];
};

/** The multicast service at `jid`; `undefined` when there is none, or it does not answer. */
export async function askMulticast(link: Link, jid: BareJid): Promise<MulticastService | undefined> {
  const request = discoInfo.build({ identities: [], features: [], forms: [] });
  const info = pick(discoInfo, await payloadOf(link, jid, request));
  return info?.ok ? serviceIn(jid, info.value, UNSTATED_LIMIT) : undefined;
}

/** The domain that `domain` is a sub-domain of; `undefined` for one without a dot. */
export function parentOf(domain: BareJid): BareJid | undefined {
  const name = domainOf(domain);
  const dot = name.indexOf('.');
  const parent = dot < 0 ? undefined : parseBareJid(name.slice(dot + 1));
  return parent?.ok ? parent.value : undefined;
}

/**
 * The multicast service of the server that the component `domain` belongs to: the first among the items of
 * its parent domain, or the parent domain itself, that has the feature (XEP-0033, section 2; XEP-0030).
 */
export async function findMulticast(link: Link, domain: BareJid): Promise<MulticastService | undefined> {
  const server = parentOf(domain);
  if (server === undefined) return undefined;
  const items = pick(discoItems, await payloadOf(link, server, discoItems.build({ items: [] })));
  const services = (items?.ok ? items.value.items : [])
    .filter((item) => item.node === undefined)
    .map((item) => bareOf(item.jid))
    .filter((address) => address !== domain && address !== server);
  const candidates = [...new Set(services)].slice(0, MOST_ITEMS);
  const found = await Promise.all([...candidates, server].map((jid) => askMulticast(link, jid)));
  return found.find((service) => service !== undefined);
}
