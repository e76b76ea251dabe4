import { describe, expect, it } from 'vitest';
import type { BareJid } from '../../jid/index.js';
import { type Evaluation, evaluate } from '../evaluate/evaluate.js';
import { emptyGroup, type GroupState, type MemberRecord } from '../model/group.js';
import { activeMembers } from '../model/members.js';
import { emptyWorld, groupOf, type World } from '../model/world.js';
import {
  ANN,
  BEN,
  CLEO,
  DAN,
  environment,
  G1,
  group,
  groupXml,
  MALLORY,
  NINE,
  OLGA,
  type Spoken,
  spoken,
  TEN,
  worldWith,
} from '../testing/world.js';

// The rows of the table of transitions (reference 2.7), by their numbers.

const members = (...jids: readonly string[]) => jids.map((jid) => `<member jid='${jid}'/>`).join('');
const add = (...jids: readonly string[]) => jids.map((jid) => `<add jid='${jid}'/>`).join('');
const remove = (...jids: readonly string[]) => jids.map((jid) => `<remove jid='${jid}'/>`).join('');
const create = (...jids: readonly string[]) => groupXml('create', members(...jids));
const set = (children: string) => groupXml('set', children);
const PART = groupXml('part', '<part/>');
const TEXT = `${groupXml(undefined)}<body>hi</body>`;
const was = (changes: Partial<MemberRecord> = {}): MemberRecord => ({
  listed: true,
  why: 'create',
  at: NINE,
  since: NINE,
  partedAt: undefined,
  ...changes,
});

const NONE = emptyWorld(ANN);
const MEMBER = worldWith(group());
/** Since when the owner takes me to be in. */
const inSince = (time: number): string =>
  `<state xmlns='urn:xmpp-groups:kontalk:0' rev='2' hash='sha-256:AAAA'><since jid='${ANN}' t='${new Date(time).toISOString()}'/></state>`;
const PARTED = worldWith(group({ my: 'parted', myExit: NINE + 1 }));
const KICKED = worldWith(group({ my: 'kicked', myExit: NINE + 1 }));
const ORPHANED = worldWith(group({ ownerState: 'parted' }));
const mine = (changes: Partial<GroupState> = {}): World =>
  worldWith(group({ key: { owner: ANN, id: 'g1' }, me: ANN, ...changes }));
const cleo = (changes: Partial<MemberRecord>): World =>
  worldWith(
    group({
      members: new Map([
        [BEN, was()],
        [CLEO, was(changes)],
      ]),
    }),
  );

interface Wanted {
  readonly outcome?: string;
  readonly reason?: string;
  readonly my?: GroupState['my'];
  readonly active?: readonly BareJid[];
  readonly owner?: 'active' | 'parted';
  readonly suspect?: boolean;
  readonly complete?: boolean;
  readonly errands?: readonly { readonly op: string; readonly to: BareJid }[];
  readonly event?: string;
}

const APPLIED = 'apply-command';
const ALL = [OLGA, ANN, BEN, CLEO];
const discarded = (reason: string, more: Wanted = {}): Wanted => ({ outcome: 'discard', reason, ...more });

