import { bareOf, domainOf, type Jid } from '@xmpp-groups/core/jid';
import type { Host } from '@xmpp-groups/core/xabber';
import type { Config, StorageConfig } from './config/load.js';
import { AVATARS } from './http/avatars.js';
import { VERSION } from './version.js';

/** What the groups' rules have to know of the configuration; commands for the database alone have no `http`. */
export function hostOf({
  domain,
  archive,
  groups,
  http,
  limits,
}: StorageConfig & Partial<Pick<Config, 'http' | 'limits'>>): Host {
  const creators = groups.allowCreation;
  const listed = new Set<string>(creators === 'everyone' ? [] : creators);
  return {
    domain,
    softwareVersion: VERSION,
    archiveHint: archive.hint,
    avatarsAt: http?.publicUrl === undefined ? undefined : `${http.publicUrl}${AVATARS}`,
    indexServices: groups.indexServices,
    limits,
    mayCreate: (jid: Jid) => creators === 'everyone' || listed.has(bareOf(jid)) || listed.has(domainOf(jid)),
  };
}
