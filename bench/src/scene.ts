/** What is measured with each subject: how many groups of how many members, and how many of them write. */
export interface Scene {
  /** Of each group. */
  readonly members: number;
  readonly groups: number;
  /** How many members of each group write, in turns. */
  readonly senders: number;
}

/** How a phase is sent: how many messages, how many of them under way, and how long to wait between two. */
export interface Load {
  readonly messages: number;
  readonly window: number;
  readonly pauseMs: number;
}

/** Groups that exist on every server; scenes that differ in their senders only share them. */
export type Layout = Pick<Scene, 'members' | 'groups'>;

/** By how many places the members of a group are other users than those of the group before. */
const STEP = 3;

/** How many users are needed. */
export const usersOf = ({ members, groups }: Layout): number => (groups === 1 ? members : members * 10);

/** The name of a group or room, always of the same length. */
export const nameOf = ({ members, groups }: Layout, group: number): string =>
  `g${String(groups).padStart(3, '0')}-${String(members).padStart(4, '0')}-${String(group).padStart(3, '0')}`;

export const titleOf = ({ members, groups, senders }: Scene): string =>
  `${groups === 1 ? '' : `${groups} groups of `}${members.toLocaleString('en-US')} members, ` +
  `${senders} sender${senders === 1 ? '' : 's'}${groups === 1 ? '' : ' in each'}`;

/** The group to which the message `number` goes: all in turns. */
export const groupOf = ({ groups }: Layout, number: number): number => number % groups;

/** The place among all users of the member `index` of a group. */
export const placeOf = (layout: Layout, group: number, index: number): number =>
  (group * STEP + index) % usersOf(layout);

/** The index as a member of the user at `place`; at least `members` when he is none. */
export function indexOf(layout: Layout, group: number, place: number): number {
  const users = usersOf(layout);
  return (place - ((group * STEP) % users) + users) % users;
}

/** The place of the user who sends the message `number`: the senders are spread over all members. */
export function senderOf(scene: Scene, number: number): number {
  const turn = Math.floor(number / scene.groups) % scene.senders;
  return placeOf(scene, groupOf(scene, number), turn * Math.floor(scene.members / scene.senders));
}

/** Layouts without doubles. */
export function layoutsOf(scenes: readonly Scene[]): Layout[] {
  const all = new Map(
    scenes.map(({ members, groups }) => [nameOf({ members, groups }, 0), { members, groups }]),
  );
  return [...all.values()];
}
