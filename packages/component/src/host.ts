import { bareOf, domainOf, type Jid } from '@xmpp-groups/core/jid';
import type { Host } from '@xmpp-groups/core/xabber';
import type { StorageConfig } from './config/load.js';
import { VERSION } from './version.js';

/** What the groups' rules have to know of the configuration. */
export function hostOf({ component, archive, groups }: StorageConfig): Host {
  const creators = groups.allowCreation;
  const listed = new Set<string>(creators === 'everyone' ? [] : creators);
  return {
    domain: component.domain,
    softwareVersion: VERSION,
    archiveHint: archive.hint,
    indexServices: groups.indexServices,
    mayCreate: (jid: Jid) => creators === 'everyone' || listed.has(bareOf(jid)) || listed.has(domainOf(jid)),
  };
}
