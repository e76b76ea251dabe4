import { describe, expect, it } from 'vitest';
import { groupOf, indexOf, layoutsOf, nameOf, placeOf, senderOf, titleOf, usersOf } from './scene.js';

const ROOM = { members: 50, groups: 1, senders: 1 };
const MANY = { members: 30, groups: 100, senders: 1 };

describe('a scene', () => {
  it.each([
    [ROOM, '50 members, 1 sender', 50],
    [{ ...ROOM, senders: 20 }, '50 members, 20 senders', 50],
    [MANY, '100 groups of 30 members, 1 sender in each', 300],
  ])('%o is called so and needs so many users', (scene, title, users) => {
    expect(titleOf(scene)).toBe(title);
    expect(usersOf(scene)).toBe(users);
  });

  it('has each member at another place, and finds him there again', () => {
    for (const scene of [ROOM, MANY]) {
      for (let group = 0; group < scene.groups; group += 1) {
        const places = Array.from({ length: scene.members }, (_, index) => placeOf(scene, group, index));
        expect(new Set(places).size).toBe(scene.members);
        expect(places.map((place) => indexOf(scene, group, place))).toEqual([...places.keys()]);
        expect(Math.max(...places)).toBeLessThan(usersOf(scene));
      }
    }
  });

  it('counts nobody as a member who is none', () => {
    expect(indexOf(MANY, 0, 30)).toBe(30);
    expect(indexOf(MANY, 1, 2)).toBeGreaterThanOrEqual(MANY.members);
  });

  it('lets members of the group send', () => {
    for (const scene of [ROOM, { ...ROOM, senders: 20 }, MANY]) {
      const senders = new Set<number>();
      for (let number = 0; number < 200; number += 1) {
        const place = senderOf(scene, number);
        expect(indexOf(scene, groupOf(scene, number), place)).toBeLessThan(scene.members);
        if (groupOf(scene, number) === 0) senders.add(place);
      }
      expect(senders.size).toBe(scene.senders);
    }
  });

  it('shares its groups with scenes that differ in their senders only', () => {
    expect(layoutsOf([ROOM, { ...ROOM, senders: 20 }, MANY])).toHaveLength(2);
    expect(nameOf(ROOM, 0)).toBe('g001-0050-000');
  });
});
