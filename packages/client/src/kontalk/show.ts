import { pick } from '@xmpp-groups/core/codec';
import { answeredId, attachment, type KontalkEvent } from '@xmpp-groups/core/kontalk';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { Events } from '../events.js';
import type { Described, KontalkEvents } from './kinds.js';

function described(payload: readonly XmlElement[]): Described {
  const file = pick(attachment, payload);
  return { file: file?.ok ? file.value.file : undefined, answers: answeredId(payload) };
}

/** Tells what happened by the kind of listeners that it is for. */
export function show(events: Events<KontalkEvents>, event: KontalkEvent): void {
  switch (event.kind) {
    case 'message':
      return events.emit('message', { ...event, ...described(event.payload) });
    case 'members-changed':
    case 'member-left':
      return events.emit('member', event);
    case 'subject-changed':
      return events.emit('subject', event);
    case 'invited':
      return events.emit('invited', event);
    case 'chat-state':
      return events.emit('chat-state', event);
    case 'unsupported':
      return events.emit('unsupported', event);
    case 'key-changed':
      return events.emit('key-changed', event);
    case 'outer-group-differs':
    case 'outer-id-differs':
    case 'addressees-differ':
    case 'command-forged':
    case 'diverged':
      return events.emit('warning', event);
    default:
      return events.emit('group', event);
  }
}
