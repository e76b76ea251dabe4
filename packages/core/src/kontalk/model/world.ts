import type { BareJid } from '../../jid/index.js';
import type { GroupKey } from '../command/command.js';
import { keyText } from '../command/key.js';
import type { Held } from '../hold/hold.js';
import type { GroupState } from './group.js';

/** All groups that an account knows, and what is held back for those that it may come to know. Immutable. */
export interface World {
  readonly me: BareJid;
  /** By {@link keyText}. */
  readonly groups: ReadonlyMap<string, GroupState>;
  /** In the order in which it arrived. */
  readonly held: readonly Held[];
}

/** An account without groups. */
export const emptyWorld = (me: BareJid): World => ({ me, groups: new Map(), held: [] });

/** A group that the account knows; `undefined` when it does not. */
export const groupOf = (world: World, key: GroupKey): GroupState | undefined =>
  world.groups.get(keyText(key));

export function withGroup({ me, groups, held }: World, group: GroupState): World {
  return { me, groups: new Map(groups).set(keyText(group.key), group), held };
}

/** Forgets a group, and what is held back for it. */
export function withoutGroup(world: World, key: GroupKey): World {
  const groups = new Map(world.groups);
  groups.delete(keyText(key));
  return { ...world, groups, held: world.held.filter((held) => keyText(held.key) !== keyText(key)) };
}
