import { describe, expect, it } from 'vitest';
import { deliveredCopy, piecesOn } from '../../multicast/index.js';
import { bare } from '../../testing/jids.js';
import { elementIn } from '../../testing/table.js';
import { elementsOf, serialise, xml } from '../../xml/index.js';
import { group as groupDeclared } from '../elements/group.js';
import type { MemberRecord } from '../model/group.js';
import { LIMITS } from '../model/limits.js';
import { activeMembers } from '../model/members.js';
import { emptyWorld, groupOf } from '../model/world.js';
import { javaReads } from '../testing/java-reader.js';
import {
  ANN,
  BEN,
  CLEO,
  DAN,
  G1,
  group,
  MALLORY,
  means,
  NINE,
  OLGA,
  SERVICE,
  TEN,
  worldWith,
} from '../testing/world.js';
import type { Action } from './action.js';
import { clearStanza, contentOf, type Outgoing, stanzaAround } from './outgoing.js';
import { planSend } from './plan-send.js';

const record: MemberRecord = { listed: true, why: 'create', at: NINE, since: NINE, partedAt: undefined };
const owned = group({
  me: OLGA,
  my: 'member',
  members: new Map([
    [ANN, record],
    [BEN, record],
    [CLEO, record],
  ]),
});
const mine = worldWith(owned);
const anns = worldWith(group());
const BODY = elementIn("<body xmlns='jabber:client'>a secret</body>");

const plan = (world: typeof mine, action: Action, changes: Parameters<typeof means>[0] = {}) => {
  const planned = planSend(world, action, means(changes));
  if (!planned.ok) throw new Error(planned.error.reason);
  return planned.value;
};

describe('who is told once more who is in', () => {
  it.each([
    ['the only one', new Map([[ANN, record]])],
    ['one of several', owned.members],
  ])('sees since when he is, and so that it is no invitation: %s', (_title, members) => {
    const { outgoing } = plan(worldWith({ ...owned, members }), { op: 'snapshot', group: G1, to: ANN });
    const said = outgoing.inside.map((child) => serialise(child)).join('');
    expect(said).toContain(`<since jid='${ANN}' t='${new Date(NINE).toISOString()}'/>`);
  });
});

describe('who may do what', () => {
  const big = Array.from({ length: LIMITS.members }, (_, index) => bare(`u${index}@example.net`));
  const parted = worldWith(group({ my: 'parted' }));
  it.each<[string, typeof mine, Action, object]>([
    [
      'a group that is not known',
      emptyWorld(ANN),
      { op: 'send', group: G1, payload: [] },
      { reason: 'unknown-group' },
    ],
    [
      "creating somebody else's group",
      emptyWorld(ANN),
      { op: 'create', group: G1, subject: null, members: [BEN] },
      { reason: 'not-owner' },
    ],
    [
      'creating it once more',
      anns,
      { op: 'create', group: G1, subject: null, members: [BEN] },
      { reason: 'not-owner' },
    ],
    [
      'creating a group of nobody',
      emptyWorld(OLGA),
      { op: 'create', group: G1, subject: null, members: [OLGA] },
      { reason: 'no-recipients' },
    ],
    [
      'creating a group of too many',
      emptyWorld(OLGA),
      { op: 'create', group: G1, subject: null, members: big },
      { reason: 'too-many-members' },
    ],
    [
      'adding too many',
      mine,
      { op: 'add', group: G1, members: big.slice(4) },
      { reason: 'too-many-members' },
    ],
    ['adding nobody', mine, { op: 'add', group: G1, members: [OLGA] }, { reason: 'no-recipients' }],
    ['removing nobody', mine, { op: 'remove', group: G1, members: [] }, { reason: 'no-recipients' }],
    [
      'a subject that is too long',
      mine,
      { op: 'subject', group: G1, subject: 'x'.repeat(1025) },
      { reason: 'subject-too-long' },
    ],
    ['adding as a member', anns, { op: 'add', group: G1, members: [DAN] }, { reason: 'not-owner' }],
    ['removing as a member', anns, { op: 'remove', group: G1, members: [BEN] }, { reason: 'not-owner' }],
    ['the subject as a member', anns, { op: 'subject', group: G1, subject: 'x' }, { reason: 'not-owner' }],
    ['the list as a member', anns, { op: 'snapshot', group: G1, to: BEN }, { reason: 'not-owner' }],
    ['handing over as a member', anns, { op: 'handover', group: G1, to: BEN }, { reason: 'not-owner' }],
    [
      'handing over to a stranger',
      mine,
      { op: 'handover', group: G1, to: MALLORY },
      { reason: 'wrong-member' },
    ],
    ['the list for a stranger', mine, { op: 'snapshot', group: G1, to: MALLORY }, { reason: 'wrong-member' }],
    [
      'telling a member that he is removed',
      mine,
      { op: 'remove-again', group: G1, to: BEN },
      { reason: 'wrong-member' },
    ],
    ['writing after leaving', parted, { op: 'send', group: G1, payload: [] }, { reason: 'not-member' }],
    [
      'that I write after leaving',
      parted,
      { op: 'chat-state', group: G1, state: 'composing' },
      { reason: 'not-member' },
    ],
    ['leaving twice', parted, { op: 'part', group: G1 }, { reason: 'not-member' }],
    ['asking after leaving', parted, { op: 'sync-request', group: G1, to: OLGA }, { reason: 'not-member' }],
    [
      'saying again that I left though I am in',
      anns,
      { op: 'part-again', group: G1, to: BEN },
      { reason: 'wrong-member' },
    ],
    [
      'writing before accepting',
      worldWith(group({ my: 'invited' })),
      { op: 'send', group: G1, payload: [] },
      { reason: 'not-member' },
    ],
  ])('%s', (_, world, action, error) => {
    expect(planSend(world, action, means())).toEqual({ ok: false, error });
  });
});

