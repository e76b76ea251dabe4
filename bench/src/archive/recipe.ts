import { SOLO_DOMAIN } from '../solo.js';

/** A group of the large archive. */
export interface ArchiveGroup {
  readonly jid: string;
  readonly members: readonly string[];
  /** How many places its archive has; some are empty, because a message was retracted. */
  readonly places: number;
}

/** To be changed with whatever changes what is built: another number makes a file anew. */
export const RECIPE = 2;

/** Every so many messages one was retracted. */
export const HOLE_EVERY = 10_007;

/** The first message, in microseconds since the epoch: 2023-11-14. */
export const FIRST_ID = 1_700_000_000_000_000;
/** Microseconds from one message to the next. */
export const SPACING = 11_000_000;

export const READER = 'ann@localhost';

const membersOf = (count: number): string[] => [
  READER,
  ...Array.from({ length: count - 1 }, (_, place) => `user${String(place).padStart(3, '0')}@localhost`),
];

/** So many groups share what the largest has left. */
const OTHERS = 8;

/** One group with four fifths of all messages, and some that share the rest. */
export function groupsOf(messages: number): readonly ArchiveGroup[] {
  const largest = Math.round(messages * 0.8);
  return [
    { jid: `largest@${SOLO_DOMAIN}`, members: membersOf(200), places: largest },
    ...Array.from({ length: OTHERS }, (_, place) => ({
      jid: `other${place}@${SOLO_DOMAIN}`,
      members: membersOf(30),
      places: Math.round((messages - largest) / OTHERS),
    })),
  ];
}
