import { refusal } from '../../stanza/error.js';
import type { ChangeCard } from '../command.js';
import { type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import { type Group, type Member, nextVersion } from '../model/group.js';
import { userDomainsIn } from '../present/addresses.js';
import { cardOf, nameOf } from '../present/card.js';
import { actionMessage } from '../present/system-message.js';
import { cardUpdated } from '../present/wording.js';
import { authorised, cardHolder } from './authority.js';

const LONGEST_NICKNAME = 64;
const LONGEST_BADGE = 32;

const bad = (sentence: string): Decision => refuseWith(refusal('bad-request', sentence));

/**
 * A member's nickname or badge is changed, by himself or for him (reference 8.3). His own badge is nothing that a
 * member chooses: it says what he is to the group.
 */
export function decideChangeCard(group: Group, command: ChangeCard, env: Environment): Decision {
  const act = cardHolder(group, command.from, command.id, env.now);
  if (!act.ok) return refuseWith(act.error);
  if (command.nickname === undefined && command.badge === undefined) {
    return bad('Neither a nickname nor a badge is given');
  }
  const { actor, target } = act.value;
  const { privacy } = group.properties;
  const nickname = changed(command.nickname, nameOf(privacy, target));
  const badge = changed(command.badge, target.badge);
  if (badge !== undefined && !authorised(group, command.from, 'change-users', env.now).ok) {
    return refuseWith(
      refusal('not-allowed', 'You have no rights to change a badge: you need the right change-users'),
    );
  }
  if (nickname === '') return bad('A nickname cannot be empty');
  if (lengthOf(nickname) > LONGEST_NICKNAME)
    return bad(`A nickname has at most ${LONGEST_NICKNAME} characters`);
  if (lengthOf(badge) > LONGEST_BADGE) return bad(`A badge has at most ${LONGEST_BADGE} characters`);
  if (privacy === 'incognito' && [nickname, badge].some((text) => text && userDomainsIn(text).length > 0)) {
    return refuseWith(refusal('not-acceptable', 'In an incognito group nobody is called like an address'));
  }
  const after: Member = { ...target, nickname: nickname ?? target.nickname, badge: badge ?? target.badge };
  if ((nickname === undefined && badge === undefined) || isTaken(group, after)) {
    return refuseWith(refusal('not-allowed', 'Duplicated combination of nickname and badge is not allowed'));
  }
  const version = nextVersion(group, env.now);
  const self = actor.id === target.id;
  const text = cardUpdated(
    nameOf(privacy, target),
    { nickname, badge },
    self ? undefined : nameOf(privacy, actor),
  );
  const mark = { type: 'update', version, users: [cardOf(group, after, env)] } as const;
  const message = actionMessage(group, self ? after : actor, mark, text, env);
  return {
    events: [
      { kind: 'cardChanged', member: target.id, nickname, badge, version },
      { kind: 'messagePosted', message },
    ],
    notices: [
      { kind: 'result', payload: [] },
      { kind: 'system', message },
    ],
  };
}

/** A text for one line, or `undefined` when it is what is there already. */
function changed(given: string | undefined, present: string): string | undefined {
  const line = given?.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line === present ? undefined : line;
}

const lengthOf = (text: string | undefined): number => (text === undefined ? 0 : [...text].length);

/** Whether another has both the nickname and the badge; former members count, they may come back. */
function isTaken(group: Group, member: Member): boolean {
  const { privacy } = group.properties;
  const name = nameOf(privacy, member);
  for (const other of group.members.values()) {
    if (other.id !== member.id && other.badge === member.badge && nameOf(privacy, other) === name)
      return true;
  }
  return false;
}
