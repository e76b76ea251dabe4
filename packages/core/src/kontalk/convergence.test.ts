import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BareJid } from '../jid/index.js';
import { elementIn } from '../testing/table.js';
import { activeMembers } from './model/members.js';
import { groupOf } from './model/world.js';
import { act, deliver, drain, type Network, network, worldOf } from './testing/network.js';
import { ANN, BEN, CLEO, DAN, G1, OLGA, TEN } from './testing/world.js';

const PEOPLE = [OLGA, ANN, BEN, CLEO, DAN];
const OTHERS = [ANN, BEN, CLEO, DAN];
const HELLO = elementIn("<body xmlns='jabber:client'>hello</body>");

type Step =
  | { readonly kind: 'deliver'; readonly choice: number }
  | { readonly kind: 'add' | 'remove' | 'part' | 'say'; readonly who: BareJid }
  | { readonly kind: 'subject'; readonly subject: string }
  | { readonly kind: 'owner-part' | 'create' | 'wait' };

const who = fc.constantFrom(...OTHERS);
const deliverStep = fc.record({ kind: fc.constant('deliver' as const), choice: fc.nat(30) });
const orders = fc.oneof(
  { weight: 8, arbitrary: deliverStep },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('add', 'remove', 'part'), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('subject' as const), subject: fc.constantFrom('A', 'B') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('say' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('wait', 'create') }) },
);
const withOwner = fc.oneof(
  { weight: 10, arbitrary: orders },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('owner-part' as const) }) },
);

/** Whom the owner knows to be in, without himself. */
function listed(net: Network): readonly BareJid[] {
  const group = groupOf(worldOf(net, OLGA), G1);
  return group === undefined ? [] : activeMembers(group).filter((jid) => jid !== OLGA);
}

function create(net: Network, members: readonly BareJid[]): void {
  act(net, OLGA, { op: 'create', group: G1, subject: 'Sailing', members });
}

function take(net: Network, step: Step): void {
  net.now += 137;
  switch (step.kind) {
    case 'deliver':
      deliver(net, step.choice);
      return;
    case 'add':
    case 'remove':
      act(net, OLGA, { op: step.kind, group: G1, members: [step.who] });
      return;
    case 'subject':
      act(net, OLGA, { op: 'subject', group: G1, subject: step.subject });
      return;
    case 'part':
      act(net, step.who, { op: 'part', group: G1 });
      return;
    case 'say':
      act(net, step.who, { op: 'send', group: G1, payload: [HELLO] });
      return;
    case 'owner-part':
      act(net, OLGA, { op: 'part', group: G1 });
      return;
    case 'create':
      create(net, listed(net));
      return;
    case 'wait':
      net.now += 61_000;
      return;
  }
}

/** What somebody knows of the group, as far as all have to agree on it. */
function view(net: Network, jid: BareJid): unknown {
  const group = groupOf(worldOf(net, jid), G1);
  return group === undefined
    ? 'nothing'
    : {
        my: group.my,
        active: [...activeMembers(group)].sort(),
        subject: group.subject,
        owner: group.ownerState,
      };
}

function expectAgreement(net: Network): void {
  const owners = view(net, OLGA);
  for (const jid of listed(net))
    expect({ jid, ...Object(view(net, jid)) }).toEqual({ jid, ...Object(owners) });
}

const steps = (one: fc.Arbitrary<Step>): fc.Arbitrary<readonly Step[]> =>
  fc.array(one, { maxLength: 80, size: 'max' });
const skews = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 5, maxLength: 5 });

describe('all honest members agree', () => {
  it('on whom the owner and they themselves say is in, when all that was said has reached everybody', () => {
    fc.assert(
      fc.property(steps(orders), skews, (taken, clocks) => {
        const net = network(PEOPLE, TEN, { skews: clocks, broadcast: true, errands: false });
        create(net, [ANN, BEN]);
        for (const step of taken) take(net, step);
        drain(net);
        expectAgreement(net);
      }),
      { numRuns: 400 },
    );
  });

  it('after what was said reached only those whom it was for, once everybody has spoken', () => {
    fc.assert(
      fc.property(steps(withOwner), skews, (taken, clocks) => {
        const net = network(PEOPLE, TEN, { skews: clocks });
        create(net, [ANN, BEN]);
        for (const step of taken) take(net, step);
        drain(net);
        // The owner has the last word; without him nobody can repair anything.
        if (groupOf(worldOf(net, OLGA), G1)?.my === 'parted') create(net, listed(net));
        drain(net);
        for (let round = 0; round < 4; round++) {
          net.now += 25 * 3_600_000;
          for (const jid of PEOPLE) act(net, jid, { op: 'send', group: G1, payload: [HELLO] });
          drain(net);
        }
        expectAgreement(net);
      }),
      { numRuns: 400 },
    );
  });

  it('after a command was lost on its way to one of them', () => {
    const net = network(PEOPLE, TEN);
    create(net, [ANN, BEN, CLEO]);
    drain(net);
    net.now += 1000;
    act(net, OLGA, { op: 'remove', group: G1, members: [CLEO] });
    net.queues.get(`${OLGA} ${ANN}`)?.pop();
    drain(net);
    expect(view(net, ANN)).not.toEqual(view(net, BEN));
    net.now += 1000;
    act(net, BEN, { op: 'send', group: G1, payload: [HELLO] });
    drain(net);
    expectAgreement(net);
    expect(view(net, ANN)).toEqual(view(net, BEN));
  });

  it('after a removal was lost on its way to who was removed', () => {
    const net = network(PEOPLE, TEN);
    create(net, [ANN, BEN, CLEO]);
    drain(net);
    net.now += 1000;
    act(net, OLGA, { op: 'remove', group: G1, members: [CLEO] });
    net.queues.get(`${OLGA} ${CLEO}`)?.pop();
    drain(net);
    act(net, CLEO, { op: 'send', group: G1, payload: [HELLO] });
    drain(net);
    expect(view(net, CLEO)).toMatchObject({ my: 'kicked' });
    expectAgreement(net);
  });
});
