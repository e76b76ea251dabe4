import { describe, expect, it } from 'vitest';
import { marksIn } from '../model/marks.js';
import { inTurn, marksOf, remember } from '../model/seen.js';
import { groupOf } from '../model/world.js';
import { ANN, BEN, CLEO, G1, group, worldWith } from '../testing/world.js';
import { loadWorld, saveWorld } from './world.js';

const plain = (): Record<string, unknown> => JSON.parse(JSON.stringify(saveWorld(worldWith(group()))));

describe('a saved world', () => {
  it('is read again', () => {
    expect(loadWorld(plain())).toEqual({ ok: true, value: worldWith(group()) });
  });

  it('knows what was seen, and who spoke last', () => {
    const spoken = [BEN, CLEO, BEN].reduce(
      (all, jid, n) => remember(all, jid, marksOf(`i${n}`, 'h')),
      group(),
    );
    const saved: unknown = JSON.parse(JSON.stringify(saveWorld(worldWith(spoken))));
    expect(loadWorld(saved)).toEqual({ ok: true, value: worldWith(spoken) });
  });

  it('takes the order for who spoke last where turns were not counted yet', () => {
    const { turn: _, ...old } = { ...group(), members: [], keys: [], told: [] };
    const seen = [
      [CLEO, ['id 1']],
      [BEN, ['id 2', 'hash 3']],
    ];
    const read = loadWorld({ ...plain(), groups: [{ ...old, seen }] });
    const known = read.ok ? groupOf(read.value, G1) : undefined;
    expect(known && inTurn(known).map(({ sender, marks }) => [sender, marksIn(marks)])).toEqual(seen);
    const after = known && inTurn(remember(known, CLEO, ['id 4']));
    expect(after?.map(({ sender }) => sender)).toEqual([BEN, CLEO]);
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
