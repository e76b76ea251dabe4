import type { BareJid, Jid } from '../../jid/index.js';
import type { Audience } from '../decision.js';
import type { Environment } from '../environment.js';
import {
  type Group,
  type MemberId,
  memberJids,
  presentJids,
  readerJids,
  updatedJids,
} from '../model/group.js';

/** The services that keep an index of this group: none unless it wants to be found everywhere (reference 14.1). */
export const indexServicesOf = (group: Group, env: Environment): readonly BareJid[] =>
  group.properties.index === 'global' ? env.host.indexServices : [];

/**
 * Who hears what the group says to all: its members without `except`, and the services that index it. Some
 * service may be a member as well.
 */
export const audienceOf = (group: Group, env: Environment, except?: MemberId): BareJid[] =>
  withServices(group, env, memberJids(group, except), except);

/** Who gets what a member writes: the same without those who may not read (reference 9.1, `read-messages`). */
export const readersOf = (group: Group, env: Environment, except: MemberId | undefined): BareJid[] =>
  withServices(group, env, readerJids(group, env.now, except), except);

function withServices(
  group: Group,
  env: Environment,
  jids: BareJid[],
  except: MemberId | undefined,
): BareJid[] {
  const services = indexServicesOf(group, env);
  if (services.length === 0) return jids;
  const silent = except === undefined ? undefined : group.members.get(except)?.jid;
  return [...new Set([...jids, ...services.filter((service) => service !== silent)])];
}

/** Who hears what is for one of the audiences. Services that index the group hear what all members could. */
export function listenersOf(group: Group, env: Environment, audience: Audience): readonly Jid[] {
  switch (audience) {
    case 'members':
      return audienceOf(group, env);
    case 'updated':
      return [...new Set([...updatedJids(group), ...indexServicesOf(group, env)])];
    case 'present':
      return presentJids(group);
  }
}
