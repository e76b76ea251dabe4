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
      events.emit('message', { ...event, ...described(event.payload) });
      break;
    case 'members-changed':
    case 'member-left':
      events.emit('member', event);
      break;
    case 'subject-changed':
      events.emit('subject', event);
      break;
    case 'invited':
      events.emit('invited', event);
      break;
    case 'chat-state':
      events.emit('chat-state', event);
      break;
    case 'unsupported':
      events.emit('unsupported', event);
      break;
    case 'key-changed':
      events.emit('key-changed', event);
      break;
    case 'outer-group-differs':
    case 'outer-id-differs':
    case 'addressees-differ':
    case 'command-forged':
    case 'diverged':
      events.emit('warning', event);
      break;
    default:
      events.emit('group', event);
      break;
  }
}
