import { describe, expect, it } from 'vitest';
import { elementIn } from '../testing/table.js';
import { serialise, xml } from '../xml/index.js';
import { readGroup } from './command/read-group.js';
import { bounced, received, sentAs } from './delivery/sent.js';
import { group as groupDeclared } from './elements/group.js';
import { confirmOwnerKey } from './evaluate/confirm.js';
import { type Evaluation, evaluate } from './evaluate/evaluate.js';
import type { Policy } from './evaluate/incoming.js';
import { stateHash } from './extension/hash.js';
import type { GroupState } from './model/group.js';
import { LIMITS } from './model/limits.js';
import { activeMembers, recipients } from './model/members.js';
import { emptyWorld, groupOf, type World } from './model/world.js';
import type { Action } from './plan/action.js';
import { stanzaAround } from './plan/outgoing.js';
import { type Plan, planSend } from './plan/plan-send.js';
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
  means,
  NINE,
  OLGA,
  SERVICE,
  type Spoken,
  sha256,
  spoken,
  TEN,
  verified,
  worldWith,
} from './testing/world.js';

// The weaknesses of the existing clients (reference 2.10), by their numbers. Each test does what the weakness
// invites to and fails against a client that has it.

const known = worldWith(group());
const hear = (world: World, said: Spoken, policy: Partial<Policy> = {}): Evaluation =>
  evaluate(world, spoken(said), environment(policy, said.now ?? said.at ?? TEN));
const g1 = (world: World): GroupState => {
  const found = groupOf(world, G1);
  if (found === undefined) throw new Error('no group');
  return found;
};
const texts = ({ events }: Pick<Evaluation, 'events'>) =>
  events.flatMap((event) => (event.kind === 'message' ? [event.text] : []));
const plan = (world: World, action: Action, changes: Parameters<typeof means>[0] = {}): Plan => {
  const planned = planSend(world, action, means(changes));
  if (!planned.ok) throw new Error(planned.error.reason);
  return planned.value;
};

const jids = (...all: readonly string[]) => all.map((jid) => `<member jid='${jid}'/>`).join('');
const REMOVE_BEN = groupXml('set', `<remove jid='${BEN}'/>`);
const ADD_DAN = groupXml('set', `<add jid='${DAN}'/>`);
const PLAIN = groupXml(undefined);
const TEXT = `${PLAIN}<body>hi</body>`;
const CREATE = groupXml('create', jids(ANN, BEN));
const PART = groupXml('part', '<part/>');
const ours = worldWith(
  group({
    key: G1,
    me: OLGA,
    members: new Map([
      ...group().members,
      [ANN, { listed: true, why: 'create', at: NINE, since: NINE, partedAt: undefined }],
    ]),
  }),
);

