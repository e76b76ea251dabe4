import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';

const ADJECTIVES = [
  'Amber',
  'Brave',
  'Calm',
  'Clever',
  'Crimson',
  'Curious',
  'Eager',
  'Gentle',
  'Golden',
  'Happy',
  'Hidden',
  'Humble',
  'Jolly',
  'Lively',
  'Lucky',
  'Merry',
  'Misty',
  'Noble',
  'Patient',
  'Proud',
  'Quiet',
  'Rapid',
  'Silent',
  'Silver',
  'Sleepy',
  'Swift',
  'Tender',
  'Velvet',
  'Wandering',
  'Witty',
];

const NOUNS = [
  'Badger',
  'Beaver',
  'Crane',
  'Dolphin',
  'Falcon',
  'Fox',
  'Hare',
  'Hedgehog',
  'Heron',
  'Ibis',
  'Jackdaw',
  'Kestrel',
  'Lark',
  'Lynx',
  'Magpie',
  'Marten',
  'Otter',
  'Owl',
  'Panda',
  'Pelican',
  'Raven',
  'Robin',
  'Seal',
  'Sparrow',
  'Stoat',
  'Swan',
  'Tapir',
  'Thrush',
  'Walrus',
  'Wren',
];

/** A name for somebody whose own must not be seen (reference 6.9), e.g. `Quiet Heron 417`. */
export const randomNickname = (env: Environment): string =>
  [
    ADJECTIVES[env.random(ADJECTIVES.length)],
    NOUNS[env.random(NOUNS.length)],
    // With only 900 pairs two members of one group would soon have the same name.
    1 + env.random(999),
  ].join(' ');

/** So many draws find a free name in a group of a hundred thousand; more would only hold up the group. */
const DRAWS = 20;

/** A random name that nobody in the group has or had, so that two of its masks are never taken for one. */
export function freeNickname(group: Group, env: Environment): string {
  const taken = new Set([...group.members.values()].map(({ nickname }) => nickname));
  let name = randomNickname(env);
  for (let draws = 1; taken.has(name) && draws < DRAWS; draws++) name = randomNickname(env);
  return name;
}
