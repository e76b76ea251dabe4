import type { BareJid } from '@xmpp-groups/core/jid';
import type { Context } from '../context.js';
import {
  describeGroup,
  findHosts,
  type GroupDescription,
  type ListedGroup,
  listGroups,
} from '../discover.js';
import { type FoundGroup, searchGroups, type Wanted } from '../search.js';

/** Finding groups. */
export interface Finding {
  /** The hosts of groups that a server names. */
  hosts(server: BareJid): Promise<readonly BareJid[]>;
  /** The groups that a host shows. */
  list(host: BareJid): Promise<readonly ListedGroup[]>;
  /** The groups of a host that have these words in their properties; not every host can search. */
  search(host: BareJid, wanted: Wanted): Promise<readonly FoundGroup[]>;
  /** What a group says of itself; `undefined` when it is none. */
  describe(group: BareJid): Promise<GroupDescription | undefined>;
}

export const finding = ({ wire }: Context): Finding => ({
  hosts: (server) => findHosts(wire, server),
  list: (host) => listGroups(wire, host),
  search: (host, wanted) => searchGroups(wire, host, wanted),
  describe: (group) => describeGroup(wire, group),
});
