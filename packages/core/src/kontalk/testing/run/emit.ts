import { expect } from 'vitest';
import { parseBareJid } from '../../../jid/index.js';
import { deliveredCopy, piecesOn } from '../../../multicast/index.js';
import { bare } from '../../../testing/jids.js';
import { elementIn } from '../../../testing/table.js';
import { serialise, xml } from '../../../xml/index.js';
import { group as groupDeclared } from '../../elements/group.js';
import { emptyGroup, type MemberRecord } from '../../model/group.js';
import { emptyWorld, withGroup } from '../../model/world.js';
import type { Action } from '../../plan/action.js';
import { planSend } from '../../plan/plan-send.js';
import type { Vector } from '../vectors.js';
import { means } from '../world.js';

export interface EmitVector extends Vector {
  readonly kind: 'emit';
  readonly action: {
    readonly op: 'create' | 'add' | 'remove' | 'subject' | 'part' | 'plain';
    readonly id: string;
    readonly owner: string;
    readonly me?: string;
    readonly subject?: string;
    readonly members?: readonly string[];
    readonly add?: readonly string[];
    readonly remove?: readonly string[];
    /** All others. */
    readonly current?: readonly string[];
    readonly keysMissing?: readonly string[];
    readonly secure?: boolean;
  };
  readonly expected: {
    readonly group?: string;
    readonly addresses?: readonly string[] | null;
    readonly to?: string;
    readonly error?: string;
    readonly jids?: readonly string[];
  };
}

/** Runs a vector of what is emitted: one action, from a given group. */
export function runEmit({ action, expected }: EmitVector): void {
  const me = bare(action.me ?? action.owner);
  const key = { owner: bare(action.owner), id: action.id };
  const record: MemberRecord = { listed: true, why: 'create', at: 1, since: 1, partedAt: undefined };
  const others = (action.current ?? []).map(bare).filter((jid) => jid !== key.owner);
  const known = {
    ...emptyGroup(key, me),
    lastOwner: 1,
    complete: true,
    subject: action.op === 'add' ? (action.subject ?? null) : null,
    secure: action.secure ?? false,
    members: new Map(others.map((jid) => [jid, record])),
  };
  const world = action.op === 'create' ? emptyWorld(me) : withGroup(emptyWorld(me), known);
  const keysMissing = (action.keysMissing ?? []).map(bare);
  const planned = planSend(world, actionOf(action, key), means({ keysMissing }));

  if (expected.error !== undefined) {
    const jids = expected.jids === undefined ? {} : { jids: expected.jids };
    expect(planned).toEqual({ ok: false, error: { reason: expected.error, ...jids } });
    return;
  }
  if (!planned.ok) throw new Error(planned.error.reason);
  const { inside, route } = planned.value.outgoing;
  const element = inside.find((child) => groupDeclared.is(child));
  expect(element && serialise(element)).toBe(serialise(elementIn(expected.group ?? '')));
  const pieces = piecesOn(route, xml('message', {}));
  expect(pieces).toHaveLength(1);
  const [stanza] = pieces.map((piece) => piece.stanza);
  if (expected.to !== undefined) expect(stanza?.attrs.to).toBe(expected.to);
  if (expected.addresses !== undefined) {
    const listed = stanza === undefined ? [] : deliveredCopy(stanza).listed;
    expect(listed.length === 0 ? null : listed.map(({ jid }) => jid)).toEqual(expected.addresses);
  }
}

function actionOf(action: EmitVector['action'], group: Action['group']): Action {
  const jids = (texts: readonly string[] = []) =>
    texts.flatMap((text) => {
      const read = parseBareJid(text);
      return read.ok ? [read.value] : [];
    });
  switch (action.op) {
    case 'create':
      return { op: 'create', group, subject: action.subject ?? null, members: jids(action.members) };
    case 'add':
      return { op: 'add', group, members: jids(action.add) };
    case 'remove':
      return { op: 'remove', group, members: jids(action.remove) };
    case 'subject':
      return { op: 'subject', group, subject: action.subject ?? null };
    case 'part':
      return { op: 'part', group };
    case 'plain':
      return { op: 'send', group, payload: [] };
  }
}
