import type { BareJid } from '../../jid/index.js';
import type { Environment } from '../environment.js';
import { type Group, type MemberId, memberJids } from '../model/group.js';

/** The services that keep an index of this group: none unless it wants to be found everywhere (reference 14.1). */
export const indexServicesOf = (group: Group, env: Environment): readonly BareJid[] =>
  group.properties.index === 'global' ? env.host.indexServices : [];

/**
 * Who hears what the group says to all: its members without `except`, and the services that index it. Some
 * service may be a member as well.
 */
export function audienceOf(group: Group, env: Environment, except?: MemberId): BareJid[] {
  const jids = memberJids(group, except);
  const services = indexServicesOf(group, env);
  if (services.length === 0) return jids;
  const silent = except === undefined ? undefined : group.members.get(except)?.jid;
  return [...new Set([...jids, ...services.filter((service) => service !== silent)])];
}
