import { parseBareJid } from '../../jid/index.js';
import { err, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { TransferOwnership } from '../command.js';
import { type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import { activeMember, type Group, type Member, nextVersion } from '../model/group.js';
import { changedRights, type RightChanges } from '../model/rights.js';
import { cardOf, nameOf } from '../present/card.js';
import { actionMessage } from '../present/system-message.js';
import { WORDING } from '../present/wording.js';
import { authorised, memberNamed } from './authority.js';
import { freedom, rightEvents } from './rights-change.js';

/**
 * An owner hands the group over (reference 9.3): the other one becomes an owner for as long as the first would have
 * been one, and the first keeps his other permissions.
 */
export function decideTransferOwnership(
  group: Group,
  command: TransferOwnership,
  env: Environment,
): Decision {
  const actor = authorised(group, command.from, 'owner', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const target = heirNamed(group, command.to);
  if (!target.ok) return refuseWith(target.error);
  if (target.value.id === actor.value.id)
    return refuseWith(refusal('not-allowed', 'You own this group already'));
  const version = nextVersion(group, env.now);
  const given: RightChanges = new Map([
    ['owner', longer(actor.value.rights.get('owner') ?? 0, target.value.rights.get('owner'))],
    ...freedom(target.value),
  ]);
  const taken: RightChanges = new Map([['owner', undefined]]);
  const former = withRights(actor.value, taken);
  const { privacy } = group.properties;
  const message = actionMessage(
    group,
    former,
    {
      type: 'update',
      version,
      users: [withRights(target.value, given), former].map((member) => cardOf(group, member, env)),
    },
    WORDING.promotedToOwner(nameOf(privacy, target.value), nameOf(privacy, former)),
    env,
  );
  return {
    events: [
      ...rightEvents(target.value, given, version),
      ...rightEvents(former, taken, version),
      { kind: 'messagePosted', message },
    ],
    notices: [
      { kind: 'result', payload: [] },
      { kind: 'system', message },
    ],
  };
}

const withRights = (member: Member, changes: RightChanges): Member => ({
  ...member,
  rights: changedRights(member.rights, changes),
});

/** The later of two ends, of which `0` is never. */
const longer = (one: number, other: number | undefined): number =>
  one === 0 || other === 0 ? 0 : Math.max(one, other ?? one);

/** Owners know the JIDs of all members; the id names a member as well. */
function heirNamed(group: Group, name: string): Result<Member, StanzaError> {
  const byId = memberNamed(group, name);
  if (byId.ok || name === '') return byId;
  const jid = parseBareJid(name);
  if (!jid.ok) return err(refusal('bad-request', `${name} is no JID: ${jid.error.reason}`));
  const member = activeMember(group, jid.value);
  return member === undefined ? byId : { ok: true, value: member };
}
