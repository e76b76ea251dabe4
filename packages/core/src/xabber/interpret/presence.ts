import { pick } from '../../codec/index.js';
import type { Presence } from '../../stanza/stanza.js';
import type { GroupCommand } from '../command.js';
import { groupMark } from '../elements/group-info.js';
import { attendanceIn, choicesIn } from './attendance.js';

/** What a presence tells a group; `undefined`: nothing that it keeps. */
export function interpretPresence(presence: Presence): GroupCommand | undefined {
  const { from, payload } = presence;
  switch (presence.type) {
    case undefined: {
      const attendance = attendanceIn(payload);
      if (attendance !== undefined) return { kind: attendance, from };
      return { kind: 'appeared', from, choices: choicesIn(payload) };
    }
    case 'probe':
      return { kind: 'probed', from };
    case 'subscribe': {
      const mark = pick(groupMark, payload);
      const isGroup = mark?.ok === true && mark.value.isGroup;
      return { kind: 'subscribe', from, isGroup, choices: choicesIn(payload) };
    }
    case 'subscribed':
      return { kind: 'approved', from };
    case 'unsubscribe':
    case 'unsubscribed':
      return { kind: 'left', from };
    case 'unavailable':
      return { kind: 'disappeared', from };
    case 'error':
      return undefined;
  }
}