describe('keys', () => {
  const send: Action = { op: 'send', group: G1, payload: [BODY] };
  it('that are missing are named, and nothing is sent', () => {
    expect(planSend(mine, send, means({ keysMissing: [BEN, CLEO, MALLORY] }))).toEqual({
      ok: false,
      error: { reason: 'missing-key', jids: [BEN, CLEO] },
    });
  });

  it('that are missing of somebody whom a person left out', () => {
    const { outgoing } = plan(mine, send, { keysMissing: [BEN], leaveOut: [BEN] });
    expect(outgoing.recipients).toEqual([ANN, CLEO]);
  });

  it('are not needed in clear, in a group that never was encrypted', () => {
    const open = worldWith({ ...owned, secure: false });
    const { outgoing, world } = plan(open, send, { encryption: 'none', keysMissing: [BEN] });
    expect(outgoing.sealed).toBe(false);
    expect(groupOf(world, G1)?.secure).toBe(false);
  });

  it('make a group encrypted for good', () => {
    const open = worldWith({ ...owned, secure: false });
    const { world } = plan(open, send);
    expect(planSend(world, send, means({ encryption: 'none' }))).toEqual({
      ok: false,
      error: { reason: 'downgrade' },
    });
  });
});

describe('what stands in clear', () => {
  const actions: readonly Action[] = [
    { op: 'send', group: G1, payload: [BODY] },
    { op: 'chat-state', group: G1, state: 'composing' },
    { op: 'create', group: G1, subject: 'a secret', members: [ANN, BEN] },
    { op: 'add', group: G1, members: [DAN] },
    { op: 'remove', group: G1, members: [BEN] },
    { op: 'subject', group: G1, subject: 'a secret' },
    { op: 'part', group: G1 },
    { op: 'handover', group: G1, to: BEN },
    { op: 'snapshot', group: G1, to: BEN },
    { op: 'remove-again', group: G1, to: DAN },
  ];

  it.each(actions)('of $op: addresses, ids, hints and a text that says nothing', (action) => {
    const { outgoing } = plan(mine, action);
    if (!outgoing.sealed) throw new Error('in clear');
    const [container] = [elementIn("<e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>AAAA</e2e>")];
    for (const { stanza } of piecesOn(outgoing.route, stanzaAround(outgoing, 'kontalk', [container]))) {
      const names = elementsOf(stanza).map(({ name, attrs }) => `${name} ${attrs.xmlns}`);
      expect(
        names.filter(
          (name) =>
            ![
              'addresses http://jabber.org/protocol/address',
              'body jabber:client',
              'e2e urn:ietf:params:xml:ns:xmpp-e2e',
              'no-store urn:xmpp:hints',
            ].includes(name),
        ),
      ).toEqual([]);
      expect(serialise(stanza)).not.toMatch(/a secret|message#group|urn:xmpp-groups|composing/);
    }
  });

  it.each(actions)(
    'of $op: the encrypted message has the same id, one group, and what is ours beside it',
    (action) => {
      const { outgoing } = plan(mine, action);
      if (!outgoing.sealed) throw new Error('in clear');
      const inner = contentOf(outgoing, '');
      expect(inner.id).toBe(outgoing.id);
      const groups = inner.payload.filter((child) => groupDeclared.is(child));
      expect(groups).toHaveLength(1);
      expect(groups.map((child) => serialise(child)).join()).not.toContain('urn:xmpp-groups');
      expect(groups.map((child) => javaReads(child))).toMatchObject([G1]);
    },
  );

  it('a chat state is kept nowhere and brings no text along', () => {
    const { outgoing } = plan(mine, { op: 'chat-state', group: G1, state: 'paused' });
    expect(outgoing.sealed && serialise(stanzaAround(outgoing, 'kontalk', []))).toMatch(
      /<no-store xmlns='urn:xmpp:hints'\/>/,
    );
    expect(outgoing.sealed && outgoing.stub).toBe(false);
  });
});

/** Where the stanzas go, and who is on the list of each. */
const lists = ({ route }: Outgoing) =>
  piecesOn(route, xml('message', {})).map(({ stanza }) => [
    stanza.attrs.to,
    deliveredCopy(stanza).listed.map(({ jid }) => jid),
  ]);

describe('the way', () => {
  const send: Action = { op: 'send', group: G1, payload: [] };
  it('to one is direct, unless my other devices are to have it', () => {
    const alone = worldWith(group({ members: new Map() }));
    expect(lists(plan(alone, send).outgoing)).toEqual([[OLGA, []]]);
    expect(lists(plan(alone, send, { ownDevices: true }).outgoing)).toEqual([
      ['multicast.example.net', [OLGA, ANN]],
    ]);
  });

  it('without a service is one stanza for each, all with one id', () => {
    const { outgoing } = plan(worldWith(group({ secure: false })), send, {
      service: undefined,
      encryption: 'none',
    });
    if (outgoing.sealed) throw new Error('sealed');
    const stanzas = piecesOn(outgoing.route, clearStanza(outgoing)).map(({ stanza }) => stanza);
    expect(stanzas.map(({ attrs }) => attrs.to)).toEqual([OLGA, BEN, CLEO]);
    expect(new Set(stanzas.map(({ attrs }) => attrs.id)).size).toBe(1);
  });

  it('through a service with a limit is in batches, all with one id and ciphertext', () => {
    const { outgoing } = plan(mine, send, {
      service: { ...SERVICE, jid: bare('m.example.net'), limit: 2 },
    });
    const container = elementIn("<e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>AAAA</e2e>");
    if (!outgoing.sealed) throw new Error('in clear');
    const sealed = stanzaAround(outgoing, 'kontalk', [container]);
    const stanzas = piecesOn(outgoing.route, sealed).map(({ stanza }) => stanza);
    expect(stanzas.map(({ attrs }) => [attrs.to, attrs.id])).toEqual([
      ['m.example.net', outgoing.id],
      [CLEO, outgoing.id],
    ]);
  });
});

describe('the owner', () => {
  it('gives each command a later time and the next version', () => {
    let world = emptyWorld(OLGA);
    const times: number[] = [];
    const steps: readonly Action[] = [
      { op: 'create', group: G1, subject: null, members: [ANN, BEN] },
      { op: 'add', group: G1, members: [CLEO] },
      { op: 'subject', group: G1, subject: 'x' },
      { op: 'remove', group: G1, members: [BEN] },
    ];
    for (const action of steps) {
      const next = plan(world, action, { now: TEN });
      times.push(next.outgoing.time);
      world = next.world;
    }
    expect(times).toEqual([TEN, TEN + 1, TEN + 2, TEN + 3]);
    const state = groupOf(world, G1);
    expect(state).toMatchObject({ rev: 4, subject: 'x', lastOwner: TEN + 3 });
    expect(state && activeMembers(state)).toEqual([OLGA, ANN, CLEO]);
  });

  it('takes somebody in later than he left, whatever his clock says', () => {
    const left = worldWith({
      ...owned,
      members: new Map([
        [ANN, record],
        [BEN, { ...record, partedAt: TEN + 5000 }],
      ]),
    });
    const { outgoing, world } = plan(left, { op: 'add', group: G1, members: [BEN] }, { now: TEN });
    expect(outgoing.time).toBe(TEN + 5001);
    const state = groupOf(world, G1);
    expect(state && activeMembers(state)).toContain(BEN);
  });

  it('who has left comes back with a command', () => {
    const left = plan(mine, { op: 'part', group: G1 }).world;
    expect(groupOf(left, G1)).toMatchObject({ my: 'parted', ownerState: 'parted' });
    const back = plan(left, { op: 'subject', group: G1, subject: 'x' }).world;
    expect(groupOf(back, G1)).toMatchObject({ my: 'member', ownerState: 'active' });
  });
});

describe('leaving', () => {
  it('goes to all, and later than I was taken in', () => {
    const taken = worldWith(group({ mySince: TEN + 5000 }));
    const { outgoing, world } = plan(taken, { op: 'part', group: G1 }, { now: TEN });
    expect(outgoing).toMatchObject({ time: TEN + 5001, recipients: [OLGA, BEN, CLEO], command: true });
    expect(groupOf(world, G1)).toMatchObject({ my: 'parted', myExit: TEN + 5001 });
  });

  it('declines an invitation', () => {
    const { world } = plan(worldWith(group({ my: 'invited' })), { op: 'part', group: G1 });
    expect(groupOf(world, G1)?.my).toBe('parted');
  });
});
