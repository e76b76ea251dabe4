import { expect } from 'vitest';
import type { BareJid } from '../../../jid/index.js';
import { bare } from '../../../testing/jids.js';
import { elementIn } from '../../../testing/table.js';
import { elementsOf } from '../../../xml/element.js';
import { evaluate } from '../../evaluate/evaluate.js';
import type { Verdict } from '../../evaluate/incoming.js';
import { emptyGroup, type GroupState, type MemberRecord, type Membership } from '../../model/group.js';
import { activeMembers } from '../../model/members.js';
import { marksOf, remember } from '../../model/seen.js';
import { emptyWorld, groupOf, type World, withGroup } from '../../model/world.js';
import type { Vector } from '../vectors.js';
import { environment, keyOf, sha256, TEN } from '../world.js';

interface GivenGroup {
  readonly owner: string;
  readonly id: string;
  readonly my: Membership;
  readonly active: readonly string[];
  readonly ownerState: 'active' | 'parted';
  readonly subject: string | null;
  readonly secure: boolean;
  readonly lastOwner: string | null;
  readonly exited: Readonly<Record<string, { readonly why: 'remove' | 'part'; readonly t: string }>>;
  readonly seen: readonly (readonly [sender: string, id: string])[];
  readonly joined?: Readonly<Record<string, string>>;
}

export interface StateVector extends Vector {
  readonly kind: 'state';
  readonly given: {
    readonly me: string;
    readonly groups: readonly GivenGroup[];
    readonly policy?: { readonly autoJoin?: boolean };
  };
  readonly auth: 'ok' | 'cleartext' | 'bad-signature' | 'wrong-recipient' | 'undecryptable' | 'no-key';
  readonly signedTime: string | null;
  readonly stanza: string;
  readonly expected: {
    readonly outcome: string;
    readonly reason?: string;
    readonly deliver?: string;
    readonly state?: string;
    readonly emit?: string;
    readonly suspect?: boolean;
    readonly secure?: boolean;
    readonly group?: {
      readonly active?: readonly string[];
      readonly subject?: string | null;
      readonly my?: Membership;
      readonly ownerState?: 'active' | 'parted';
    };
  };
}

/** Runs a vector of the state machine: one stanza comes to a given world. */
export function runState({ given, auth, signedTime, stanza, expected }: StateVector): void {
  const me = bare(given.me);
  const world = given.groups.reduce((all, one) => withGroup(all, groupFrom(one, me)), emptyWorld(me));
  const element = elementIn(stanza);
  const sender = (element.attrs.from ?? '').replace(/\/.*/, '');
  const time = signedTime === null ? TEN : Date.parse(signedTime);
  const verdicts: Readonly<Record<StateVector['auth'], Verdict>> = {
    ok: {
      kind: 'verified',
      payload: elementsOf(element),
      signedTime: time,
      payloadHash: sha256(stanza),
      signer: keyOf(sender),
    },
    cleartext: { kind: 'cleartext' },
    'bad-signature': { kind: 'failed', reason: 'bad-signature' },
    'wrong-recipient': { kind: 'failed', reason: 'wrong-recipient' },
    undecryptable: { kind: 'pending', reason: 'undecryptable' },
    'no-key': { kind: 'pending', reason: 'no-key' },
  };
  const autoJoin = given.policy?.autoJoin ?? true;
  const {
    world: after,
    outcome,
    events,
    errands,
  } = evaluate(
    world,
    { stanza: element, verdict: verdicts[auth], receivedAt: TEN },
    environment({ autoJoin: () => autoJoin }),
  );

  expect(outcome).toMatchObject(
    expected.reason === undefined
      ? { outcome: expected.outcome }
      : { outcome: expected.outcome, reason: expected.reason },
  );
  const texts = events.flatMap((event) => (event.kind === 'message' ? [event.text] : []));
  if (expected.deliver !== undefined) expect(texts).toEqual([expected.deliver]);
  const states = events.flatMap((event) => (event.kind === 'chat-state' ? [event.state] : []));
  if (expected.state !== undefined) expect(states).toEqual([expected.state]);
  if (expected.emit !== undefined) expect(errands.map(({ op }) => op)).toEqual(['part-again']);
  if (expected.outcome === 'discard' || expected.outcome === 'hold')
    expect(rosters(after)).toEqual(rosters(world));
  const group = groupOf(after, keyIn(stanza)) ?? after.groups[0];
  const wanted = expected.group;
  if (wanted?.active !== undefined && group !== undefined) {
    expect([...activeMembers(group)].sort()).toEqual([...wanted.active].sort());
  }
  if (wanted !== undefined) {
    const { active: _, ...fields } = wanted;
    expect(group).toMatchObject(fields);
  }
  if (expected.suspect !== undefined) expect(group?.suspect).toBe(expected.suspect);
  if (expected.secure !== undefined) expect(group?.secure).toBe(expected.secure);
}

const rosters = ({ groups }: World): readonly unknown[] =>
  groups.map((group) => [group.key, group.my, group.subject, activeMembers(group)]);

const keyIn = (stanza: string): { owner: BareJid; id: string } => ({
  owner: bare(/owner='([^']*)'/.exec(stanza)?.[1] ?? 'nobody@example.net'),
  id: / id='([^']*)' owner/.exec(stanza)?.[1] ?? '',
});

function groupFrom(given: GivenGroup, me: BareJid): GroupState {
  const owner = bare(given.owner);
  const last = given.lastOwner === null ? undefined : Date.parse(given.lastOwner);
  const since = (jid: string): number => Date.parse(given.joined?.[jid] ?? '2026-11-21T07:00:00Z');
  const members = new Map<BareJid, MemberRecord>();
  for (const jid of given.active) {
    const known = bare(jid);
    if (known === owner || known === me) continue;
    members.set(known, {
      listed: true,
      why: 'create',
      at: since(jid),
      since: since(jid),
      partedAt: undefined,
    });
  }
  for (const [jid, { why, t }] of Object.entries(given.exited)) {
    const at = Date.parse(t);
    members.set(bare(jid), {
      listed: why === 'part',
      why: why === 'part' ? 'create' : 'remove',
      at: why === 'part' ? since(jid) : at,
      since: since(jid),
      partedAt: why === 'part' ? at : undefined,
    });
  }
  const group: GroupState = {
    ...emptyGroup({ owner, id: given.id }, me),
    my: given.my,
    mySince: since(me),
    myExit: given.my === 'member' ? undefined : last,
    members,
    ownerState: given.ownerState,
    subject: given.subject,
    lastOwner: last,
    complete: true,
    secure: given.secure,
  };
  return given.seen.reduce(
    (all, [sender, messageId]) => remember(all, bare(sender), marksOf(messageId, undefined)),
    group,
  );
}
