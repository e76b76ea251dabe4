import { describe, expect, it } from 'vitest';
import { elementIn } from '../../testing/table.js';
import { acceptInvitation } from '../evaluate/confirm.js';
import { evaluate } from '../evaluate/evaluate.js';
import { activeMembers } from '../model/members.js';
import { emptyWorld, groupOf } from '../model/world.js';
import { act, drain, network, worldOf } from '../testing/network.js';
import {
  ANN,
  BEN,
  CLEO,
  DAN,
  environment,
  G1,
  group,
  groupXml,
  OLGA,
  sha256,
  spoken,
  TEN,
  worldWith,
} from '../testing/world.js';
import { stateHash, stateText } from './hash.js';

const HELLO = elementIn("<body xmlns='jabber:client'>hello</body>");
const stateXml = (rev: number, hash: string, more = '') =>
  `<state xmlns='urn:xmpp-groups:kontalk:0' rev='${rev}' hash='${hash}'${more}/>`;
const hashOf = (rev: number, changes = {}) => stateHash(group({ rev, ...changes }), rev, sha256);

describe('the hash of a state', () => {
  it('is of the owner, the id, the version, the subject and who is in', () => {
    expect(stateText(group(), 17)).toBe(
      'olga@example.net\ng1\n17\nSailing\nann@example.net\nben@example.net\ncleo@example.net\nolga@example.net',
    );
  });

  it('is the same for all members, and another one as soon as they differ', () => {
    const bens = group({
      me: BEN,
      members: new Map([...group().members].map(([jid, one]) => [jid === BEN ? ANN : jid, one])),
    });
    expect(stateHash(bens, 3, sha256)).toBe(hashOf(3));
    expect(hashOf(3, { my: 'parted' })).not.toBe(hashOf(3));
    // Others know nothing of my doubts.
    expect(hashOf(3, { my: 'invited' })).toBe(hashOf(3));
    expect(hashOf(3, { subject: null })).not.toBe(hashOf(3));
  });

  it('is that of a member while I have not accepted the invitation', () => {
    expect(hashOf(3, { my: 'invited' })).toBe(hashOf(3));
  });
});

describe('comparing', () => {
  const hear = (rev: number | undefined, from: typeof BEN, inside: string, me = group({ rev })) =>
    evaluate(worldWith(me), spoken({ from, inside: groupXml(undefined) + inside }), environment());

  it('the same: nothing to say', () => {
    expect(hear(3, BEN, stateXml(3, hashOf(3)))).toMatchObject({
      errands: [],
      outcome: { outcome: 'deliver' },
    });
  });

  it('he knows more: I ask the owner, once an hour', () => {
    const first = hear(3, BEN, stateXml(5, 'x'));
    expect(first.errands).toEqual([{ op: 'sync-request', group: G1, to: OLGA }]);
    const again = evaluate(
      first.world,
      spoken({ from: CLEO, inside: groupXml(undefined) + stateXml(5, 'x') }),
      environment(),
    );
    expect(again.errands).toEqual([]);
    const later = environment({}, TEN + 3_600_000);
    const inside = groupXml(undefined) + stateXml(6, 'x');
    expect(
      evaluate(again.world, spoken({ from: CLEO, inside, at: TEN + 3_600_000 }), later).errands,
    ).toHaveLength(1);
  });

  it('he knows less: I say nothing, unless I am the owner', () => {
    expect(hear(3, BEN, stateXml(2, 'x')).errands).toEqual([]);
    const owned = group({ key: { owner: ANN, id: 'g1' }, rev: 3 });
    const inside = groupXml(undefined, '', 'g1', ANN) + stateXml(2, 'x');
    const { errands } = evaluate(worldWith(owned), spoken({ from: BEN, inside }), environment());
    expect(errands).toEqual([{ op: 'snapshot', group: owned.key, to: BEN }]);
  });

  it('somebody asks the owner', () => {
    const owned = group({ key: { owner: ANN, id: 'g1' }, rev: 3 });
    const inside = `${groupXml(undefined, '', 'g1', ANN)}<sync-request xmlns='urn:xmpp-groups:kontalk:0' rev='1'/>`;
    expect(evaluate(worldWith(owned), spoken({ from: BEN, inside }), environment())).toMatchObject({
      outcome: { outcome: 'ignore', reason: 'extension' },
      errands: [{ op: 'snapshot', to: BEN }],
    });
  });

  it('a command was missed: the version of the owner has a gap', () => {
    const inside = groupXml('set', '<subject>x</subject>') + stateXml(7, 'x', " t='2026-11-21T10:00:00Z'");
    const { errands, outcome } = evaluate(worldWith(group({ rev: 5 })), spoken({ inside }), environment());
    expect(outcome.outcome).toBe('apply-command');
    expect(errands).toEqual([{ op: 'sync-request', group: G1, to: OLGA }]);
  });

  it('an owner whose client does not count is not asked', () => {
    const { world, errands } = evaluate(
      worldWith(group({ rev: 5 })),
      spoken({ inside: groupXml('set', '') }),
      environment(),
    );
    expect(groupOf(world, G1)?.rev).toBeUndefined();
    expect(errands).toEqual([]);
  });

  it('what stands in clear beside an encrypted group counts for nothing', () => {
    const outside = stateXml(9, 'x');
    const { errands } = evaluate(worldWith(group({ rev: 3 })), spoken({ from: BEN, outside }), environment());
    expect(errands).toEqual([]);
    const clear = spoken({ from: BEN, inside: groupXml(undefined) + outside, clear: true });
    expect(evaluate(worldWith(group({ rev: 3 })), clear, environment()).errands).toEqual([]);
  });
});

