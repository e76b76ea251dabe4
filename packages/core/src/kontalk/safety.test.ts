import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareOf } from '../jid/index.js';
import { bare } from '../testing/jids.js';
import { elementIn } from '../testing/table.js';
import { type Evaluation, evaluate } from './evaluate/evaluate.js';
import type { Incoming } from './evaluate/incoming.js';
import { emptyGroup, type GroupState } from './model/group.js';
import { LIMITS } from './model/limits.js';
import { marksIn } from './model/marks.js';
import { isActive } from './model/members.js';
import { inTurn } from './model/seen.js';
import { emptyWorld, groupOf, type World } from './model/world.js';
import { loadWorld, saveWorld } from './saved/world.js';
import { EVERYBODY, stanzas, worlds } from './testing/arbitrary.js';
import { ANN, environment, G1, groupXml, OLGA, sha256, spoken, TEN, verified } from './testing/world.js';

const LATER = environment({}, TEN + 7_200_000);

function run(world: World, all: readonly Incoming[]): readonly Evaluation[] {
  const done: Evaluation[] = [];
  let now = world;
  for (const incoming of all) {
    const evaluation = evaluate(now, incoming, LATER);
    done.push(evaluation);
    now = evaluation.world;
  }
  return done;
}

/** What only the owner may change. */
const owned = ({
  key,
  subject,
  members,
  ownerState,
  complete,
  lastOwner,
  heir,
  rev,
}: GroupState): unknown => ({
  key,
  subject,
  listed: [...members].filter(([, { listed }]) => listed).map(([jid]) => jid),
  ownerState,
  complete,
  lastOwner,
  heir,
  rev,
});

const someStanzas = (senders = EVERYBODY) => fc.array(stanzas(senders), { maxLength: 25, size: 'max' });

