import type { Jid } from '../../jid/index.js';
import { type Decision, type Notice, refuseWith } from '../decision.js';
import type { Group, Member } from '../model/group.js';
import { memberBehind } from './authority.js';

/** A member wants to hear of joins, leaves and counters, or not to (docs/updates.md). */
export function decideUpdates(
  group: Group,
  command: { readonly from: Jid; readonly receive: boolean },
): Decision {
  const member = memberBehind(group, command.from);
  if (!member.ok) return refuseWith(member.error);
  const { events, notices } = updatesSwitched(member.value, command.receive);
  return { events, notices: [{ kind: 'result', payload: [] }, ...notices] };
}

/** What follows from the wish; who hears again is told at once how things stand. */
export function updatesSwitched(member: Member, receive: boolean): Decision {
  if (member.preferences.receivesUpdates === receive) return { events: [], notices: [] };
  const preferences = { ...member.preferences, receivesUpdates: receive };
  const now: Notice[] = receive ? [{ kind: 'presence', to: [member.jid] }] : [];
  return { events: [{ kind: 'preferencesChanged', member: member.id, preferences }], notices: now };
}
