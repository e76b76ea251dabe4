import type { BareJid } from '../../jid/index.js';
import type { GroupKey } from '../command/command.js';
import { keyText, sameKey } from '../command/key.js';
import type { Held } from '../hold/hold.js';
import type { GroupState } from './group.js';

/** All groups that an account knows, and what is held back for those that it may come to know. Immutable. */
export interface World {
  readonly me: BareJid;
  /**
   * In the order in which they became known. With each message one of them changes, and the list is copied, which for 500
   * groups is a matter of nanoseconds, and not of ten microseconds as for a map.
   */
  readonly groups: readonly GroupState[];
  /** Where in the list each stands, by {@link keyText}. */
  readonly places: ReadonlyMap<string, number>;
  /** In the order in which it arrived. */
  readonly held: readonly Held[];
}

/** An account without groups. */
export const emptyWorld = (me: BareJid): World => worldFrom(me, [], []);

/** An account with these groups. Of those with the same key only the last one counts. */
export function worldFrom(me: BareJid, all: readonly GroupState[], held: readonly Held[]): World {
  const known = new Map(all.map((group) => [keyText(group.key), group]));
  const places = new Map([...known.keys()].map((key, place) => [key, place]));
  return { me, groups: [...known.values()], places, held };
}

/** A group that the account knows; `undefined` when it does not. */
export const groupOf = (world: World, key: GroupKey): GroupState | undefined =>
  groupNamed(world, keyText(key));

/** The same by the key as a text, for who has it already: to put it together is not for nothing. */
export function groupNamed({ groups, places }: World, name: string): GroupState | undefined {
  const place = places.get(name);
  return place === undefined ? undefined : groups[place];
}

/** The world with a group, in place of what was known of it. */
export const withGroup = (world: World, group: GroupState): World =>
  withGroupNamed(world, keyText(group.key), group);

/** The same by the key as a text. */
export function withGroupNamed({ me, groups, places, held }: World, key: string, group: GroupState): World {
  const place = places.get(key);
  const changed = groups.slice();
  changed[place ?? groups.length] = group;
  return {
    me,
    groups: changed,
    places: place === undefined ? new Map(places).set(key, groups.length) : places,
    held,
  };
}

/** Forgets a group, and what is held back for it. */
export const withoutGroup = ({ me, groups, held }: World, key: GroupKey): World =>
  worldFrom(
    me,
    groups.filter((group) => !sameKey(group.key, key)),
    held.filter((one) => !sameKey(one.key, key)),
  );
