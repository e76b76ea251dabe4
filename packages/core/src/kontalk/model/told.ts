import type { GroupState } from './group.js';
import { LIMITS } from './limits.js';

/**
 * Notes that something is said to somebody, unless it was within the last `every` milliseconds: then there is
 * nothing to say, and `undefined` is returned.
 */
export function tell(group: GroupState, what: string, now: number, every: number): GroupState | undefined {
  const last = group.told.get(what);
  if (last !== undefined && now - last < every) return undefined;
  const told = new Map(group.told);
  told.delete(what);
  told.set(what, now);
  for (const oldest of told.keys()) {
    if (told.size <= LIMITS.former) break;
    told.delete(oldest);
  }
  return { ...group, told };
}
