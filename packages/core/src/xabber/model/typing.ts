import { none, withEntry, withoutEntry } from './entries.js';
import type { DatedEvent, DatedPassingEvent } from './events.js';
import type { MemberId, Typing } from './group.js';

/** Nobody is typing, and nobody wants to hear of it: in most groups, which share this. */
export const NOBODY_TYPING: Typing = { states: none(), listeners: none() };

/**
 * What an event means for who is typing, and for who hears of it: a message ends its author's typing, a device that
 * closes the chat hears no more, who leaves does neither.
 * @returns what is true after it, in place of `typing`, whose lists may have changed
 */
export function typingAfter(typing: Typing, event: DatedEvent | DatedPassingEvent): Typing {
  const { states, listeners } = typing;
  switch (event.kind) {
    case 'typed': {
      const { state, resource, at } = event;
      return { states: withEntry(states, event.member, { state, resource, since: at }), listeners };
    }
    case 'typingForgotten':
      return stopped(typing, event.member);
    case 'typingAsked':
      return listening(typing, event.member, event.resource, event.asked);
    case 'memberSeen':
      return event.present ? typing : listening(typing, event.member, event.resource, false);
    case 'memberLeft': {
      const left = stopped(typing, event.member);
      return typingOf(left.states, withoutEntry(listeners, event.member));
    }
    case 'messagePosted':
    case 'messageReplaced':
      return event.message.author === undefined ? typing : stopped(typing, event.message.author);
    case 'statusChanged':
      return event.status === 'inactive' ? NOBODY_TYPING : typing;
    default:
      return typing;
  }
}

const typingOf = (states: Typing['states'], listeners: Typing['listeners']): Typing =>
  states.size === 0 && listeners.size === 0 ? NOBODY_TYPING : { states, listeners };

const stopped = (typing: Typing, member: MemberId): Typing =>
  typing.states.has(member) ? typingOf(withoutEntry(typing.states, member), typing.listeners) : typing;

function listening(typing: Typing, member: MemberId, resource: string, asked: boolean): Typing {
  const { states, listeners } = typing;
  const before = listeners.get(member);
  if (before === undefined && !asked) return typing;
  const others = (before ?? []).filter((other) => other !== resource);
  const after = asked ? [...others, resource] : others;
  return typingOf(
    states,
    after.length === 0 ? withoutEntry(listeners, member) : withEntry(listeners, member, after),
  );
}