const ROWS: readonly (readonly [row: number, what: string, from: World, said: Spoken, wanted: Wanted])[] = [
  [
    1,
    'created, with me',
    NONE,
    { inside: create(ANN, BEN) },
    { my: 'member', active: [OLGA, ANN, BEN], complete: true, event: 'joined' },
  ],
  [2, 'created, without me', NONE, { inside: create(BEN) }, discarded('not-for-me')],
  [3, 'created for somebody else', NONE, { from: BEN, inside: create(ANN) }, discarded('not-owner')],
  [
    4,
    'added, with the list',
    NONE,
    { inside: set(add(ANN, DAN) + members(BEN)) },
    { my: 'member', active: [OLGA, ANN, BEN, DAN], complete: true },
  ],
  [
    5,
    'added, without the list',
    NONE,
    { inside: set(add(ANN, DAN)) },
    { my: 'member', active: [OLGA, ANN, DAN], complete: false, event: 'incomplete' },
  ],
  [
    6,
    'a change of a group not known',
    NONE,
    { inside: set(add(DAN)) },
    { outcome: 'hold', reason: 'unknown-group' },
  ],
  [6, 'a message to it', NONE, { from: BEN, inside: TEXT }, { outcome: 'hold', reason: 'unknown-group' }],
  [6, 'somebody leaves it', NONE, { from: BEN, inside: PART }, { outcome: 'hold', reason: 'unknown-group' }],
  [6, 'in clear nothing is kept', NONE, { from: BEN, inside: TEXT, clear: true }, discarded('unknown-group')],
  [7, 'added', MEMBER, { inside: set(add(DAN)) }, { active: [...ALL, DAN] }],
  [7, 'added after leaving', cleo({ partedAt: NINE + 5 }), { inside: set(add(CLEO)) }, { active: ALL }],
  [
    8,
    'not listed',
    MEMBER,
    { inside: set(add(DAN) + members(ANN, CLEO)) },
    { active: [OLGA, ANN, CLEO, DAN] },
  ],
  [
    8,
    'listed after being removed',
    cleo({ listed: false, why: 'remove' }),
    { inside: set(members(ANN, BEN, CLEO)) },
    { active: ALL },
  ],
  [
    8,
    'listed after leaving',
    cleo({ partedAt: NINE + 5 }),
    { inside: set(members(ANN, BEN, CLEO)) },
    { active: [OLGA, ANN, BEN] },
  ],
  [9, 'removed', MEMBER, { inside: set(remove(CLEO)) }, { active: [OLGA, ANN, BEN] }],
  [
    10,
    'I am removed',
    MEMBER,
    { inside: set(remove(ANN)) },
    { my: 'kicked', active: [OLGA, BEN, CLEO], event: 'removed' },
  ],
  [
    11,
    'a list without me',
    MEMBER,
    { inside: set(members(BEN, CLEO)) },
    { my: 'member', suspect: true, active: ALL, event: 'suspected' },
  ],
  [
    11,
    'and one with me',
    worldWith(group({ suspect: true })),
    { inside: set(members(ANN, BEN, CLEO)) },
    { suspect: false },
  ],
  [
    12,
    'the subject',
    MEMBER,
    { inside: set('<subject>New</subject>') },
    { active: ALL, event: 'subject-changed' },
  ],
  [
    13,
    'a change by a member',
    MEMBER,
    { from: BEN, inside: set(add(DAN)) },
    discarded('not-owner', { event: 'command-forged' }),
  ],
  [13, 'a change by a stranger', MEMBER, { from: MALLORY, inside: set('') }, discarded('not-owner')],
  [
    14,
    'a member leaves',
    MEMBER,
    { from: CLEO, inside: PART },
    { active: [OLGA, ANN, BEN], event: 'member-left' },
  ],
  [
    15,
    'the owner leaves',
    MEMBER,
    { inside: PART },
    { my: 'member', owner: 'parted', active: [ANN, BEN, CLEO], event: 'owner-left' },
  ],
  [16, 'a stranger leaves', MEMBER, { from: DAN, inside: PART }, discarded('non-member')],
  [17, 'a message', MEMBER, { from: BEN, inside: TEXT }, { outcome: 'deliver', event: 'message' }],
  [18, 'a message of a stranger', MEMBER, { from: DAN, inside: TEXT }, discarded('non-member')],
  [
    20,
    'a message after I left',
    PARTED,
    { from: BEN, inside: TEXT },
    discarded('self-not-member', { errands: [{ op: 'part-again', to: BEN }] }),
  ],
  [
    20,
    'in clear: no answer to what anybody can write',
    PARTED,
    { from: BEN, inside: TEXT, clear: true },
    discarded('self-not-member', { errands: [] }),
  ],
  [
    21,
    'added again after I left',
    PARTED,
    { inside: set(add(ANN) + members(BEN)) },
    { my: 'member', active: [OLGA, ANN, BEN], event: 'rejoined' },
  ],
  [21, 'added before I left', PARTED, { at: NINE, now: TEN, inside: set(add(ANN)) }, discarded('stale')],
  [
    22,
    'created again after I left',
    PARTED,
    { inside: create(ANN, DAN) },
    { my: 'member', active: [OLGA, ANN, DAN] },
  ],
  [
    23,
    'only listed after I left',
    PARTED,
    { inside: set(members(ANN, BEN)) },
    discarded('self-not-member', { my: 'parted', errands: [{ op: 'part-again', to: OLGA }] }),
  ],
  [
    23,
    'told once more by an owner who has not heard that I left',
    PARTED,
    { inside: set(add(ANN) + members(BEN)) + inSince(NINE) },
    discarded('self-not-member', { my: 'parted', errands: [{ op: 'part-again', to: OLGA }] }),
  ],
  [
    21,
    'added again by an owner who says since when',
    PARTED,
    { inside: set(add(ANN) + members(BEN)) + inSince(TEN) },
    { my: 'member', active: [OLGA, ANN, BEN], event: 'rejoined' },
  ],
  [
    24,
    'added again after I was removed',
    KICKED,
    { inside: set(add(ANN) + members(BEN)) },
    { my: 'member', active: [OLGA, ANN, BEN] },
  ],
  [
    24,
    'created again after I was removed',
    KICKED,
    { inside: create(ANN, DAN) },
    { my: 'member', active: [OLGA, ANN, DAN] },
  ],
  [
    25,
    'a message after I was removed',
    KICKED,
    { from: BEN, inside: TEXT },
    discarded('self-not-member', { errands: [] }),
  ],
  [27, 'an old command', MEMBER, { at: NINE - 1, now: TEN, inside: set(add(DAN)) }, discarded('stale')],
  [
    27,
    'one of the same time',
    MEMBER,
    { at: NINE, now: TEN, inside: set(add(DAN)) },
    { active: [...ALL, DAN] },
  ],
  [
    28,
    'the owner comes back by creating',
    ORPHANED,
    { inside: create(ANN, BEN) },
    { owner: 'active', active: [OLGA, ANN, BEN], event: 'owner-returned' },
  ],
  [
    29,
    'the owner comes back by a change',
    ORPHANED,
    { inside: set('<subject>x</subject>') },
    { owner: 'active', active: ALL },
  ],
  [
    29,
    'not by an old one',
    worldWith(group({ ownerState: 'parted', lastOwner: TEN })),
    { at: TEN - 1, now: TEN, inside: set(add(DAN)) },
    discarded('stale'),
  ],
  [29, 'not by a message', ORPHANED, { inside: TEXT }, discarded('non-member', { owner: 'parted' })],
  [30, 'created once more', MEMBER, { inside: create(ANN, BEN, DAN) }, { active: [OLGA, ANN, BEN, DAN] }],
  [
    31,
    'the owner removes himself',
    MEMBER,
    { inside: set(remove(OLGA)) },
    { owner: 'parted', active: [ANN, BEN, CLEO] },
  ],
  [32, 'the owner adds himself', MEMBER, { inside: set(add(OLGA)) }, { active: ALL }],
  [
    33,
    'added and removed',
    MEMBER,
    { inside: set(add(DAN, CLEO) + remove(DAN, CLEO)) },
    { active: [OLGA, ANN, BEN] },
  ],
  [34, 'added though he is in', MEMBER, { inside: set(add(BEN)) }, { active: ALL }],
  [
    35,
    'I leave on another device',
    MEMBER,
    { from: ANN, inside: PART },
    { my: 'parted', active: [OLGA, BEN, CLEO], event: 'left' },
  ],
  [
    36,
    'my own command from another device',
    mine(),
    { from: ANN, inside: groupXml('set', add(DAN), 'g1', ANN) },
    { active: [ANN, BEN, CLEO, DAN] },
  ],
  [
    36,
    'my own group, created on another device',
    NONE,
    { from: ANN, inside: groupXml('create', members(BEN), 'g1', ANN) },
    { my: 'member', active: [ANN, BEN] },
  ],
  [
    37,
    'a member leaves my group',
    mine(),
    { from: CLEO, inside: groupXml('part', '<part/>', 'g1', ANN) },
    { active: [ANN, BEN], errands: [] },
  ],
  [
    38,
    'a message of whom I removed',
    mine({ members: new Map([[CLEO, was({ listed: false, why: 'remove' })]]) }),
    { from: CLEO, inside: groupXml(undefined, '', 'g1', ANN) },
    discarded('non-member', { errands: [{ op: 'remove-again', to: CLEO }] }),
  ],
  [
    38,
    'a message of who left',
    mine({ members: new Map([[CLEO, was({ partedAt: TEN })]]) }),
    { from: CLEO, inside: groupXml(undefined, '', 'g1', ANN) },
    discarded('non-member', { errands: [] }),
  ],
  [
    39,
    'a leaving from before he was added again',
    cleo({ since: TEN }),
    { from: CLEO, at: TEN - 1000, now: TEN, inside: PART },
    discarded('stale'),
  ],
  [
    40,
    'a command in my group by somebody else',
    mine(),
    { from: BEN, inside: groupXml('set', add(DAN), 'g1', ANN) },
    discarded('not-owner', { event: 'command-forged' }),
  ],
];

