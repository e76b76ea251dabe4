import { pick } from '../../codec/index.js';
import type { Presence } from '../../stanza/stanza.js';
import { vcardUpdate } from '../../xep/0153-vcard-avatars.js';
import type { GroupCommand } from '../command.js';
import { groupMark } from '../elements/group-info.js';
import { inV1, isV0 } from '../v0/namespaces.js';
import { attendanceIn, choicesIn } from './attendance.js';

/** What a presence tells a group; `undefined`: nothing that it keeps. The marks of the first generation count. */
export function interpretPresence(presence: Presence): GroupCommand | undefined {
  if (!presence.payload.some(isV0)) return interpretMarks(presence);
  const read = interpretMarks({ ...presence, payload: presence.payload.map(inV1) });
  return read && { ...read, vocabulary: 'v0' };
}

function interpretMarks(presence: Presence): GroupCommand | undefined {
  const { from, payload } = presence;
  switch (presence.type) {
    case undefined: {
      const attendance = attendanceIn(payload);
      if (attendance !== undefined) return { kind: attendance, from };
      return { kind: 'appeared', from, choices: choicesIn(payload), photo: photoIn(presence) };
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

/** The hash of the photo in the sender's vCard, if he says anything of it (XEP-0153). */
function photoIn({ payload }: Presence): string | undefined {
  const update = pick(vcardUpdate, payload);
  return update?.ok ? update.value.photo?.trim().toLowerCase() : undefined;
}
