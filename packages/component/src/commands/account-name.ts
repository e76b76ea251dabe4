import { type BareJid, bareOf, domainOf, jidOf, localpartOf, parseBareJid } from '@xmpp-groups/core/jid';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import type { AccountsConfig } from '../config/load.js';

/** The argument of all commands about one account. */
export const ACCOUNT = [
  '<jid>',
  'the JID of the account; where extauth.hosts has one host, its localpart alone',
] as const;

/**
 * The account that an operator names.
 * @returns its JID, or one sentence that says why there can be none
 */
export function accountNamed(name: string, { extauth: { hosts } }: AccountsConfig): Result<BareJid, string> {
  const [host] = hosts;
  if (!name.includes('@')) {
    if (host === undefined || hosts.length > 1) {
      return err(`${JSON.stringify(name)} has no host; give a JID such as ${name}@${host ?? 'example.com'}`);
    }
    const jid = jidOf({ local: name, domain: host });
    return jid.ok ? ok(bareOf(jid.value)) : err(`This cannot be the name of an account: ${jid.error.reason}`);
  }
  const jid = parseBareJid(name);
  if (!jid.ok) return err(`${JSON.stringify(name)} is no bare JID: ${jid.error.reason}`);
  return localpartOf(jid.value) === undefined
    ? err(`${JSON.stringify(name)} has no localpart; give a JID such as romeo@${domainOf(jid.value)}`)
    : ok(jid.value);
}
