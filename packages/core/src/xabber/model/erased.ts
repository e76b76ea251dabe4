import { type BareJid, bareOf, domainOf, jidOf } from '../../jid/index.js';
import type { MemberId } from './group.js';

/** Nobody can have an account there (RFC 2606, section 2). */
const NOWHERE = 'erased.invalid';

/**
 * What stands in place of the JID of a member whose account was erased: his messages and the list of members still
 * need somebody to belong to.
 * @throws Error when the id cannot stand in a JID; those of the Environment can
 */
export function erasedJid(member: MemberId): BareJid {
  const jid = jidOf({ local: member, domain: NOWHERE });
  if (!jid.ok) throw new Error(`the member id ${member} makes no JID: ${jid.error.reason}`);
  return bareOf(jid.value);
}

/** Whether this is all that is left of somebody whose account was erased. */
export const isErased = ({ jid }: { readonly jid: BareJid }): boolean => domainOf(jid) === NOWHERE;
