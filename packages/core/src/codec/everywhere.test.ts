import { describe, expect, it } from 'vitest';
import { failure, ok } from '../result.js';
import { elementIn } from '../testing/table.js';
import { xml } from '../xml/element.js';
import { element } from './declaration.js';
import { everywhere } from './everywhere.js';
import { attr } from './own.js';
import { integer } from './value.js';

const leaf = element('leaf', 'urn:tree', 'reference 0', { size: attr('size', integer()) });

describe('elements at whatever depth', () => {
  it.each([
    ['itself', "<leaf xmlns='urn:tree' size='1'/>", [1]],
    ['a child', "<a><leaf xmlns='urn:tree' size='1'/></a>", [1]],
    ['one inside another', "<leaf xmlns='urn:tree' size='1'><b><leaf size='2'/></b></leaf>", [1, 2]],
    ['by an inherited namespace', "<a xmlns='urn:tree'><b><leaf size='1'/></b></a>", [1]],
    ['by a prefix', "<a xmlns:t='urn:tree'><b><t:leaf size='1'/></b></a>", [1]],
    ['none in another namespace', "<a><leaf size='1'/></a>", []],
  ])('%s', (_, source, sizes) => {
    const found = everywhere(leaf, [elementIn(source)]);
    expect(found.flatMap((read) => (read.ok ? [read.value.size] : [])).sort()).toEqual(sizes);
    expect(found).toHaveLength(sizes.length);
  });

  it('what cannot be read is found as a failure', () => {
    const source = elementIn("<a><leaf xmlns='urn:tree'/><leaf xmlns='urn:tree' size='1'/></a>");
    expect(everywhere(leaf, [source])).toEqual(
      expect.arrayContaining([failure('leaf@size', 'missing'), ok({ size: 1 })]),
    );
  });

  it('a tree as deep as memory allows', () => {
    let deep = xml('leaf', { xmlns: 'urn:tree', size: '1' });
    for (let level = 0; level < 20_000; level++) deep = xml('a', {}, [deep]);
    expect(everywhere(leaf, [deep])).toEqual([ok({ size: 1 })]);
  });
});