describe('weakness', () => {
  it.each(['bad-signature', 'wrong-recipient'] as const)('1: a command with a failed check: %s', (reason) => {
    const { outcome, world } = hear(known, {
      inside: REMOVE_BEN,
      outside: REMOVE_BEN,
      verdict: { kind: 'failed', reason },
    });
    expect(outcome).toEqual({ outcome: 'discard', reason });
    expect(world).toEqual(known);
  });

  it.each([REMOVE_BEN, CREATE, PART])('2: a command in clear in an encrypted group: %s', (inside) => {
    const { outcome, world } = hear(known, { inside, clear: true });
    expect(outcome).toEqual({ outcome: 'discard', reason: 'downgrade' });
    expect(world).toEqual(known);
  });

  it('2: a group is encrypted from the first encrypted stanza on', () => {
    const open = worldWith(group({ secure: false }));
    const encrypted = hear(open, { inside: TEXT }).world;
    expect(hear(encrypted, { inside: REMOVE_BEN, clear: true }).outcome).toMatchObject({
      reason: 'downgrade',
    });
    expect(hear(open, { inside: REMOVE_BEN, clear: true }).outcome.outcome).toBe('apply-command');
  });

  it('3: a cleartext command beside a genuine encrypted message', () => {
    const { outcome, world, events } = hear(known, { inside: TEXT, outside: REMOVE_BEN });
    expect(outcome).toEqual({ outcome: 'deliver' });
    expect(activeMembers(g1(world))).toContain(BEN);
    expect(events).toContainEqual({ kind: 'outer-group-differs', group: G1, from: OLGA });
  });

  it('3: a cleartext group beside an encrypted message to nobody does not make it one to the group', () => {
    expect(hear(known, { inside: '<body>just you</body>', outside: PLAIN }).outcome).toEqual({
      outcome: 'ignore',
      reason: 'no-group',
    });
  });

  it.each(['undecryptable', 'no-key'] as const)('4: a cleartext command beside garbage: %s', (reason) => {
    const { outcome, world } = hear(known, {
      inside: '',
      outside: REMOVE_BEN,
      verdict: { kind: 'pending', reason },
    });
    expect(outcome).toEqual({ outcome: 'hold', reason });
    expect(world).toEqual(known);
  });

  it('5: a signed command that is replayed under another id', () => {
    const payload = [elementIn(ADD_DAN)];
    const verdict = verified(payload, OLGA, TEN);
    const first = hear(known, { id: 'one', verdict }).world;
    const removed = hear(first, { at: TEN + 1000, inside: groupXml('set', `<remove jid='${DAN}'/>`) }).world;
    const replayed = hear(removed, { id: 'two', verdict, now: TEN + 2000 });
    expect(replayed.outcome).toEqual({ outcome: 'discard', reason: 'duplicate' });
    expect(activeMembers(g1(replayed.world))).not.toContain(DAN);
  });

  it('5: a command that this device has never seen, older than the last', () => {
    const later = hear(known, { at: TEN + 1000, inside: groupXml('set', `<remove jid='${DAN}'/>`) }).world;
    expect(hear(later, { at: TEN, inside: ADD_DAN, now: TEN + 2000 }).outcome).toMatchObject({
      reason: 'stale',
    });
  });

  it('5: a message from before the time that anything is remembered', () => {
    const at = TEN - LIMITS.oldest - 1000;
    expect(hear(known, { from: BEN, inside: TEXT, at, now: TEN }).outcome).toEqual({
      outcome: 'hold',
      reason: 'clock-skew',
    });
  });

  it('6: a duplicate has no effect, and comes before everything else that could refuse it', () => {
    const added = hear(known, { id: 'add', inside: ADD_DAN }).world;
    const removed = hear(added, { at: TEN + 1, inside: groupXml('set', `<remove jid='${DAN}'/>`) }).world;
    const again = hear(removed, { id: 'add', inside: ADD_DAN });
    expect(again.outcome).toEqual({ outcome: 'discard', reason: 'duplicate' });
    expect(again.world).toEqual(removed);
    expect(again.events).toEqual([]);
  });

  it('7: a list of all members replaces what was known, and brings back nobody who left', () => {
    const parted = hear(known, { from: BEN, inside: PART }).world;
    const listed = groupXml('set', `<add jid='${DAN}'/>${jids(ANN, BEN)}`);
    const { world } = hear(parted, { at: TEN + 1000, inside: listed });
    expect(activeMembers(g1(world))).toEqual([OLGA, ANN, DAN]);
    expect(recipients(g1(world))).not.toContain(CLEO);
  });

  it('7: who is added again himself is back', () => {
    const parted = hear(known, { from: BEN, inside: PART }).world;
    const { world } = hear(parted, { at: TEN + 1000, inside: groupXml('set', `<add jid='${BEN}'/>`) });
    expect(activeMembers(g1(world))).toContain(BEN);
  });

  it('8: what is said after a removal does not go to who was removed', () => {
    const removing = plan(ours, { op: 'remove', group: G1, members: [BEN] });
    expect(removing.outgoing.recipients).toContain(BEN);
    const next = plan(removing.world, { op: 'send', group: G1, payload: [] });
    expect(next.outgoing.recipients).toEqual([CLEO, ANN]);
  });

  it('9: a group that does not list me', () => {
    const { outcome, world } = hear(emptyWorld(ANN), { inside: groupXml('create', jids(BEN, CLEO)) });
    expect(outcome).toEqual({ outcome: 'discard', reason: 'not-for-me' });
    expect(world).toEqual(emptyWorld(ANN));
  });

  it('9: nobody is in a group against his will, and nothing of it is shown before', () => {
    const invited = hear(emptyWorld(ANN), { inside: CREATE }, { autoJoin: () => false });
    expect(invited.outcome).toEqual({ outcome: 'pending-invite' });
    expect(g1(invited.world).my).toBe('invited');
    const spam = hear(invited.world, { inside: TEXT });
    expect(spam.outcome).toEqual({ outcome: 'hold', reason: 'invited' });
    expect(texts(spam)).toEqual([]);
  });

  it.each([PART, REMOVE_BEN.replace(BEN, ANN)])('10: the group talks on after I am out: %s', (exit) => {
    const from = exit === PART ? ANN : OLGA;
    const { world } = hear(known, { from, inside: exit });
    const after = hear(world, { from: BEN, inside: TEXT, at: TEN + 1000 });
    expect(after.outcome).toEqual({ outcome: 'discard', reason: 'self-not-member' });
    expect(texts(after)).toEqual([]);
  });

  it('11: an id that somebody else used first', () => {
    const { world } = hear(known, { from: CLEO, id: 'guessed', inside: TEXT });
    expect(hear(world, { from: OLGA, id: 'guessed', inside: REMOVE_BEN }).outcome.outcome).toBe(
      'apply-command',
    );
  });

  it('12: a receipt, or an error, from somebody who the message was not for', () => {
    const sent = sentAs(plan(known, { op: 'send', group: G1, payload: [] }).outgoing);
    expect(received(sent, sent.id, MALLORY)).toBe(sent);
    expect(bounced(sent, { id: sent.id, from: MALLORY, condition: 'gone' })).toEqual({ kind: 'other' });
    expect(received(sent, sent.id, BEN).recipients.get(BEN)).toBe('received');
    expect(received(sent, sent.id, BEN).recipients.get(CLEO)).toBe('sent');
  });

  it('13: who has left and is still written to says so again, once a day to each', () => {
    const parted = hear(known, { from: ANN, inside: PART }).world;
    const first = hear(parted, { from: BEN, inside: TEXT, at: TEN + 1000 });
    expect(first.errands).toEqual([{ op: 'part-again', group: G1, to: BEN }]);
    const second = hear(first.world, { from: BEN, inside: TEXT, at: TEN + 2000 });
    expect(second.errands).toEqual([]);
    const { outgoing } = plan(first.world, { op: 'part-again', group: G1, to: BEN }, { now: TEN + 3000 });
    expect(outgoing.route).toEqual({ kind: 'each', recipients: [BEN] });
    const again = spoken({ from: ANN, verdict: verified(outgoing.inside, ANN, TEN + 3000) });
    const bens = worldWith(
      group({
        me: BEN,
        members: new Map([...group().members].map(([jid, record]) => [jid === BEN ? ANN : jid, record])),
      }),
    );
    expect(activeMembers(g1(evaluate(bens, again, environment({}, TEN + 3000)).world))).not.toContain(ANN);
  });

  it.each([ADD_DAN, groupXml('create', jids(ANN, DAN))])(
    '14: the owner comes back after leaving: %s',
    (inside) => {
      const left = hear(known, { inside: PART }).world;
      const { world, outcome } = hear(left, { inside, at: TEN + 1000 });
      expect(outcome.outcome).toBe('apply-command');
      expect(activeMembers(g1(world))).toEqual(expect.arrayContaining([OLGA, DAN]));
    },
  );

  it('15: another key of the owner gives commands only once a person confirmed it', () => {
    const pinned = hear(known, { inside: TEXT }).world;
    const verdict = verified([elementIn(REMOVE_BEN)], OLGA, TEN + 1000, { signer: 'another' });
    const { outcome, world } = hear(pinned, { verdict, at: TEN + 1000 });
    expect(outcome).toEqual({ outcome: 'hold', reason: 'owner-key-changed' });
    expect(activeMembers(g1(world))).toContain(BEN);
    const confirmed = confirmOwnerKey(world, G1, 'another', environment({}, TEN + 2000));
    expect(activeMembers(g1(confirmed.world))).not.toContain(BEN);
  });

  it('15: another key of a member is told', () => {
    const pinned = hear(known, { from: BEN, inside: TEXT }).world;
    const verdict = verified([elementIn(PLAIN)], BEN, TEN, { signer: 'another' });
    const { events, outcome } = hear(pinned, { from: BEN, verdict });
    expect(outcome.outcome).toBe('deliver');
    expect(events).toContainEqual({ kind: 'key-changed', group: G1, member: BEN, fingerprint: 'another' });
  });

  it("16: the server's word on who sent a stanza is not enough for a command", () => {
    // The signature was made by another key than that of the address in `from`.
    const { outcome } = hear(known, {
      from: OLGA,
      inside: REMOVE_BEN,
      verdict: { kind: 'failed', reason: 'bad-signature' },
    });
    expect(outcome.outcome).toBe('discard');
    expect(hear(known, { from: OLGA, inside: REMOVE_BEN, clear: true }).outcome.outcome).toBe('discard');
  });

  it("17: a member passes the owner's signed command on to somebody whom it was not for", () => {
    const dan = emptyWorld(DAN);
    const { outcome, world } = hear(dan, {
      inside: groupXml('create', jids(DAN)),
      verdict: { kind: 'failed', reason: 'wrong-recipient' },
    });
    expect(outcome).toEqual({ outcome: 'discard', reason: 'wrong-recipient' });
    expect(world).toEqual(dan);
  });

  it('18: a payload that is only text belongs to no group, whatever stands outside', () => {
    const { outcome, events } = hear(known, { outside: TEXT, verdict: verified([], OLGA) });
    expect(outcome).toEqual({ outcome: 'ignore', reason: 'no-group' });
    expect(events).toEqual([]);
  });

  it('19: nothing that a name could break: groups and members are named by JIDs alone', () => {
    const { outgoing } = plan(ours, { op: 'subject', group: G1, subject: 'a; b\nTo: <mallory@example.net>' });
    const read = groupDeclared.parse(elementIn(serialise(outgoing.inside[0] ?? xml('x'))));
    expect(read.ok && readGroup(read.value)).toMatchObject({
      value: { command: { subject: 'a; b\nTo: <mallory@example.net>', add: [], remove: [], members: [] } },
    });
    expect(outgoing.recipients.every((jid) => !/[;\n]/.test(jid))).toBe(true);
  });

  it('20: the owner tells different members different things', () => {
    const rev = 3;
    const mine = worldWith(group({ rev }));
    const bens = group({ rev, subject: 'Something else' });
    const state = `<state xmlns='urn:xmpp-groups:kontalk:0' rev='3' hash='${stateHash(bens, rev, sha256)}'/>`;
    const { events, errands, world } = hear(mine, { from: BEN, inside: PLAIN + state });
    expect(events).toContainEqual({ kind: 'diverged', group: G1, peer: BEN });
    expect(errands).toEqual([{ op: 'sync-request', group: G1, to: OLGA }]);
    expect(g1(world).divergentFrom).toBe(BEN);
  });

  it('20: a message that was addressed to a stranger as well', () => {
    const outside = `<addresses xmlns='http://jabber.org/protocol/address'><address type='to' jid='${ANN}' delivered='true'/><address type='to' jid='${MALLORY}' delivered='true'/></addresses>`;
    const { events, world } = hear(known, { from: BEN, inside: TEXT, outside });
    expect(events).toContainEqual({ kind: 'addressees-differ', group: G1, from: BEN, strangers: [MALLORY] });
    expect(recipients(g1(world))).not.toContain(MALLORY);
  });

  it('21: blind copies, where the service delivers them', () => {
    const send: Action = { op: 'send', group: G1, payload: [] };
    const through = (blind: boolean) =>
      plan(known, send, { hidden: true, service: { ...SERVICE, blind } }).outgoing.route;
    expect(through(true)).toMatchObject({ type: 'bcc' });
    expect(through(false)).toMatchObject({ type: 'to' });
  });

  it('22: that I am writing is nothing that servers are told', () => {
    const { outgoing } = plan(known, { op: 'chat-state', group: G1, state: 'composing' });
    if (!outgoing.sealed) throw new Error('in clear');
    expect(serialise(stanzaAround(outgoing, 'kontalk', []))).not.toMatch(/composing|group id|g1/);
    expect(outgoing.inside.map(({ name }) => name)).toContain('composing');
    const open = planSend(
      known,
      { op: 'chat-state', group: G1, state: 'paused' },
      means({ encryption: 'none' }),
    );
    expect(open).toEqual({ ok: false, error: { reason: 'downgrade' } });
  });

  it('23: text that comes with a command is shown, and none is sent with one', () => {
    expect(texts(hear(known, { inside: `${ADD_DAN}<body>Welcome Dan!</body>` }))).toEqual(['Welcome Dan!']);
    const { outgoing } = plan(ours, { op: 'add', group: G1, members: [DAN] });
    expect(outgoing.inside.map(({ name }) => name)).not.toContain('body');
  });

  it('23: what old clients are told by a command is not shown', () => {
    const [fallback = ''] = environment().policy.commandFallbacks;
    const body = serialise(xml('body', {}, [fallback]));
    expect(texts(hear(known, { inside: ADD_DAN + body }))).toEqual([]);
  });

  it('24: a command that nobody knows stays in the group', () => {
    const { outcome, events, world } = hear(known, { inside: `${groupXml('promote')}<body>x</body>` });
    expect(outcome).toEqual({ outcome: 'show-unsupported', reason: 'unsupported-type' });
    expect(events).toMatchObject([{ kind: 'unsupported', group: G1, type: 'promote' }]);
    expect(activeMembers(g1(world))).toEqual(activeMembers(group()));
  });

  it('25: being in a group with somebody asks nothing of him', () => {
    const many = Array.from({ length: 300 }, (_, index) => `u${index}@example.net`);
    const { errands, world } = hear(emptyWorld(ANN), { inside: groupXml('create', jids(ANN, ...many)) });
    expect(activeMembers(g1(world))).toHaveLength(302);
    expect(errands).toEqual([]);
  });

  it.each(['Ben@Example.NET', 'BEN@example.net', 'ben@example.net/phone'])('26: %s is Ben', (jid) => {
    const { world } = hear(known, { inside: groupXml('set', `<remove jid='${jid}'/>`) });
    expect(activeMembers(g1(world))).toEqual([OLGA, ANN, CLEO]);
  });

  it('26: ids that differ in case are two groups', () => {
    expect(hear(known, { from: BEN, inside: groupXml(undefined, '', 'G1') }).outcome).toEqual({
      outcome: 'hold',
      reason: 'unknown-group',
    });
  });

  it('27: an owner who removes himself has left, and can come back', () => {
    const { world } = hear(known, { inside: groupXml('set', `<remove jid='${OLGA}'/>`) });
    expect(g1(world).ownerState).toBe('parted');
    expect(activeMembers(g1(world))).toEqual([ANN, BEN, CLEO]);
    expect(hear(world, { inside: ADD_DAN, at: TEN + 1 }).outcome.outcome).toBe('apply-command');
  });

  it.each<[string, string, string]>([
    [
      'members',
      groupXml('create', jids(ANN, ...Array.from({ length: 500 }, (_, n) => `u${n}@example.net`))),
      'malformed',
    ],
    ['doubled members', groupXml('create', jids(...Array.from({ length: 1001 }, () => ANN))), 'malformed'],
    ['subject', groupXml('create', `<subject>${'x'.repeat(1025)}</subject>${jids(ANN)}`), 'malformed'],
    ['id', groupXml('create', jids(ANN), 'x'.repeat(129)), 'malformed'],
    ['payload', `${CREATE}<x xmlns='urn:x'>${'x'.repeat(LIMITS.stanza)}</x>`, 'too-large'],
  ])('28: more than fits: %s', (_, inside, reason) => {
    const { outcome, world } = hear(emptyWorld(ANN), { inside });
    expect(outcome).toEqual({ outcome: 'discard', reason });
    expect(world).toEqual(emptyWorld(ANN));
  });

  it('28: more members than fit, in several commands', () => {
    let world = hear(emptyWorld(ANN), { inside: CREATE }).world;
    for (let part = 1; part <= 3; part++) {
      const added = Array.from({ length: 300 }, (_, n) => `<add jid='u${part}-${n}@example.net'/>`).join('');
      world = hear(world, { inside: groupXml('set', added), at: TEN + part }).world;
    }
    expect(activeMembers(g1(world)).length).toBeLessThanOrEqual(LIMITS.members);
  });
});