const first = (world: World): GroupState | undefined => world.groups[0];

describe('row', () => {
  it.each(ROWS)('%i: %s', (_row, _what, from, said, wanted) => {
    const { world, outcome, events, errands } = evaluate(
      from,
      spoken(said),
      environment({}, said.now ?? TEN),
    );
    const { reason } = wanted;
    expect(outcome).toEqual(
      reason === undefined ? { outcome: wanted.outcome ?? APPLIED } : { outcome: wanted.outcome, reason },
    );
    const after = first(world);
    if (wanted.active !== undefined) {
      expect([...activeMembers(after ?? emptyGroup(G1, ANN))].sort()).toEqual([...wanted.active].sort());
    }
    if (wanted.my !== undefined) expect(after?.my).toBe(wanted.my);
    if (wanted.owner !== undefined) expect(after?.ownerState).toBe(wanted.owner);
    if (wanted.suspect !== undefined) expect(after?.suspect).toBe(wanted.suspect);
    if (wanted.complete !== undefined) expect(after?.complete).toBe(wanted.complete);
    if (wanted.event !== undefined) expect(events.map(({ kind }) => kind)).toContain(wanted.event);
    if (wanted.errands !== undefined)
      expect(errands.map(({ op, to }) => ({ op, to }))).toEqual(wanted.errands);
    if (wanted.outcome === 'discard') {
      const before = first(from);
      expect(after && activeMembers(after)).toEqual(before && activeMembers(before));
      expect(events.every(({ kind }) => kind === 'command-forged')).toBe(true);
    }
  });

  it('26: the same once more', () => {
    const once = evaluate(MEMBER, spoken({ id: 'same', inside: set(add(DAN)) }), environment());
    const twice = evaluate(once.world, spoken({ id: 'same', inside: set(add(DAN)) }), environment());
    expect(twice).toEqual({
      world: once.world,
      outcome: { outcome: 'discard', reason: 'duplicate' },
      events: [],
      errands: [],
    });
  });
});

