import { describe, expect, it } from 'vitest';
import { bare } from '../../test/jids.js';
import { type Creations, createCreations } from './creations.js';

const JULIET = bare('juliet@example.com');
const ROMEO = bare('romeo@example.com');
const HOUR = 3_600_000;

/** `begun`, or the refusal. */
const begin = (creations: Creations, creator: typeof JULIET, now: number): string => {
  const begun = creations.begin(creator, now);
  return typeof begun === 'function' ? 'begun' : `${begun.condition}: ${begun.text}`;
};

const refused = (groups: string, hours: string): string =>
  `resource-constraint: You can create ${groups} a day here. Please try again in ${hours}`;

describe('createCreations', () => {
  it('lets everybody create as many groups as he likes where there is no limit', () => {
    const creations = createCreations(0);
    expect([1, 1, 1].map((now) => begin(creations, JULIET, now))).toEqual(['begun', 'begun', 'begun']);
  });

  it('counts those of the last day, for each user by himself', () => {
    const creations = createCreations(2);
    const at = (hours: number, creator = JULIET): string => begin(creations, creator, hours * HOUR);
    expect([at(1), at(3), at(4), at(4, ROMEO), at(24.5), at(25), at(26)]).toEqual([
      'begun',
      'begun',
      refused('2 groups', '21 hours'),
      'begun',
      refused('2 groups', '1 hour'),
      'begun',
      refused('2 groups', '1 hour'),
    ]);
  });

  it('does not count what nothing came of, nor what was refused', () => {
    const creations = createCreations(1);
    for (const now of [0, 0, HOUR]) {
      const begun = creations.begin(JULIET, now);
      expect(begin(creations, JULIET, now)).toBe(refused('1 group', '24 hours'));
      if (typeof begun === 'function') begun();
    }
    expect(begin(creations, JULIET, HOUR)).toBe('begun');
  });

  it('lets nobody wait for longer because the clock was set back', () => {
    const creations = createCreations(1);
    expect([begin(creations, JULIET, 100 * HOUR), begin(creations, JULIET, HOUR)]).toEqual([
      'begun',
      'begun',
    ]);
  });
});
