import { describe, expect, it } from 'vitest';
import { ANN, group, worldWith } from '../testing/world.js';
import { loadWorld, saveWorld } from './world.js';

const plain = (): Record<string, unknown> => JSON.parse(JSON.stringify(saveWorld(worldWith(group()))));

describe('a saved world', () => {
  it('is read again', () => {
    expect(loadWorld(plain())).toEqual({ ok: true, value: worldWith(group()) });
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'world: no object'],
    ['of another version', { ...plain(), version: 2 }, 'world/version: not 1'],
    ['of nobody', { ...plain(), me: 1 }, 'world/me: no bare JID'],
    ['with a group that is none', { ...plain(), groups: [{}] }, 'world/groups/0/key: no object'],
    ['without a list', { ...plain(), held: {} }, 'world/held: no list'],
    [
      'with a group of a domain',
      { ...plain(), groups: [{ key: { id: 'g', owner: 'example.net' }, me: ANN }] },
      'world/groups/0/key: the JID of a domain',
    ],
  ])('%s is refused', (_, saved, reason) => {
    const read = loadWorld(saved);
    expect(read.ok ? 'read' : `${read.error.path}: ${read.error.reason}`).toBe(reason);
  });
});
