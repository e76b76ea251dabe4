import type { DatedEvent, DatedPassingEvent } from './events.js';
import type { MemberId, Typing, TypingState } from './group.js';

/** `Typing` to write in. */
export interface WritableTyping extends Typing {
  readonly states: Map<MemberId, TypingState>;
  readonly listeners: Map<MemberId, readonly string[]>;
}

export const nobodyTyping = (): WritableTyping => ({ states: new Map(), listeners: new Map() });

/**
 * What an event means for who is typing, and for who hears of it: a message ends its author's typing, a device that
 * closes the chat hears no more, who leaves does neither.
 */
export function noteTyping(typing: WritableTyping, event: DatedEvent | DatedPassingEvent): void {
  switch (event.kind) {
    case 'typed': {
      const { state, resource, at } = event;
      typing.states.set(event.member, { state, resource, since: at });
      return;
    }
    case 'typingForgotten':
      typing.states.delete(event.member);
      return;
    case 'typingAsked':
      listen(typing, event.member, event.resource, event.asked);
      return;
    case 'memberSeen':
      if (!event.present) listen(typing, event.member, event.resource, false);
      return;
    case 'memberLeft':
      typing.states.delete(event.member);
      typing.listeners.delete(event.member);
      return;
    case 'messagePosted':
    case 'messageReplaced':
      if (event.message.author !== undefined) typing.states.delete(event.message.author);
      return;
    case 'statusChanged':
      if (event.status !== 'inactive') return;
      typing.states.clear();
      typing.listeners.clear();
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
  if (after.length === 0) typing.listeners.delete(member);
  else typing.listeners.set(member, after);
}