describe('whatever arrives', () => {
  it('applied twice is applied once', () => {
    fc.assert(
      fc.property(worlds, someStanzas(), (world, all) => {
        let now = world;
        for (const incoming of all) {
          const once = evaluate(now, incoming, LATER);
          const twice = evaluate(once.world, incoming, LATER);
          expect(twice.world).toEqual(once.world);
          expect(twice.events.filter(({ kind }) => kind === 'message')).toEqual([]);
          now = once.world;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('nobody but the owner changes what only the owner may change', () => {
    fc.assert(
      fc.property(worlds, someStanzas(EVERYBODY.filter((jid) => jid !== OLGA)), (world, all) => {
        const before = groupOf(world, G1);
        for (const { world: after } of run(world, all)) {
          const group = groupOf(after, G1);
          expect(group && owned(group)).toEqual(before && owned(before));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('without a signature the owner cannot be spoken for in an encrypted group', () => {
    fc.assert(
      fc.property(worlds, someStanzas([OLGA]), (world, all) => {
        const before = groupOf(world, G1);
        if (before?.secure !== true) return;
        const unsigned = all.filter(({ verdict }) => verdict.kind !== 'verified');
        for (const { world: after } of run(world, unsigned)) {
          const group = groupOf(after, G1);
          expect(group && owned(group)).toEqual(owned(before));
        }
      }),
    );
  });

  it('a member can change of himself only that he is in no more, and of others nothing', () => {
    fc.assert(
      fc.property(worlds, stanzas(EVERYBODY.filter((jid) => jid !== OLGA)), (world, incoming) => {
        const sender = bareOf(bare(incoming.stanza.attrs.from?.replace(/\/.*/, '') ?? ''));
        const before = groupOf(world, G1);
        const after = groupOf(evaluate(world, incoming, LATER).world, G1);
        for (const jid of EVERYBODY) {
          const was = before !== undefined && isActive(before, jid);
          const is = after !== undefined && isActive(after, jid);
          if (jid === sender) expect(was || !is).toBe(true);
          else expect(is).toBe(was);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('nothing is shown from somebody who is no member', () => {
    fc.assert(
      fc.property(worlds, someStanzas(), (world, all) => {
        let before = world;
        for (const { world: after, events } of run(world, all)) {
          for (const event of events) {
            if (event.kind !== 'message' && event.kind !== 'chat-state' && event.kind !== 'unsupported')
              continue;
            const sender = bareOf(event.from);
            const groups = [groupOf(before, event.group), groupOf(after, event.group)];
            const member = groups.some((group) => group !== undefined && isActive(group, sender));
            // The owner who leaves, or comes back, may say why; so may who has left before I heard that he came, and I
            // myself am no member in my own list.
            const listed = groupOf(after, event.group)?.members.get(sender)?.listed === true;
            const known = sender === event.group.owner || sender === after.me || listed;
            expect(member || (known && event.kind === 'message' && event.withCommand)).toBe(true);
          }
          before = after;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('nothing is shown once I am out', () => {
    fc.assert(
      fc.property(worlds, someStanzas(EVERYBODY.filter((jid) => jid !== OLGA)), (world, all) => {
        const before = groupOf(world, G1);
        if (before === undefined || before.my === 'member') return;
        const shown = run(world, all)
          .flatMap(({ events }) => events)
          .filter(({ kind, group }) => group.owner === OLGA && kind === 'message');
        expect(shown).toEqual([]);
      }),
    );
  });

  it('a world that was saved and loaded is the same', () => {
    fc.assert(
      fc.property(worlds, someStanzas(), (world, all) => {
        const after = run(world, all).at(-1)?.world ?? world;
        const saved: unknown = JSON.parse(JSON.stringify(saveWorld(after)));
        expect(loadWorld(saved)).toEqual({ ok: true, value: after });
      }),
    );
  });
});

describe('memory is bounded', () => {
  const flood = (count: number, one: (index: number) => Incoming, from = emptyWorld(ANN)): World => {
    let world = from;
    for (let index = 0; index < count; index++) world = evaluate(world, one(index), environment()).world;
    return world;
  };
  const stranger = (index: number) => bare(`s${index}@example.net`);

  it('of stanzas for one group that is not known', () => {
    const world = flood(200, (index) => spoken({ from: stranger(index % 7), at: TEN + index }));
    expect(world.held).toHaveLength(LIMITS.heldOfGroup);
  });

  it('of stanzas for many', () => {
    const world = flood(LIMITS.held + 100, (index) =>
      spoken({ from: stranger(index), inside: groupXml(undefined, '', `g${index}`) }),
    );
    expect(world.held).toHaveLength(LIMITS.held);
  });

  it('of large stanzas', () => {
    const large = `${groupXml(undefined)}<body>${'x'.repeat(60_000)}</body>`;
    const world = flood(9, (index) => spoken({ from: stranger(index), inside: large }));
    expect(world.held.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(LIMITS.heldCharacters);
  });

  it('and who sends much pushes out what he sent himself', () => {
    const world = flood(200, (index) => spoken({ from: stranger(index === 0 ? 1 : 2), at: TEN + index }));
    expect(world.held.filter(({ sender }) => sender === stranger(1))).toHaveLength(1);
  });

  it('of time: what is held back goes after a week', () => {
    const world = flood(3, () => spoken({ from: stranger(1) }));
    const later = TEN + LIMITS.heldFor + 1;
    expect(evaluate(world, spoken({ at: later, inside: '' }), environment({}, later)).world.held).toEqual([]);
  });

  it('of what one sender said', () => {
    const created = flood(1, () => spoken({ inside: groupXml('create', `<member jid='${ANN}'/>`) }));
    const body = elementIn("<body xmlns='jabber:client'>x</body>");
    const plain = elementIn(groupXml(undefined));
    const world = flood(
      LIMITS.seenOfSender,
      (index) =>
        spoken({
          id: `i${index}`,
          verdict: verified([plain, body], OLGA, TEN, { payloadHash: sha256(`${index}`) }),
        }),
      created,
    );
    const seen = inTurn(groupOf(world, G1) ?? emptyGroup(G1, ANN));
    expect(seen.map(({ sender, marks }) => [sender, marksIn(marks).length])).toEqual([
      [OLGA, LIMITS.seenOfSender],
    ]);
  });

  it('of invitations', () => {
    let world = emptyWorld(ANN);
    const policy = environment({ autoJoin: () => false });
    for (let index = 0; index < LIMITS.invitations + 20; index++) {
      const from = stranger(index);
      const inside = groupXml('create', `<member jid='${ANN}'/>`, `g${index}`, from);
      world = evaluate(world, spoken({ from, inside }), policy).world;
    }
    expect(world.groups.length).toBe(LIMITS.invitations);
  });

  it('of members that came and went', () => {
    let world = flood(1, () => spoken({ inside: groupXml('create', `<member jid='${ANN}'/>`) }));
    for (let round = 1; round <= 4; round++) {
      for (const op of ['add', 'remove']) {
        const named = Array.from({ length: 400 }, (_, n) => `<${op} jid='r${round}-${n}@example.net'/>`).join(
          '',
        );
        const at = TEN + round * 10 + (op === 'add' ? 0 : 5);
        world = evaluate(world, spoken({ at, inside: groupXml('set', named) }), environment({}, at)).world;
      }
    }
    expect(groupOf(world, G1)?.members.size).toBe(LIMITS.former);
  });
});
