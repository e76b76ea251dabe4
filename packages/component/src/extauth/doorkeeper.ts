import { type BareJid, domainOf } from '@xmpp-groups/core/jid';
import type { Logger } from 'pino';
import type { Source } from './source.js';

export interface Door {
  /** The hosts whose accounts are asked for. */
  readonly hosts: readonly string[];
  isGroup(jid: BareJid, signal: AbortSignal): Promise<boolean>;
  readonly source: Source;
  readonly log: Logger;
}

/**
 * Answers for the groups, and lets through to `source` what concerns nobody else: the name of a group is taken,
 * and nobody can be logged in, registered, given a password or removed under it. Other hosts have no users.
 */
export function doorkeeper({ hosts, isGroup, source, log }: Door): Source {
  return async (request, signal) => {
    const { operation, jid } = request;
    if (!hosts.includes(domainOf(jid))) {
      log.warn({ operation, jid }, `refused: ${domainOf(jid)} is not in extauth.hosts`);
      return false;
    }
    if (!(await isGroup(jid, signal))) return source(request, signal);
    if (operation === 'isuser') return true;
    log.info({ operation, jid }, 'refused: this is the name of a group');
    return false;
  };
}
