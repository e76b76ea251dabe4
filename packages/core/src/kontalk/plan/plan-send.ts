import type { BareJid } from '../../jid/index.js';
import { routeTo } from '../../multicast/index.js';
import { err, ok, type Result } from '../../result.js';
import { elementsOf } from '../../xml/element.js';
import { groupElement } from '../command/write-group.js';
import { groupMessage } from '../elements/message.js';
import { heldAfterLeaving } from '../evaluate/after-leaving.js';
import { emptyGroup, type GroupState } from '../model/group.js';
import { marksOf, remember } from '../model/seen.js';
import { groupOf, type World, withGroup } from '../model/world.js';
import { besideState } from '../signals/chat-states.js';
import type { Action, Means, PlanError } from './action.js';
import { type Draft, draft } from './draft.js';
import type { Outgoing } from './outgoing.js';

/** What to send, and what the account knows once it is sent. */
export interface Plan {
  readonly world: World;
  readonly outgoing: Outgoing;
}

/**
 * Plans a message to a group: to whom it goes, on which ways, what is encrypted and what is in clear (reference
 * 2.4, 3.6, 3.7, 9.1). A command changes the state at once, so that what is said next goes to the new members
 * only; what was held back because of it can be tried with `retry`. Text that belongs to a command is a message of its own, after it: Android shows no text of commands.
 */
export function planSend(world: World, action: Action, means: Means): Result<Plan, PlanError> {
  const group = groupFor(world, action);
  if (group === undefined) {
    return err({ reason: action.op === 'create' ? 'not-owner' : 'unknown-group' });
  }
  const drafted = draft(group, action, means);
  if (!drafted.ok) return drafted;
  const encrypted = means.encryption === 'openpgp';
  if (group.secure && !encrypted) return err({ reason: 'downgrade' });
  const recipients = drafted.value.audience.filter((jid) => !means.leaveOut.includes(jid));
  if (recipients.length === 0) return err({ reason: 'no-recipients' });
  const everybody = means.ownDevices ? [...recipients, world.me] : recipients;
  const missing = encrypted ? everybody.filter((jid) => means.keysMissing.includes(jid)) : [];
  if (missing.length > 0) return err({ reason: 'missing-key', jids: missing });
  const outgoing = outgoingOf(drafted.value, everybody, encrypted, means);
  const marked = remember(drafted.value.after, world.me, marksOf(outgoing.id, undefined));
  return ok({ world: kept(world, { ...marked, secure: marked.secure || encrypted }), outgoing });
}

/** A group that does not exist yet is created by who will own it. */
function groupFor(world: World, { op, group: key }: Action): GroupState | undefined {
  const known = groupOf(world, key);
  return known === undefined && op === 'create' && key.owner === world.me ? emptyGroup(key, world.me) : known;
}

function outgoingOf(
  { command, payload, chatState, time, after }: Draft,
  recipients: readonly BareJid[],
  encrypted: boolean,
  { newId, service, hidden }: Means,
): Outgoing {
  const inside = groupMessage.build({
    groups: [groupElement({ key: after.key, command })],
    bodies: [],
    chatState,
    payload,
  });
  const planned = {
    id: newId(),
    group: after.key,
    time,
    recipients,
    route: routeTo(recipients, service, { hidden }),
    inside: elementsOf(inside),
    outside: chatState === undefined ? [] : besideState(),
    command: command.kind !== 'plain',
  };
  return encrypted
    ? { ...planned, sealed: true, stub: chatState === undefined }
    : { ...planned, sealed: false };
}

function kept(world: World, group: GroupState): World {
  const next = withGroup(world, group);
  return group.my === 'parted' ? { ...next, held: heldAfterLeaving(next, group.key) } : next;
}
