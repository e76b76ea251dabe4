import { type BareJid, bareOf, domainOf, type Jid } from '../../jid/index.js';
import type { Subscribe } from '../command.js';
import { type Decision, NOTHING, type Notice, say } from '../decision.js';
import type { Environment } from '../environment.js';
import {
  DEFAULT_PREFERENCES,
  type Group,
  isBlocked,
  type Member,
  memberByJid,
  nextVersion,
} from '../model/group.js';
import type { Restriction, RightChanges } from '../model/rights.js';
import { joinedMessage } from '../present/system-message.js';
import { endOf } from './durations.js';
import { freeNickname } from './nicknames.js';
import { chosen } from './preferences.js';
import { collectsFrom } from './profile.js';
import { rightEvents } from './rights-change.js';

/**
 * Somebody asks to join (reference 3.1, 3.2). He may do so again at any time: his server, or a new device,
 * may have lost what it knew. The group then repeats its side of the hand-shake.
 */
export function decideSubscribe(group: Group, command: Subscribe, env: Environment): Decision {
  const jid = bareOf(command.from);
  const member = memberByJid(group, jid);
  if (member?.subscription === 'both') return say(...handShake(jid));
  if (command.isGroup || !mayJoin(group, jid)) {
    return say({ kind: 'parting', to: jid, type: 'unsubscribed' });
  }
  const known = member?.nickname;
  const incognito = group.properties.privacy === 'incognito';
  const id = member?.id ?? env.newMemberId();
  const before = member?.preferences ?? DEFAULT_PREFERENCES;
  const collects = command.choices?.collects ?? before.collects;
  return {
    events: [
      ...(member?.subscription === 'wait'
        ? []
        : [
            {
              kind: 'joinRequested',
              member: id,
              jid,
              nickname: incognito ? (known ?? freeNickname(group, env)) : known,
              version: nextVersion(group, env.now),
            } as const,
          ]),
      ...chosen(id, before, command.choices),
    ],
    notices: [
      ...handShake(jid),
      ...(incognito || !collects ? [] : [{ kind: 'question', about: jid, topic: 'vcard' } as const]),
    ],
  };
}

/**
 * The user approved the group's own request: he is a member now, and everybody is told (reference 3.1). Unless
 * he was blocked since he asked.
 */
export function decideApproved(group: Group, from: Jid, env: Environment): Decision {
  const member = memberByJid(group, bareOf(from));
  // The owner was a member before he approved anything (reference 2.4).
  if (member?.subscription === 'both' && member.avatar === undefined) {
    return say(...avatarQuestion(group, member));
  }
  if (member?.subscription !== 'wait') return NOTHING;
  const version = nextVersion(group, env.now);
  // The group was switched off since he asked: he may ask again when it is back.
  if (group.status === 'inactive') return say({ kind: 'parting', to: member.jid, type: 'unsubscribed' });
  if (isBlocked(group, member.jid)) {
    return {
      events: [{ kind: 'memberLeft', member: member.id, version }],
      notices: [{ kind: 'parting', to: member.jid, type: 'unsubscribed' }],
    };
  }
  const message = joinedMessage(group, member, version, env);
  return {
    events: [
      { kind: 'memberJoined', member: member.id, version },
      ...rightEvents(member, newcomerRestrictions(group, member, env.now), version),
      { kind: 'messagePosted', message },
    ],
    notices: [
      { kind: 'system', message, to: 'updated' },
      { kind: 'presence', to: 'updated' },
      ...(member.preferences.receivesUpdates ? [] : [{ kind: 'presence', to: [member.jid] } as const]),
      ...avatarQuestion(group, member),
    ],
  };
}

/** Now that the group sees the user's presence it may read his avatar (XEP-0163, section 4.1). */
const avatarQuestion = (group: Group, member: Member): Notice[] =>
  collectsFrom(group, member) && !member.chosen.avatar
    ? [{ kind: 'question', about: member.jid, topic: 'avatar' }]
    : [];

/**
 * What a newcomer may not do at first (reference 9.5). Who was a member before, and is restricted for longer, stays
 * so: coming back shortens nothing. `now` in milliseconds.
 */
function newcomerRestrictions(group: Group, { rights }: Member, now: number): RightChanges {
  const changes = new Map<Restriction, number>();
  for (const [restriction, seconds] of group.defaultRestrictions) {
    const until = endOf(seconds, now);
    const before = rights.get(restriction);
    if (before === undefined || (before !== 0 && (until === 0 || until > before))) {
      changes.set(restriction, until);
    }
  }
  return changes;
}

/** Approves the user's request and asks for the other direction; both tell clients at once that this is a group. */
export const handShake = (jid: BareJid): Notice[] => [
  { kind: 'presence', to: [jid], type: 'subscribed' },
  { kind: 'presence', to: [jid], type: 'subscribe' },
];

/**
 * Whether somebody who is not a member may become one. In a member-only group only those may who are invited:
 * a former member is not, unlike in the reference server.
 */
function mayJoin(group: Group, jid: BareJid): boolean {
  const { domains, membership } = group.properties;
  if (group.status === 'inactive') return false;
  if (domains.length > 0 && !domains.includes(domainOf(jid))) return false;
  if (isBlocked(group, jid)) return false;
  return membership === 'open' || memberByJid(group, jid)?.subscription === 'wait';
}
