import { bareOf, type Jid, resourceOf } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import type { ChatState } from '../../xep/0085-chat-states.js';
import { answer, type Decision, NOTHING, type Notice, refuseWith } from '../decision.js';
import { typing } from '../elements/typing.js';
import type { Environment } from '../environment.js';
import type { PassingEvent } from '../model/events.js';
import { activeMember, type Group, isBlocked, type Member } from '../model/group.js';
import { restricts } from '../model/rights.js';
import { mayRead, memberBehind } from './authority.js';

/** Who stops and begins again within so many milliseconds is not heard to begin. */
const AT_ONCE = 1000;

/** Who has said nothing of his typing for so many milliseconds is not kept in mind for it any more. */
const FORGOTTEN_AFTER = 60 * 60_000;

const NOT_OPEN = refusal(
  'unexpected-request',
  'Show that this device has the chat open first: who is typing is told to such alone',
);

const isHeard = (group: Group, member: Member, resource: string): boolean =>
  group.typing.listeners.get(member.id)?.includes(resource) ?? false;

/** Whether this device hears who is typing (docs/typing.md). */
export function answerTyping(group: Group, from: Jid): Decision {
  const member = memberBehind(group, from);
  if (!member.ok) return refuseWith(member.error);
  return answer(typing.build({ receive: isHeard(group, member.value, resourceOf(from) ?? '') }));
}

/**
 * A device wants to hear who is typing, or no longer; until it closes the chat. Who is typing at that moment it is told
 * at once.
 */
export function decideSetTyping(
  group: Group,
  { from, receive }: { readonly from: Jid; readonly receive: boolean },
  env: Environment,
): Decision {
  const member = memberBehind(group, from);
  if (!member.ok) return refuseWith(member.error);
  const { id } = member.value;
  const resource = resourceOf(from) ?? '';
  const asked: PassingEvent = { kind: 'typingAsked', member: id, resource, asked: receive };
  const done: Notice = { kind: 'result', payload: [] };
  if (!receive) return { events: [asked], notices: [done] };
  const reader = mayRead(member.value, env.now);
  if (!reader.ok) return refuseWith(reader.error);
  if (!group.sessions.get(id)?.has(resource)) return refuseWith(NOT_OPEN);
  return { events: [asked], notices: [done, ...typingNow(group, id, from, env)] };
}

/** Who is typing now, for somebody who asks. */
function typingNow(group: Group, asker: Member['id'], to: Jid, env: Environment): Notice[] {
  return [...group.typing.states].flatMap(([id, { state }]): Notice[] => {
    const by = group.members.get(id);
    if (by === undefined || id === asker || state === 'none' || !mayBeHeard(group, by, env)) return [];
    return [{ kind: 'typing', by, state, to: [to] }];
  });
}

/** Nobody is told that somebody writes who may not (reference 9.1, `send-messages`). */
const mayBeHeard = (group: Group, member: Member, env: Environment): boolean =>
  !isBlocked(group, member.jid) && !restricts(member.rights, 'send-messages', env.now);

/** A member writes, or pauses: those who asked for it are told, when it is something new. */
export function decideTyped(
  group: Group,
  { from, state }: { readonly from: Jid; readonly state: 'composing' | 'paused' },
  env: Environment,
): Decision {
  const by = activeMember(group, bareOf(from));
  if (by === undefined || group.status === 'inactive') return NOTHING;
  // He was typing when it was taken from him.
  if (!mayBeHeard(group, by, env)) return stopped(group, from, 'inactive');
  const before = group.typing.states.get(by.id);
  const resource = resourceOf(from) ?? '';
  const typed: PassingEvent = { kind: 'typed', member: by.id, resource, state };
  if (before?.state === state) {
    // From now on it is this device whose going ends it.
    return before.resource === resource ? NOTHING : { events: [typed], notices: [] };
  }
  if (before?.state === 'none' && env.now - before.since < AT_ONCE) return NOTHING;
  // A pause of which nobody knows what it interrupts is none.
  if (state === 'paused' && before?.state !== 'composing') return NOTHING;
  return { events: [typed], notices: [{ kind: 'typing', by, state }] };
}

/**
 * What it means for his typing that somebody shows another state, or goes (`gone`): who heard that he was typing hears
 * that he is no longer. Of who has not been typing nothing is told. Another device of his has no part in it.
 */
function stopped(group: Group, from: Jid, state: ChatState): Decision {
  const by = activeMember(group, bareOf(from));
  const before = by && group.typing.states.get(by.id);
  if (by === undefined || before === undefined || before.state === 'none') return NOTHING;
  const resource = resourceOf(from) ?? before.resource;
  if (before.resource !== resource) return NOTHING;
  return {
    events: [{ kind: 'typed', member: by.id, resource, state: 'none' }],
    notices: [{ kind: 'typing', by, state }],
  };
}

/** The decision about somebody's having the chat open, with what his state means for his typing. */
export function andStopped(
  decision: Decision,
  group: Group,
  from: Jid,
  state: ChatState | undefined,
): Decision {
  if (state === undefined) return decision;
  const { events, notices } = stopped(group, from, state);
  return { ...decision, events: [...decision.events, ...events], notices: [...decision.notices, ...notices] };
}

/** The same with what has been known for so long that it is not true any more. */
export function andForgotten(decision: Decision, group: Group, env: Environment): Decision {
  const old = [...group.typing.states].filter(([, { since }]) => env.now - since >= FORGOTTEN_AFTER);
  const forgotten = old.map(([member]): PassingEvent => ({ kind: 'typingForgotten', member }));
  return forgotten.length === 0 ? decision : { ...decision, events: [...decision.events, ...forgotten] };
}
