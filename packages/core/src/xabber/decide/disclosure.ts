import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Disclose, DisclosureStep } from '../command.js';
import { type Decision, type Notice, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import type { GroupEvent } from '../model/events.js';
import { type Disclosure, disclosureKey, type Group, isBlocked, type Member } from '../model/group.js';
import { nameOf } from '../present/card.js';
import { memberBehind, memberNamed, unrestricted } from './authority.js';

/** So many disclosures of one member may wait for an answer: who wants to pester many has to be patient. */
const MOST_UNANSWERED = 10;

/** What comes of a step, without the answer to who took it. */
interface Taken extends Pick<Decision, 'events' | 'notices'> {
  /** An offer or request may turn out to be the answer to one. */
  readonly type: DisclosureStep;
}

/** A member of an incognito group tells another one who he is, asks who that one is, or answers (docs/disclosure.md). */
export function decideDisclose(group: Group, command: Disclose, env: Environment): Decision {
  const actor = memberBehind(group, command.from);
  if (!actor.ok) return refuseWith(actor.error);
  const step = disclosing(group, actor.value, command, env);
  if (!step.ok) return refuseWith(step.error);
  const { events, notices } = step.value;
  return { events, notices: [{ kind: 'result', payload: [] }, ...notices] };
}

/** What follows when `actor` takes a step towards another member, or why he may not. */
export function disclosing(
  group: Group,
  actor: Member,
  { type, id, reason }: Pick<Disclose, 'type' | 'id' | 'reason'>,
  env: Environment,
): Result<Taken, StanzaError> {
  if (group.properties.privacy !== 'incognito') {
    return err(
      refusal('not-allowed', 'There is nothing to disclose: this group shows the JIDs of all members'),
    );
  }
  if (group.status === 'inactive') return err(refusal('not-allowed', 'Chat is inactive.'));
  if (isBlocked(group, actor.jid)) return err(refusal('not-allowed', 'You are blocked in this chat'));
  const mayWrite = unrestricted(
    actor,
    'send-messages',
    'You have no permission to write in this chat',
    env.now,
  );
  // To decline is no message of his own, and who is approached must be able to end it.
  if (!mayWrite.ok && type !== 'decline') return mayWrite;
  const other = memberNamed(group, id);
  if (!other.ok) return other;
  if (other.value.id === actor.id) return err(refusal('bad-request', 'This is you yourself'));
  const pair: Pair = { actor, other: other.value, reason: mayWrite.ok ? reason : undefined };
  const theirs = group.disclosures.get(disclosureKey({ from: pair.other.id, to: actor.id }));
  const received = theirs?.type === 'over' ? undefined : theirs;
  if (type === 'accept' || type === 'decline') {
    if (received === undefined) return err(nothingFrom(pair.other));
    return ok(type === 'accept' ? accepted(received, pair) : declined(pair));
  }
  if (received === undefined) return begun(group, pair, type, theirs);
  if (type === 'request' && received.type === 'offer') {
    const text = `${named(pair.other)} has told you who he/she is already: accept or decline`;
    return err(refusal('conflict', text));
  }
  // Both want the same: to tell who was told, or to ask who has asked, is to accept.
  return ok(accepted(received, pair));
}

interface Pair {
  readonly actor: Member;
  readonly other: Member;
  readonly reason: string | undefined;
}

const named = (member: Member): string => nameOf('incognito', member);

const nothingFrom = (other: Member): StanzaError =>
  refusal('item-not-found', `${named(other)} has neither told you who he/she is nor asked who you are`);

/** @param theirs what the other one began once, if it is over */
function begun(
  group: Group,
  { actor, other, reason }: Pair,
  type: 'offer' | 'request',
  theirs: Disclosure | undefined,
): Result<Taken, StanzaError> {
  const before = group.disclosures.get(disclosureKey({ from: actor.id, to: other.id }));
  if (before?.type === 'over') {
    const text = `${named(other)} did not want it: wait until he/she turns to you`;
    return err(refusal('not-allowed', text));
  }
  if (before !== undefined) {
    return err(refusal('conflict', `${named(other)} has not answered you yet`));
  }
  if (unansweredOf(group, actor) >= MOST_UNANSWERED) {
    const text = `${MOST_UNANSWERED} members have not answered you yet: wait for one of them`;
    return err(refusal('resource-constraint', text));
  }
  const disclosure: Disclosure = { from: actor.id, to: other.id, type, reason: reason ?? '' };
  return ok({
    type,
    events: [...(theirs === undefined ? [] : [closed(theirs)]), { kind: 'disclosureOpened', disclosure }],
    notices: [told(other, actor, type, type === 'offer', reason)],
  });
}

function unansweredOf(group: Group, member: Member): number {
  let count = 0;
  for (const { from, type } of group.disclosures.values()) {
    if (from === member.id && type !== 'over') count += 1;
  }
  return count;
}

/** Both know each other now: who told his JID at the beginning is not told again. */
const accepted = (received: Disclosure, { actor, other, reason }: Pair): Taken => ({
  type: 'accept',
  events: [closed(received)],
  notices: [
    told(other, actor, 'accept', true, reason),
    ...(received.type === 'request' ? [told(actor, other, 'accept', true, undefined)] : []),
  ],
});

const declined = ({ actor, other, reason }: Pair): Taken => ({
  type: 'decline',
  events: [{ kind: 'disclosureEnded', from: other.id, to: actor.id }],
  notices: [told(other, actor, 'decline', false, reason)],
});

const closed = ({ from, to }: Disclosure): GroupEvent => ({ kind: 'disclosureClosed', from, to });

const told = (
  to: Member,
  by: Member,
  type: DisclosureStep,
  tellsJid: boolean,
  reason: string | undefined,
): Notice => ({ kind: 'disclosed', to: to.jid, by, type, tellsJid, reason });

/**
 * What becomes of the disclosures of somebody who leaves, or is sent away: nobody can answer them any more. His own
 * are over, so that he does not come back to repeat them.
 */
export function disclosuresWithout(group: Group, leaver: Member): GroupEvent[] {
  const events: GroupEvent[] = [];
  for (const { from, to, type } of group.disclosures.values()) {
    if (type === 'over') continue;
    if (from === leaver.id) events.push({ kind: 'disclosureEnded', from, to });
    else if (to === leaver.id) events.push({ kind: 'disclosureClosed', from, to });
  }
  return events;
}

/** What others began with a member, and he has not answered yet. */
export const disclosuresTo = (group: Group, member: Member): Disclosure[] =>
  [...group.disclosures.values()].filter(({ to, type }) => to === member.id && type !== 'over');
