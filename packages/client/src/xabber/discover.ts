import { type BareJid, bareOf, domainOf, isBare, type Jid, localpartOf } from '@xmpp-groups/core/jid';
import { type DiscoInfo, type DiscoItems, discoInfo, discoItems, firstValueOf } from '@xmpp-groups/core/xep';
import { NS } from '@xmpp-groups/core/xml';
import type { Wire } from '../wire.js';

/** A group that a host lists. */
export interface ListedGroup {
  readonly group: BareJid;
  readonly name: string | undefined;
}

/** What a group says of itself to everybody who may know of it (reference 1.3). */
export interface GroupDescription {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly privacy: string | undefined;
  readonly membership: string | undefined;
}

const QUESTION = { identities: [], features: [], forms: [] };
const PAGE = 100;

const about = (wire: Wire, to: Jid, what: string): Promise<DiscoInfo> =>
  wire.ask({ what, to }, discoInfo.build(QUESTION), discoInfo);

const isGroups = ({ features }: DiscoInfo): boolean => features.some(({ var: name }) => name === NS.groups);

/** Whether groups can be created on `host` (reference 1.2). */
const isGroupHost = async (wire: Wire, host: BareJid): Promise<boolean> =>
  isGroups(await about(wire, host, 'ask a host whether it has groups'));

/**
 * The hosts of groups that a server names, as the first of their items or by what these say of themselves
 * (reference 1.1).
 * @param server the domain; items of it that do not answer are passed over
 */
export async function findHosts(wire: Wire, server: BareJid): Promise<readonly BareJid[]> {
  const attempt = { what: 'ask a server for hosts of groups', to: server };
  const { items } = await wire.ask(attempt, discoItems.build({ items: [] }), discoItems);
  const services = items.filter(({ jid }) => localpartOf(jid) === undefined);
  const answers = await Promise.allSettled(
    services.map(async ({ jid, node }) => node === NS.groups || isGroupHost(wire, bareOf(jid))),
  );
  const hosts = services.filter((_, at) => {
    const answer = answers[at];
    return answer?.status === 'fulfilled' && answer.value;
  });
  return [...new Set(hosts.map(({ jid }) => bareOf(jid)))];
}

/** The groups that a host shows to who asks (reference 1.2), all pages of them. */
export async function listGroups(wire: Wire, host: BareJid): Promise<readonly ListedGroup[]> {
  const attempt = { what: 'list the groups of a host', to: host };
  const found = new Map<BareJid, ListedGroup>();
  for (let after: string | undefined; ; ) {
    const question = discoItems.build({ node: NS.groups, items: [], rsm: { max: PAGE, after } });
    const page: DiscoItems = await wire.ask(attempt, question, discoItems);
    const known = found.size;
    for (const { jid, name } of page.items) {
      if (isBare(jid) && domainOf(jid) === host) found.set(jid, { group: jid, name });
    }
    after = page.rsm?.last;
    // A host that knows no pages answers with everything each time.
    if (after === undefined || found.size === known) return [...found.values()];
  }
}

/** @returns `undefined` when it is no group */
export async function describeGroup(wire: Wire, group: BareJid): Promise<GroupDescription | undefined> {
  const info = await about(wire, group, 'ask a group what it is');
  if (!isGroups(info)) return undefined;
  const form = info.forms.find((candidate) => firstValueOf(candidate, 'FORM_TYPE')?.startsWith(NS.groups));
  const value = (field: string) => (form === undefined ? undefined : firstValueOf(form, field));
  return {
    name: info.identities[0]?.name,
    description: value('description'),
    privacy: value('privacy') ?? value('anonymous'),
    membership: value('membership') ?? value('model'),
  };
}
