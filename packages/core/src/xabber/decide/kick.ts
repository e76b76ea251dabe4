import { bareOf } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Kick } from '../command.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import { type Group, type Member, memberByJid, nextVersion } from '../model/group.js';
import { nameOf } from '../present/card.js';
import { actionMessage } from '../present/system-message.js';
import { WORDING } from '../present/wording.js';
import { authorised, MASKED, OUTRANKED, outranks, seesJids } from './authority.js';
import { removalOf } from './removal.js';

/**
 * Members are sent away: all that are named, or none of them (reference 10.1). They may join again, in a
 * member-only group only when they are invited again.
 */
export function decideKick(group: Group, command: Kick, env: Environment): Decision {
  const actor = authorised(group, command.from, 'set-restrictions', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const targets = targetsOf(group, actor.value, command, env.now);
  if (!targets.ok) return refuseWith(targets.error);
  const version = nextVersion(group, env.now);
  const removal = removalOf(group, targets.value, version, env);
  const message = actionMessage(
    group,
    actor.value,
    { type: 'kick', version, users: removal.cards },
    WORDING.kicked(nameOf(group.properties.privacy, actor.value), removal.names),
    env,
  );
  return {
    events: [...removal.events, { kind: 'messagePosted', message }],
    notices: [
      ...answer().notices,
      ...removal.notices,
      { kind: 'system', message },
      { kind: 'presence', to: 'members' },
    ],
  };
}

/** Those who are to go, each once, if the actor may send every one of them away. */
function targetsOf(
  group: Group,
  actor: Member,
  { ids, jids }: Kick,
  now: number,
): Result<readonly Member[], StanzaError> {
  if (jids.length > 0 && !seesJids(group, actor, now)) return err(MASKED);
  const named = [
    ...ids.map((id) => group.members.get(id)),
    ...jids.map((jid) => memberByJid(group, bareOf(jid))),
  ];
  const targets = new Set<Member>();
  for (const target of named) {
    if (target?.subscription !== 'both') return err(refusal('item-not-found', 'Not all of them are members'));
    if (!outranks(actor, target, now)) return err(OUTRANKED);
    targets.add(target);
  }
  return ok([...targets]);
}
