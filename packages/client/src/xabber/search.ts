import { type BareJid, domainOf } from '@xmpp-groups/core/jid';
import { type SearchRequest, search, searchResult } from '@xmpp-groups/core/xabber';
import type { Wire } from '../wire.js';

/** Parts of what is looked for, upper and lower case taken as the same; what is left out fits all. */
export type Wanted = Omit<SearchRequest, 'rsm'>;

/** A group that was found. */
export interface FoundGroup {
  readonly group: BareJid;
  readonly name: string;
  readonly description: string;
  /** `public` or `incognito`. */
  readonly privacy: string;
  /** `open` or `member-only`. */
  readonly membership: string;
  readonly members: number;
}

const PAGE = 100;

/** The groups of a host that fit (reference 14.2), all pages of them. */
export async function searchGroups(
  wire: Wire,
  host: BareJid,
  wanted: Wanted,
): Promise<readonly FoundGroup[]> {
  const attempt = { what: 'search for groups', to: host };
  const found = new Map<BareJid, FoundGroup>();
  for (let after: string | undefined; ; ) {
    const question = search.build({ ...wanted, rsm: { max: PAGE, after } });
    const page = await wire.ask(attempt, question, searchResult);
    const known = found.size;
    for (const { jid, name, description, privacy, membership, size } of page.groups) {
      if (domainOf(jid) !== host) continue;
      found.set(jid, { group: jid, name, description, privacy, membership, members: size });
    }
    after = page.rsm?.last;
    // A host that knows no pages answers with everything each time.
    if (after === undefined || found.size === known) return [...found.values()];
  }
}
