import type { XmlElement } from '../../xml/element.js';
import type { Notice } from '../decision.js';
import { invitation } from '../elements/invite.js';
import { body } from '../elements/posted.js';
import type { Group } from '../model/group.js';
import { nameOf } from './card.js';
import { infoOf } from './presence.js';
import { WORDING } from './wording.js';

/**
 * What the group tells somebody whom a member invites (reference 4.2): who does, why, and all that the group
 * says of itself, so that he can decide before he asks for anything. In an incognito group the inviter has no
 * JID here either.
 */
export function invitationPayload(
  group: Group,
  { by, reason }: Extract<Notice, { kind: 'invitation' }>,
): XmlElement[] {
  const { name, privacy } = group.properties;
  const nickname = nameOf(privacy, by);
  const text =
    group.parent === undefined || reason === undefined
      ? WORDING.invited(nickname, name, group.jid, reason)
      : WORDING.addPrivateChat(reason, group.jid);
  return [
    body.build({ text }),
    invitation.build({
      jid: group.jid,
      user: { jid: privacy === 'incognito' ? undefined : by.jid, id: by.id, nickname },
      reason,
    }),
    infoOf(group),
  ];
}
