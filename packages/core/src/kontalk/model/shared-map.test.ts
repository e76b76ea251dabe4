import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_ENTRIES, type SharedMap, valueIn, valuesIn, withoutKey, withValue } from './shared-map.js';

/** Among them two of the same hash. */
const keys = fc.constantFrom('Aa', 'BB', '', 'a', 'b', 'ann@example.net', '\u{1F600}');
const changes = fc.array(fc.tuple(keys, fc.option(fc.nat(2), { nil: undefined })), { maxLength: 40 });

const isSame = (map: SharedMap<number>, wanted: ReadonlyMap<string, number>): void => {
  expect(map.size).toBe(wanted.size);
  expect([...valuesIn(map)].sort()).toEqual([...wanted.values()].sort());
  for (const key of ['Aa', 'BB', '', 'a', 'b', 'ann@example.net', '\u{1F600}', 'other']) {
    expect(valueIn(map, key)).toBe(wanted.get(key));
  }
};

describe('a shared map', () => {
  it('holds what a map holds, and stays as it is when others are made of it', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const steps: [SharedMap<number>, ReadonlyMap<string, number>][] = [];
        let map: SharedMap<number> = NO_ENTRIES;
        const wanted = new Map<string, number>();
        for (const [key, value] of all) {
          map = value === undefined ? withoutKey(map, key) : withValue(map, key, value);
          if (value === undefined) wanted.delete(key);
          else wanted.set(key, value);
          steps.push([map, new Map(wanted)]);
        }
        for (const [then, as] of steps) isSame(then, as);
      }),
    );
  });

  it('is the same one when nothing changes', () => {
    const map = withValue(NO_ENTRIES, 'a', 1);
    expect(withValue(map, 'a', 1)).toBe(map);
    expect(withoutKey(map, 'b')).toBe(map);
  });

  it('holds thousands', () => {
    let map: SharedMap<number> = NO_ENTRIES;
    for (let n = 0; n < 3000; n++) map = withValue(map, `key ${n}`, n);
    for (let n = 0; n < 3000; n += 2) map = withoutKey(map, `key ${n}`);
    expect(map.size).toBe(1500);
    expect([valueIn(map, 'key 7'), valueIn(map, 'key 8')]).toEqual([7, undefined]);
  });
});
