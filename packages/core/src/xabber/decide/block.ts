import { type BareJid, bareOf, domainOf, type Jid, localpartOf } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { ChangeBlocks } from '../command.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import type { GroupEvent } from '../model/events.js';
import { type Block, type Group, type Member, memberByJid, nextVersion } from '../model/group.js';
import { nameOf } from '../present/card.js';
import { actionMessage } from '../present/system-message.js';
import { WORDING } from '../present/wording.js';
import { authorised, MASKED, OUTRANKED, outranks, seesJids } from './authority.js';
import { removalOf } from './removal.js';

/**
 * People and domains are shut out: all that are named, or none (reference 10.2). They cannot join, be invited,
 * write, or find the group. Members that are blocked themselves are sent away; those of a blocked domain stay.
 */
export function decideBlock(group: Group, command: ChangeBlocks, env: Environment): Decision {
  const actor = authorised(group, command.from, 'set-restrictions', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const addresses = addressesOf(group, actor.value, command, env.now);
  if (!addresses.ok) return refuseWith(addresses.error);
  const added = [...addresses.value].filter((address) => !group.blocks.has(address));
  const gone = [...group.members.values()].filter(
    ({ jid, subscription }) => subscription !== 'none' && addresses.value.has(jid),
  );
  if (added.length + gone.length === 0) return answer();
  const version = nextVersion(group, env.now);
  const removal = removalOf(group, gone, version, env);
  const message = actionMessage(
    group,
    actor.value,
    // The version calls clients to ask for the list of members anew.
    { type: 'block', version: gone.length === 0 ? undefined : version, users: removal.cards },
    WORDING.blocked(nameOf(group.properties.privacy, actor.value), removal.names),
    env,
  );
  return {
    events: [
      ...added.map((address): GroupEvent => ({ kind: 'blockAdded', block: listed(group, address) })),
      ...removal.events,
      { kind: 'messagePosted', message },
    ],
    notices: [
      ...answer().notices,
      ...removal.notices,
      { kind: 'system', message },
      { kind: 'presence', to: 'members' },
    ],
  };
}

const listed = (group: Group, address: BareJid): Block => ({
  address,
  member: memberByJid(group, address)?.id,
});

/** What is to be blocked, each address once, if the actor may block every one of them. */
function addressesOf(
  group: Group,
  actor: Member,
  { ids, addresses }: ChangeBlocks,
  now: number,
): Result<ReadonlySet<BareJid>, StanzaError> {
  if (addresses.some(isPerson) && !seesJids(group, actor, now)) return err(MASKED);
  const all = new Set(addresses.map(bareOf));
  for (const id of ids) {
    const person = group.members.get(id);
    if (person === undefined) return err(refusal('not-allowed', `Nobody here has the id ${id}`));
    all.add(person.jid);
  }
  const names: ReadonlySet<string> = all;
  for (const member of group.members.values()) {
    const covered = names.has(member.jid) || names.has(domainOf(member.jid));
    // Nobody stands above himself, so nobody shuts himself out with his domain either.
    if (member.subscription === 'both' && covered && !outranks(actor, member, now)) return err(OUTRANKED);
  }
  return ok(all);
}

const isPerson = (address: Jid): boolean => localpartOf(address) !== undefined;

/**
 * People and domains are let in again (reference 10.3). Nobody is told, and who was not shut out may be named.
 */
export function decideUnblock(group: Group, command: ChangeBlocks, env: Environment): Decision {
  const actor = authorised(group, command.from, 'set-restrictions', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const names = new Set<string>([...command.ids, ...command.addresses.map(bareOf)]);
  const sees = seesJids(group, actor.value, env.now);
  const removed = [...group.blocks.values()].filter(
    (entry) => names.has(shownName(entry, sees)) || (entry.member !== undefined && names.has(entry.member)),
  );
  return {
    events: removed.map(({ address }) => ({ kind: 'blockRemoved', address }) as const),
    notices: answer().notices,
  };
}

/**
 * Under which name somebody is on the list: his JID, or his member id for those who may not see it. Clients
 * that know of nothing but JIDs show the id in its place, and send it back when they unblock him.
 */
export const shownName = ({ address, member }: Block, seesJid: boolean): string =>
  seesJid || member === undefined ? address : member;
