import { bareOf, type Jid, resourceOf, withResource } from '../../jid/index.js';
import type { Notice } from '../decision.js';
import type { PlacedMessage } from '../model/events.js';
import type { Group, Member } from '../model/group.js';

/**
 * How Converse.js names its devices. It takes a headline for news to show when there is a text anywhere in it,
 * and after a reload would show its user his own messages as somebody else's (docs/decisions/0017).
 */
const TAKES_HEADLINES_FOR_NEWS = /^converse\.js-/;

/**
 * The author's own message, for his devices (reference 6.3): to all of them by his bare JID (trap T22). Written
 * by one that knows no echoes it goes to those others that have the chat open.
 */
export function echoOf(group: Group, author: Member, message: PlacedMessage, from: Jid): Notice {
  if (!TAKES_HEADLINES_FOR_NEWS.test(resourceOf(from) ?? '')) {
    return { kind: 'echo', message, author: from, to: [bareOf(from)] };
  }
  const open = [...(group.sessions.get(author.id)?.keys() ?? [])];
  const others = open.filter((resource) => !TAKES_HEADLINES_FOR_NEWS.test(resource));
  const to = others.flatMap((resource) => deviceOf(from, resource));
  return { kind: 'echo', message, author: from, to };
}

function deviceOf(from: Jid, resource: string): Jid[] {
  const device = withResource(bareOf(from), resource);
  return device.ok ? [device.value] : [];
}
