import type { Choices } from '../command.js';
import type { GroupEvent } from '../model/events.js';
import type { MemberId, Preferences } from '../model/group.js';

/** What follows when a member decides something about himself; nothing when it is so already. */
export function chosen(member: MemberId, before: Preferences, choices: Choices | undefined): GroupEvent[] {
  const preferences: Preferences = { ...before, ...choices };
  const same =
    preferences.collects === before.collects &&
    preferences.acceptsPrivateChats === before.acceptsPrivateChats;
  return same ? [] : [{ kind: 'preferencesChanged', member, preferences }];
}