describe('what comes too early', () => {
  const hear = (world: World, said: Spoken): Evaluation =>
    evaluate(world, spoken(said), environment({}, said.now ?? said.at ?? TEN));
  const shown = ({ events }: Evaluation) =>
    events.flatMap((event) => (event.kind === 'message' ? [event.text] : []));

  it('row 6: is shown when the group becomes known, if it is from a member', () => {
    const early = [BEN, MALLORY].reduce((world, from) => hear(world, { from, inside: TEXT }).world, NONE);
    const created = hear(early, { inside: create(ANN, BEN), at: TEN + 1 });
    expect(shown(created)).toEqual(['hi']);
    expect(created.world.held.map(({ sender }) => sender)).toEqual([MALLORY]);
  });

  it('row 18: of who is about to be added is shown then', () => {
    const early = hear(MEMBER, { from: DAN, inside: TEXT, at: TEN + 10 }).world;
    expect(shown(hear(early, { inside: set(add(DAN)), at: TEN + 5, now: TEN + 20 }))).toEqual(['hi']);
  });

  it('row 18: but not what he said before he was added', () => {
    const early = hear(MEMBER, { from: DAN, inside: TEXT, at: TEN }).world;
    expect(shown(hear(early, { inside: set(add(DAN)), at: TEN + 5 }))).toEqual([]);
  });

  it('is gone when I am removed', () => {
    const early = hear(MEMBER, { from: DAN, inside: TEXT }).world;
    expect(early.held).toHaveLength(1);
    expect(hear(early, { inside: set(remove(ANN)), at: TEN + 1 }).world.held).toEqual([]);
  });

  it('is not gone when it is the word of somebody that he leaves: a list may be older than that', () => {
    const early = hear(MEMBER, { from: DAN, inside: PART, at: TEN }).world;
    const removed = hear(early, { inside: set(remove(ANN)), at: TEN + 1 }).world;
    const back = hear(removed, { inside: set(add(ANN) + members(ANN, BEN, DAN)), at: TEN + 2 }).world;
    const known = groupOf(back, G1);
    expect(known && [...activeMembers(known)].sort()).toEqual([ANN, BEN, OLGA]);
    expect(back.held).toEqual([]);
  });

  it('is not gone either when the group itself was not known at that time', () => {
    const early = hear(NONE, { from: DAN, inside: PART, at: TEN }).world;
    const joined = hear(early, { inside: create(ANN, BEN), at: TEN + 1 }).world;
    const removed = hear(joined, { inside: set(remove(ANN)), at: TEN + 2 }).world;
    const back = hear(removed, { inside: set(add(ANN) + members(ANN, BEN, DAN)), at: TEN + 3 }).world;
    const known = groupOf(back, G1);
    expect(known && [...activeMembers(known)].sort()).toEqual([ANN, BEN, OLGA]);
    expect(back.held).toEqual([]);
  });

  it('of an invitation is shown when it is accepted', () => {
    const invited = evaluate(
      NONE,
      spoken({ inside: create(ANN, BEN) }),
      environment({ autoJoin: () => false }),
    ).world;
    const held = hear(invited, { from: BEN, inside: TEXT });
    expect(shown(held)).toEqual([]);
    expect(groupOf(held.world, G1)?.my).toBe('invited');
  });

  it('another owner has a group of the same id: an invitation with a warning', () => {
    const other = { owner: MALLORY, id: 'g1' };
    const { outcome, events } = hear(MEMBER, {
      from: MALLORY,
      inside: groupXml('create', members(ANN), 'g1', MALLORY),
    });
    expect(outcome).toEqual({ outcome: 'pending-invite' });
    expect(events).toContainEqual({ kind: 'invited', group: other, by: MALLORY, sameIdAs: G1 });
  });
});
