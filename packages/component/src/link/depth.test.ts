import { type XmlElement, xml } from '@xmpp-groups/core/xml';
import { describe, expect, it } from 'vitest';
import { isDeeperThan } from './depth.js';

function nested(levels: number): XmlElement {
  let element = xml('leaf', {}, ['text']);
  for (let level = 1; level < levels; level += 1) element = xml('branch', {}, [xml('side'), element]);
  return element;
}

describe('isDeeperThan', () => {
  it.each([
    { levels: 1, limit: 1, deeper: false },
    { levels: 2, limit: 1, deeper: true },
    { levels: 64, limit: 64, deeper: false },
    { levels: 65, limit: 64, deeper: true },
    { levels: 100_000, limit: 64, deeper: true },
  ])('$levels levels against $limit: $deeper', ({ levels, limit, deeper }) => {
    expect(isDeeperThan(limit, nested(levels))).toBe(deeper);
  });
});
