import { bareOf } from '../../jid/index.js';
import type { Displayed } from '../command.js';
import { type Decision, NOTHING, say } from '../decision.js';
import type { ArchivedMessage } from '../model/events.js';
import { activeMember, type Group } from '../model/group.js';

/**
 * A member has seen a message: its author is told (reference 6.6). Markers of others count for nothing, nor does
 * somebody's having seen what he wrote himself.
 * @param message the message that is named, if there is one
 */
export function decideDisplayed(
  group: Group,
  { from }: Displayed,
  message: ArchivedMessage | undefined,
): Decision {
  const reader = activeMember(group, bareOf(from));
  if (reader === undefined || message === undefined || message.author === reader.id) return NOTHING;
  return say({ kind: 'seen', message, by: reader.id });
}
