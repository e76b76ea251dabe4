import { type SeedGroup, seedGroups } from '@xmpp-groups/harness';

/** How many groups there are, and how many members most and the large ones have. */
export interface Scale {
  readonly domain: string;
  /** All groups, the large ones among them: those with the first numbers. */
  readonly groups: number;
  readonly large: number;
  readonly membersOfLarge: number;
  readonly membersOfOthers: number;
  /** The members are so many users in turn: each is in several groups. */
  readonly users: number;
}

/** After so many groups it is said how far it has come. */
const TOLD_EVERY = 10_000;

export const membersIn = ({ groups, large, membersOfLarge, membersOfOthers }: Scale): number =>
  large * membersOfLarge + (groups - large) * membersOfOthers;

export const scaleGroup = (scale: Scale, number: number): string =>
  `group-${String(number).padStart(6, '0')}@${scale.domain}`;

/** The owner of a group, who is its first member. */
export const ownerOf = (scale: Scale, number: number): string => userOf(scale, number, 0);

export const sizeOf = ({ large, membersOfLarge, membersOfOthers }: Scale, number: number): number =>
  number < large ? membersOfLarge : membersOfOthers;

/** 7919 is a prime: no two members of a group are the same user as long as there are more users than members. */
const userOf = ({ users }: Scale, group: number, place: number): string =>
  `user${String((group * 7919 + place) % users).padStart(6, '0')}@example.com`;

/** Writes all groups into a new store, as if their members had come one by one. */
export async function seedScale(url: string, scale: Scale, progress: (text: string) => void): Promise<void> {
  function* groups(): Iterable<SeedGroup> {
    for (let number = 0; number < scale.groups; number += 1) {
      if (number % TOLD_EVERY === 0) progress(`  ${number} of ${scale.groups} groups`);
      const members = Array.from({ length: sizeOf(scale, number) }, (_, place) =>
        userOf(scale, number, place),
      );
      yield { jid: scaleGroup(scale, number), members, welcome: 'Welcome to all of you' };
    }
  }
  await seedGroups(url, groups());
}
