import { vcard } from '../../xep/0054-vcard-temp.js';
import { answer, type Decision } from '../decision.js';
import type { Group } from '../model/group.js';
import { STATUS_LABELS } from '../present/wording.js';

/**
 * The vCard of a group, for everybody: xabber-web takes the group's properties from it (reference 11.7).
 * `X-MEMBERS` is as exact as the number in the presence (appendix D.12).
 */
export const answerVCard = (group: Group): Decision =>
  answer(
    vcard.build({
      nickname: group.properties.name,
      jabberId: group.jid,
      description: group.properties.description,
      privacy: group.properties.privacy,
      index: group.properties.index,
      membership: group.properties.membership,
      status: STATUS_LABELS[group.status],
      members: String(group.size),
    }),
  );
