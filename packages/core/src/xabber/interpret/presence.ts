import { pick } from '../../codec/index.js';
import type { Presence } from '../../stanza/stanza.js';
import type { GroupCommand } from '../command.js';
import { groupMark } from '../elements/group-info.js';

/** What a presence tells a group; `undefined`: nothing that it keeps. */
export function interpretPresence(presence: Presence): GroupCommand | undefined {
  const { from } = presence;
  switch (presence.type) {
    case undefined:
      return { kind: 'appeared', from };
    case 'probe':
      return { kind: 'probed', from };
    case 'subscribe': {
      const mark = pick(groupMark, presence.payload);
      return { kind: 'subscribe', from, isGroup: mark?.ok === true && mark.value.isGroup };
    }
    case 'subscribed':
      return { kind: 'approved', from };
    case 'unsubscribe':
    case 'unsubscribed':
      return { kind: 'left', from };
    case 'unavailable':
    case 'error':
      return undefined;
  }
}
