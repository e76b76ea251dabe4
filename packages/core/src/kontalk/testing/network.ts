import type { BareJid } from '../../jid/index.js';
import { xml } from '../../xml/element.js';
import { evaluate, retry } from '../evaluate/evaluate.js';
import type { KontalkEvent, Outcome } from '../evaluate/incoming.js';
import { emptyWorld, type World } from '../model/world.js';
import type { Action } from '../plan/action.js';
import type { Outgoing } from '../plan/outgoing.js';
import { planSend } from '../plan/plan-send.js';
import { environment, keyOf, means, sha256 } from './world.js';

/** A stanza on its way. */
interface Letter {
  readonly from: BareJid;
  readonly to: BareJid;
  readonly outgoing: Outgoing;
}

/** What happened to somebody, for assertions on the way. */
export interface Heard {
  readonly by: BareJid;
  readonly from: BareJid;
  readonly before: World;
  readonly outcome: Outcome;
  readonly events: readonly KontalkEvent[];
}

/** Honest people, each with a world of his own, and letters between them that keep each sender's order. */
export interface Network {
  readonly worlds: Map<BareJid, World>;
  /** One queue for each pair: letters of different senders overtake each other, those of one do not. */
  readonly queues: Map<string, Letter[]>;
  readonly heard: Heard[];
  now: number;
  /** By how much each clock is wrong, in milliseconds. */
  readonly skews: ReadonlyMap<BareJid, number>;
  /** Whether letters go to everybody, not only to whom they are for. */
  readonly broadcast: boolean;
  /** Whether what the rules suggest to send is sent. */
  readonly errands: boolean;
}

export function network(
  people: readonly BareJid[],
  now: number,
  options: {
    readonly skews?: readonly number[];
    readonly broadcast?: boolean;
    readonly errands?: boolean;
  } = {},
): Network {
  return {
    worlds: new Map(people.map((jid) => [jid, emptyWorld(jid)])),
    queues: new Map(),
    heard: [],
    now,
    skews: new Map(people.map((jid, index) => [jid, options.skews?.[index] ?? 0])),
    broadcast: options.broadcast ?? false,
    errands: options.errands ?? true,
  };
}

export function worldOf(net: Network, jid: BareJid): World {
  const world = net.worlds.get(jid);
  if (world === undefined) throw new Error(`nobody is called ${jid}`);
  return world;
}

const clockOf = (net: Network, jid: BareJid): number => net.now + (net.skews.get(jid) ?? 0);

/** Somebody does something, if he may; what he says is put on its ways. */
export function act(net: Network, by: BareJid, action: Action): boolean {
  const planned = planSend(worldOf(net, by), action, means({ now: clockOf(net, by) }));
  if (!planned.ok) return false;
  const { world, outgoing } = planned.value;
  // What was held back because of who was no member yet.
  net.worlds.set(by, retry(world, action.group, environment({}, clockOf(net, by))).world);
  const to = net.broadcast ? [...net.worlds.keys()].filter((jid) => jid !== by) : outgoing.recipients;
  for (const receiver of to) {
    const queue = net.queues.get(`${by} ${receiver}`) ?? [];
    queue.push({ from: by, to: receiver, outgoing });
    net.queues.set(`${by} ${receiver}`, queue);
  }
  return true;
}

/** Delivers the oldest letter of the `choice`-th queue that has one; `false` when none has. */
export function deliver(net: Network, choice: number): boolean {
  const waiting = [...net.queues.values()].filter((queue) => queue.length > 0);
  const letter = waiting[choice % Math.max(1, waiting.length)]?.shift();
  if (letter === undefined) return false;
  const { from, to, outgoing } = letter;
  const before = worldOf(net, to);
  const { world, outcome, events, errands } = evaluate(
    before,
    {
      stanza: xml('message', {
        xmlns: 'jabber:client',
        type: 'chat',
        id: outgoing.id,
        from: `${from}/x`,
        to,
      }),
      verdict: {
        kind: 'verified',
        payload: outgoing.inside,
        // Kontalk's container has whole seconds.
        signedTime: Math.floor(outgoing.time / 1000) * 1000,
        payloadHash: sha256(outgoing.id),
        signer: keyOf(from),
      },
      receivedAt: clockOf(net, to),
    },
    environment({}, clockOf(net, to)),
  );
  net.worlds.set(to, world);
  net.heard.push({ by: to, from, before, outcome, events });
  if (net.errands) for (const errand of errands) act(net, to, errand);
  return true;
}

/** Delivers all that is on its way, and what comes of it. */
export function drain(net: Network): void {
  for (let count = 0; deliver(net, count * 7); count++) if (count > 20_000) throw new Error('it never ends');
}
