import { type BareJid, bareOf, jidOf } from '@xmpp-groups/core/jid';
import { err, ok, type Result } from '@xmpp-groups/core/result';

/**
 * The JID of the group `localpart` of the host `domain`; the localpart is prepared here (RFC 7622, section 3.3).
 * @returns the JID, or one sentence that says why there can be none
 */
export function groupJid(localpart: string, domain: BareJid): Result<BareJid, string> {
  const jid = jidOf({ local: localpart, domain });
  return jid.ok ? ok(bareOf(jid.value)) : err(`This cannot be the name of a group: ${jid.error.reason}`);
}
