import { refusalForNow, type StanzaError } from '../../stanza/error.js';
import type { Post } from '../command.js';
import { type Decision, refuseInWords } from '../decision.js';
import type { Environment } from '../environment.js';
import type { Group, Member } from '../model/group.js';
import { secondsToWait } from '../model/pace.js';
import { countedIn, restOfMinute } from '../model/recent.js';
import { WORDING } from '../present/wording.js';
import { slowModeFor } from './authority.js';

/**
 * Why what `author` wrote is not taken now, if he wrote a short while ago (XEP-0500, section 6), or too much was written
 * already. A refusal leaves nothing behind: the same message is taken when it comes again later.
 */
export function refusalAsTooSoon(
  group: Group,
  author: Member,
  { from, bodies }: Pick<Post, 'from' | 'bodies'>,
  env: Environment,
): Decision | undefined {
  const refused = tooMany(group, author, env) ?? (bodies.length > 0 ? slowed(group, author, env) : undefined);
  return refused && refuseInWords(refused, from);
}

/** The host has a limit for each minute, which nobody is exempt from. */
function tooMany(group: Group, author: Member, { host, now }: Environment): StanzaError | undefined {
  const { memberMessagesPerMinute: ofOne = 0, groupMessagesPerMinute: ofAll = 0 } = host.limits ?? {};
  const { tally, byMember } = group.recent;
  const left = restOfMinute(now);
  if (ofOne > 0 && countedIn(byMember.get(author.id), now) >= ofOne) {
    return refusalForNow('resource-constraint', WORDING.tooManyOfMember(ofOne, left));
  }
  if (ofAll > 0 && countedIn(tally, now) >= ofAll) {
    return refusalForNow('resource-constraint', WORDING.tooManyInGroup(ofAll, left));
  }
  return undefined;
}

/**
 * The group has slow mode. Only what has a text to read counts, a correction like any other: clients that know
 * nothing of corrections show them as more messages.
 */
function slowed(group: Group, author: Member, { now }: Environment): StanzaError | undefined {
  const slowMode = slowModeFor(group, author, now);
  const left = slowMode === 0 ? 0 : secondsToWait(group, author, slowMode, now);
  return left === 0 ? undefined : refusalForNow('policy-violation', WORDING.tooSoon(slowMode, left));
}
