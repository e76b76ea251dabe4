import type { BareJid } from '@xmpp-groups/core/jid';
import { GroupsError } from '../errors.js';
import type { Events } from '../events.js';
import type { Wire } from '../wire.js';
import type { XabberEvents } from './kinds.js';
import type { FollowedGroup } from './state.js';

/** What the parts of `XabberGroups` share. */
export interface Context {
  readonly wire: Wire;
  readonly events: Events<XabberEvents>;
  readonly groups: Map<BareJid, FollowedGroup>;
}

/** Tells of the failure of something that nobody waits for. A mistake of this package is none. */
export function tellFault(context: Context, group: BareJid | undefined, error: unknown): void {
  if (!(error instanceof GroupsError)) throw error;
  if (error.condition !== 'closed') context.events.emit('fault', { group, error });
}
