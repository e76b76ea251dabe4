import { none, withEntry, withoutEntry } from './entries.js';
import type { DatedEvent, DatedPassingEvent } from './events.js';
import type { MemberId, Typing } from './group.js';

/** `Typing` to write in. */
export interface WritableTyping extends Typing {
  states: Typing['states'];
  listeners: Typing['listeners'];
}

export const nobodyTyping = (): WritableTyping => ({ states: none(), listeners: none() });

/**
 * What an event means for who is typing, and for who hears of it: a message ends its author's typing, a device that
 * closes the chat hears no more, who leaves does neither.
 */
export function noteTyping(typing: WritableTyping, event: DatedEvent | DatedPassingEvent): void {
  switch (event.kind) {
    case 'typed': {
      const { state, resource, at } = event;
      typing.states = withEntry(typing.states, event.member, { state, resource, since: at });
      return;
    }
    case 'typingForgotten':
      typing.states = withoutEntry(typing.states, event.member);
      return;
    case 'typingAsked':
      listen(typing, event.member, event.resource, event.asked);
      return;
    case 'memberSeen':
      if (!event.present) listen(typing, event.member, event.resource, false);
      return;
    case 'memberLeft':
      typing.states = withoutEntry(typing.states, event.member);
      typing.listeners = withoutEntry(typing.listeners, event.member);
      return;
    case 'messagePosted':
    case 'messageReplaced':
      if (event.message.author !== undefined)
        typing.states = withoutEntry(typing.states, event.message.author);
      return;
    case 'statusChanged':
      if (event.status !== 'inactive') return;
      typing.states = none();
      typing.listeners = none();
      return;
    default:
      return;
  }
}

function listen(typing: WritableTyping, member: MemberId, resource: string, asked: boolean): void {
  const before = typing.listeners.get(member);
  if (before === undefined && !asked) return;
  const others = (before ?? []).filter((other) => other !== resource);
  const after = asked ? [...others, resource] : others;
  if (after.length === 0) typing.listeners = withoutEntry(typing.listeners, member);
  else typing.listeners = withEntry(typing.listeners, member, after);
}
