import { groupInfo } from '../elements/group-info.js';
import type { Environment } from '../environment.js';
import type { PlacedMessage } from '../model/events.js';
import type { Group, Member } from '../model/group.js';
import { actionMessage } from './system-message.js';

/**
 * Somebody changed the group itself: `text` says what, and an `<x/>` beside the mark has the group as it is now
 * (reference 7.2). The version is that of the member list, which has not changed.
 * @param after the group as it will be after the change
 */
export function settingsMessage(after: Group, actor: Member, text: string, env: Environment): PlacedMessage {
  const { name, privacy } = after.properties;
  const mark = { type: 'update', version: after.version, users: [] } as const;
  const now = groupInfo.build({ members: after.size, name, privacy, pinned: after.pinned });
  return actionMessage(after, actor, mark, text, env, [now]);
}
