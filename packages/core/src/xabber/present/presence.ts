import { element, oneOf, text, textChild } from '../../codec/index.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import type { Vocabulary } from '../command.js';
import { groupInfo } from '../elements/group-info.js';
import type { Environment } from '../environment.js';
import type { Group, Status } from '../model/group.js';
import { inV0 } from '../v0/namespaces.js';
import { capsOf } from './capabilities.js';
import { STATUS_LABELS, WORDING } from './wording.js';

const SHOW: Partial<Record<Status, 'away' | 'chat' | 'dnd' | 'xa'>> = {
  fiesta: 'chat',
  regulated: 'away',
  limited: 'xa',
  restricted: 'dnd',
};

const shownPresence = element('presence', NS.client, 'RFC 6121 section 4.7.2; reference 1.4', {
  show: textChild('show', NS.client, oneOf('away', 'chat', 'dnd', 'xa')).optional,
  status: textChild('status', NS.client, text).optional,
});

/**
 * The children of the group's presence: its status, the `<x/>` that makes a contact a group, and what it can do.
 */
export function presencePayload(group: Group, env: Environment, vocabulary?: Vocabulary): XmlElement[] {
  const status = group.parent === undefined ? STATUS_LABELS[group.status] : WORDING.privateChat;
  const shown = shownPresence.build({ show: SHOW[group.status], status });
  const info = vocabulary === undefined ? infoOf(group) : inV0(infoOf(group));
  return [...shown.children.filter((node) => typeof node !== 'string'), info, capsOf(group, env)];
}

/** All that a group says of itself. */
export function infoOf(group: Group): XmlElement {
  const { name, privacy, index, membership, description } = group.properties;
  return groupInfo.build({
    members: group.size,
    present: group.sessions.size,
    name,
    privacy,
    index,
    membership,
    description,
    pinned: group.pinned,
    parent: group.parent,
  });
}
