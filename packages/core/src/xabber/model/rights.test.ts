import { describe, expect, it } from 'vitest';
import {
  changedRights,
  expired,
  neededToSet,
  PERMISSIONS,
  permits,
  permittedUntil,
  RESTRICTIONS,
  type Right,
  type Role,
  restricts,
  roleOf,
} from './rights.js';

/** Seconds since the epoch, and the same moment in milliseconds. */
const UNTIL = 1_618_495_600;
const JUST_BEFORE = UNTIL * 1000 - 1;
const AT = UNTIL * 1000;

const held = (...rights: readonly Right[]): Map<Right, number> => new Map(rights.map((right) => [right, 0]));

describe('permissions', () => {
  it.each(PERMISSIONS.map((right, index) => [right, index] as const))(
    '%s includes those below it',
    (right, index) => {
      const granted = PERMISSIONS.filter((wanted) => permits(held(right), wanted, AT));
      expect(granted).toEqual(PERMISSIONS.slice(index));
    },
  );

  it('are none without a right, or with restrictions alone', () => {
    expect(PERMISSIONS.filter((wanted) => permits(held(...RESTRICTIONS), wanted, AT))).toEqual([]);
    expect(PERMISSIONS.filter((wanted) => permits(held(), wanted, AT))).toEqual([]);
  });

  it('fall back to the highest that is still in force', () => {
    const rights = new Map<Right, number>([
      ['change-group', UNTIL],
      ['delete-messages', 0],
    ]);
    expect(permits(rights, 'set-restrictions', JUST_BEFORE)).toBe(true);
    expect(permits(rights, 'set-restrictions', AT)).toBe(false);
    expect(permits(rights, 'delete-messages', AT)).toBe(true);
  });
});

describe('restrictions', () => {
  it.each(RESTRICTIONS)('%s forbids itself alone, until it expires', (right) => {
    expect(RESTRICTIONS.filter((other) => restricts(held(right), other, AT))).toEqual([right]);
    const rights = new Map<Right, number>([[right, UNTIL]]);
    expect([restricts(rights, right, JUST_BEFORE), restricts(rights, right, AT)]).toEqual([true, false]);
  });
});

describe('roles', () => {
  const cases: readonly [rights: readonly [Right, number][], before: Role, after: Role][] = [
    [[], 'member', 'member'],
    [[['owner', 0]], 'owner', 'owner'],
    [[['owner', UNTIL]], 'owner', 'member'],
    [
      [
        ['owner', UNTIL],
        ['delete-messages', 0],
      ],
      'owner',
      'admin',
    ],
    [[['change-users', UNTIL]], 'admin', 'member'],
    [[['send-messages', 0]], 'member', 'member'],
  ];
  it.each(cases)('%j', (rights, before, after) => {
    expect([roleOf(new Map(rights), JUST_BEFORE), roleOf(new Map(rights), AT)]).toEqual([before, after]);
  });
});

describe('what it takes to give a right', () => {
  it.each([
    ['owner', 'owner'],
    ['change-group', 'owner'],
    ['set-permissions', 'change-group'],
    ['set-restrictions', 'set-permissions'],
    ['change-users', 'set-permissions'],
    ['delete-messages', 'set-permissions'],
    ['send-messages', 'set-restrictions'],
    ['send-stickers', 'set-restrictions'],
  ] as const)('%s: %s', (right, needed) => {
    expect(neededToSet(right)).toBe(needed);
  });
});

describe('until when somebody may', () => {
  const rights = new Map<Right, number>([
    ['change-group', UNTIL],
    ['change-users', UNTIL + 5],
    ['delete-messages', 0],
  ]);
  it.each([
    ['owner', undefined],
    ['change-group', UNTIL],
    ['set-restrictions', UNTIL],
    ['change-users', UNTIL + 5],
    ['delete-messages', 0],
  ] as const)('%s: %s', (permission, until) => {
    expect(permittedUntil(rights, permission, JUST_BEFORE)).toBe(until);
  });

  it('is as long as the longest that is in force', () => {
    expect(permittedUntil(rights, 'set-restrictions', AT)).toBeUndefined();
    expect(permittedUntil(rights, 'change-users', AT)).toBe(UNTIL + 5);
  });
});

describe('changes', () => {
  it('leave the rights before as they were', () => {
    const before = held('owner', 'send-voice');
    const after = changedRights(
      before,
      new Map<Right, number | undefined>([
        ['owner', undefined],
        ['send-audio', UNTIL],
      ]),
    );
    expect([...after]).toEqual([
      ['send-voice', 0],
      ['send-audio', UNTIL],
    ]);
    expect([...before.keys()]).toEqual(['owner', 'send-voice']);
  });

  it('are due for what has expired', () => {
    const rights = new Map<Right, number>([
      ['owner', 0],
      ['send-voice', UNTIL],
      ['send-audio', UNTIL + 1],
    ]);
    expect([expired(rights, JUST_BEFORE), expired(rights, AT)]).toEqual([[], ['send-voice']]);
  });
});
