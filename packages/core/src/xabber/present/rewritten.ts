import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { serialise } from '../../xml/serialise.js';
import {
  allRetracted,
  invalidate,
  messageReplaced,
  messageRetracted,
  userRetracted,
} from '../elements/rewrite.js';
import type { ArchivedMessage } from '../model/events.js';
import type { Group, Member, MemberId, StanzaId } from '../model/group.js';
import { STAND_IN, wrap } from './envelopes.js';

/** Clients of 2026 pass over a notification that lacks any of these (reference 12.5). */
const about = (group: Group, version: number) => ({ version, conversation: group.jid, type: NS.groups });

const written = (notification: XmlElement): string => serialise(notification, NS.client);

/** A message was retracted. Who did it is a JID, and so untold in an incognito group. */
export const messageRetractedNotification = (
  group: Group,
  stanzaId: StanzaId,
  by: Member,
  version: number,
): string =>
  written(
    messageRetracted.build({
      id: String(stanzaId),
      by: group.properties.privacy === 'incognito' ? undefined : by.jid,
      symmetric: true,
      ...about(group, version),
    }),
  );

/** Everything of one author was retracted. */
export const userRetractedNotification = (group: Group, member: MemberId, version: number): string =>
  written(userRetracted.build({ id: member, symmetric: true, ...about(group, version) }));

/** Everything was retracted. */
export const allRetractedNotification = (group: Group, version: number): string =>
  written(allRetracted.build({ symmetric: true, ...about(group, version) }));

/** A message was replaced; `message` is as the archive keeps it from now on. */
export const replacedNotification = (group: Group, message: ArchivedMessage, version: number): string =>
  wrap(
    written(
      messageReplaced.build({ id: String(message.stanzaId), ...about(group, version), message: STAND_IN }),
    ),
    `<message xmlns='${NS.client}'>${message.xml}</message>`,
  );

/** What somebody missed is too much to be told one by one. */
export const invalidateNotification = (group: Group): string =>
  written(invalidate.build(about(group, group.rewriteVersion)));