describe('handing over', () => {
  const SECOND = { owner: BEN, id: 'g2' };

  it('continues the group under a new owner, with everybody, and nobody is asked again', () => {
    const net = network([OLGA, ANN, BEN, CLEO, DAN], TEN);
    act(net, OLGA, { op: 'create', group: G1, subject: 'Sailing', members: [ANN, BEN, CLEO] });
    drain(net);
    act(net, OLGA, { op: 'handover', group: G1, to: BEN });
    drain(net);
    expect(groupOf(worldOf(net, ANN), G1)).toMatchObject({ heir: BEN, ownerState: 'parted' });
    expect(net.heard.flatMap(({ events }) => events)).toContainEqual({
      kind: 'handed-over',
      group: G1,
      to: BEN,
    });
    act(net, BEN, {
      op: 'create',
      group: SECOND,
      subject: 'Sailing',
      members: [ANN, CLEO, OLGA],
      continues: G1,
    });
    const strict = environment({ autoJoin: () => false });
    const [letter] = net.queues.get(`${BEN} ${ANN}`) ?? [];
    const verdict = {
      kind: 'verified',
      payload: letter?.outgoing.inside ?? [],
      signedTime: TEN,
      payloadHash: 'h',
      signer: 'key of ben',
    } as const;
    const { outcome, events } = evaluate(worldOf(net, ANN), spoken({ from: BEN, verdict }), strict);
    expect(outcome.outcome).toBe('apply-command');
    expect(events).toContainEqual({ kind: 'continued', group: SECOND, from: G1, confirmed: true });
    drain(net);
    for (const jid of [ANN, BEN, CLEO, OLGA]) {
      const second = groupOf(worldOf(net, jid), SECOND);
      expect(second && [...activeMembers(second)].sort()).toEqual([ANN, BEN, CLEO, OLGA]);
    }
  });

  it('that the owner did not say is only a claim', () => {
    const inside = `${groupXml('create', `<member jid='${ANN}'/>`, 'g2', BEN)}<continues xmlns='urn:xmpp-groups:kontalk:0' id='g1' owner='olga@example.net'/>`;
    const strict = environment({ autoJoin: () => false });
    const { outcome, events } = evaluate(worldWith(group()), spoken({ from: BEN, inside }), strict);
    expect(outcome).toEqual({ outcome: 'pending-invite' });
    expect(events).toContainEqual({ kind: 'continued', group: SECOND, from: G1, confirmed: false });
  });

  it('by a member, or to a stranger, is none', () => {
    const handing = (to: string) =>
      `${groupXml('part', '<part/>')}<handover xmlns='urn:xmpp-groups:kontalk:0' to='${to}'/>`;
    for (const [from, to] of [
      [BEN, CLEO],
      [OLGA, DAN],
      [OLGA, OLGA],
    ] as const) {
      const { world } = evaluate(worldWith(group()), spoken({ from, inside: handing(to) }), environment());
      expect(groupOf(world, G1)?.heir).toBeUndefined();
    }
  });
});

describe('an invitation', () => {
  const reserved = environment({ autoJoin: () => false });
  const invited = evaluate(
    emptyWorld(ANN),
    spoken({ inside: groupXml('create', `<member jid='${ANN}'/><member jid='${BEN}'/>`) }),
    reserved,
  ).world;

  it('that is accepted shows what has arrived meanwhile', () => {
    const text = `${groupXml(undefined)}<body>welcome</body>`;
    const { world } = evaluate(invited, spoken({ from: BEN, inside: text, at: TEN + 1 }), reserved);
    const accepted = acceptInvitation(world, G1, reserved);
    expect(groupOf(accepted.world, G1)?.my).toBe('member');
    expect(accepted.events.map(({ kind }) => kind)).toEqual(['joined', 'message']);
    expect(accepted.world.held).toEqual([]);
  });

  it('that says what everybody knows is no other state than theirs', () => {
    const members = [ANN, BEN];
    const hash = `sha-256:${sha256([OLGA, 'g1', '1', '', ...members, OLGA].join('\n'))}`;
    const command = groupXml('create', members.map((jid) => `<member jid='${jid}'/>`).join(''));
    const { world, events } = evaluate(
      emptyWorld(ANN),
      spoken({ inside: command + stateXml(1, hash, " t='2026-11-21T10:00:00Z'") }),
      reserved,
    );
    expect(events.map(({ kind }) => kind)).toEqual(['invited']);
    expect(groupOf(world, G1)?.divergentFrom).toBeUndefined();
  });

  it('that there is none is not accepted', () => {
    expect(acceptInvitation(emptyWorld(ANN), G1, reserved)).toEqual({
      world: emptyWorld(ANN),
      events: [],
      errands: [],
    });
  });

  it('follows what the owner says meanwhile', () => {
    const changed = evaluate(
      invited,
      spoken({ inside: groupXml('set', `<remove jid='${ANN}'/>`), at: TEN + 1 }),
      reserved,
    );
    expect(groupOf(changed.world, G1)?.my).toBe('kicked');
  });
});

it('a newcomer learns since when the others are members', () => {
  const net = network([OLGA, ANN, BEN], TEN);
  act(net, OLGA, { op: 'create', group: G1, subject: 'Sailing', members: [ANN] });
  act(net, OLGA, { op: 'add', group: G1, members: [BEN] });
  act(net, OLGA, { op: 'send', group: G1, payload: [HELLO] });
  drain(net);
  const [olga, ann, ben] = [OLGA, ANN, BEN].map((jid) => groupOf(worldOf(net, jid), G1));
  expect(ann && activeMembers(ann)).toEqual([OLGA, ANN, BEN]);
  expect(ben?.members.get(ANN)?.since).toBe(olga?.members.get(ANN)?.since);
});
