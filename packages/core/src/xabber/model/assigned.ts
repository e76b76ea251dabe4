import { type BareJid, bareOf, type FullJid, parseJid, resourceOf, withResource } from '../../jid/index.js';
import type { MemberId } from './group.js';

/**
 * The JID that a group assigns to a member for identification (docs/assigned-jids.md): its own, with the member's id in
 * the place of the resource. So it is of the group, whoever takes it for what.
 * @throws Error when the id cannot stand there; those of the Environment can
 */
export function assignedTo(group: BareJid, member: MemberId): FullJid {
  const jid = withResource(group, member);
  if (!jid.ok) throw new Error(`${group}: the member id ${member} makes no JID: ${jid.error.reason}`);
  return jid.value;
}

/** The member id in a JID that `group` has assigned; `undefined`: it is no such JID. */
export function memberIdIn(group: BareJid, name: string): MemberId | undefined {
  if (!name.includes('/')) return undefined;
  const jid = parseJid(name.trim());
  return jid.ok && bareOf(jid.value) === group ? resourceOf(jid.value) : undefined;
}
