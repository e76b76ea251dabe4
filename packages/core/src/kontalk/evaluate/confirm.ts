import type { GroupKey } from '../command/command.js';
import { pin } from '../keys/known-key.js';
import { groupOf, type World, withGroup } from '../model/world.js';
import { type Evaluation, retry } from './evaluate.js';
import type { Environment } from './incoming.js';

/** What came of a person's decision: no stanza, no outcome. */
export type Confirmation = Omit<Evaluation, 'outcome'>;

/**
 * I accept an invitation: what has arrived meanwhile is shown. To decline one, leave. A group that there is no
 * invitation to stays as it is.
 */
export function acceptInvitation(world: World, key: GroupKey, environment: Environment): Confirmation {
  const group = groupOf(world, key);
  if (group?.my !== 'invited') return { world, events: [], errands: [] };
  const joined = withGroup(world, { ...group, my: 'member' });
  const later = retry(joined, key, environment);
  return { ...later, events: [{ kind: 'joined', group: key, by: key.owner }, ...later.events] };
}

/**
 * A person confirms that the owner of a group has this key now: the commands that it signed count (reference 2.10,
 * #15).
 */
export function confirmOwnerKey(
  world: World,
  key: GroupKey,
  fingerprint: string,
  environment: Environment,
): Confirmation {
  const group = groupOf(world, key);
  if (group === undefined) return { world, events: [], errands: [] };
  const keys = pin(group.keys, key.owner, fingerprint);
  return retry(withGroup(world, { ...group, keys }), key, environment);
}
