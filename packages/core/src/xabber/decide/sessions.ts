import { bareOf, type Jid, resourceOf } from '../../jid/index.js';
import { type Decision, NOTHING, type Notice, say } from '../decision.js';
import type { Environment } from '../environment.js';
import type { GroupEvent } from '../model/events.js';
import { activeMember, type Group, type MemberId, nextVersion } from '../model/group.js';

/** Clients repeat every half minute that the chat is open: it is taken down again only after so long. */
const NOTED_EVERY = 5 * 60_000;

/** A device that has said nothing for so long no longer has the chat open (reference 5.2). */
const SILENT_FOR = 60 * 60_000;

/**
 * A device shows the chat (reference 5.2). When that makes one more member who has it open, all devices that
 * have it open are told; otherwise only this one. In an inactive group nobody has it open.
 */
export function decideOpened(group: Group, from: Jid, env: Environment): Decision {
  const member = activeMember(group, bareOf(from));
  if (member === undefined) return NOTHING;
  const resource = resourceOf(from);
  const itself: Notice = { kind: 'presence', to: [from] };
  if (resource === undefined || group.status === 'inactive') return say(itself);
  const devices = group.sessions.get(member.id);
  const last = devices?.get(resource);
  const noted = last !== undefined && env.now - last < NOTED_EVERY;
  const version = nextVersion(group, env.now);
  return {
    events: noted ? [] : [{ kind: 'memberSeen', member: member.id, resource, present: true, version }],
    notices: [
      ...(devices === undefined ? [COUNTED] : []),
      // Who does not want to hear of counters hears of them when he asks.
      ...(devices === undefined && member.preferences.receivesUpdates ? [] : [itself]),
    ],
  };
}

const COUNTED: Notice = { kind: 'presence', to: 'present' };

/** A device closes the chat, or goes offline; the member was last seen now (reference 5.2, 5.3). */
export function decideClosed(group: Group, from: Jid, env: Environment): Decision {
  const member = activeMember(group, bareOf(from));
  if (member === undefined || group.status === 'inactive') return NOTHING;
  const resource = resourceOf(from);
  const devices = [...(group.sessions.get(member.id)?.keys() ?? [])];
  return ended(group, env, [[member.id, resource === undefined ? devices : [resource]]]);
}

/** Devices that have not been heard of for an hour have closed the chat without saying so. */
export function decideSweep(group: Group, env: Environment): Decision {
  const silent = [...group.sessions].map(([member, devices]): readonly [MemberId, readonly string[]] => [
    member,
    [...devices].filter(([, last]) => env.now - last >= SILENT_FOR).map(([resource]) => resource),
  ]);
  return ended(group, env, silent);
}

function ended(
  group: Group,
  env: Environment,
  closed: readonly (readonly [MemberId, readonly string[]])[],
): Decision {
  const version = nextVersion(group, env.now);
  const events = closed.flatMap(([member, resources]) =>
    resources.map(
      (resource): GroupEvent => ({ kind: 'memberSeen', member, resource, present: false, version }),
    ),
  );
  const fewer = closed.some(([member, resources]) => {
    const devices = group.sessions.get(member);
    return devices !== undefined && [...devices.keys()].every((resource) => resources.includes(resource));
  });
  return { events, notices: fewer ? [COUNTED] : [] };
}
