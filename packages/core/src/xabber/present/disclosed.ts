import type { XmlElement } from '../../xml/element.js';
import type { Notice } from '../decision.js';
import { disclosed } from '../elements/disclosure.js';
import { body } from '../elements/posted.js';
import { systemMark } from '../elements/system-message.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';
import { cardOf, nameOf } from './card.js';
import { disclosureText } from './wording.js';

/**
 * What a member hears from the group of what another one tells him alone (docs/disclosure.md): for clients that know
 * of it an element with the card, for all others a text. Besides the lists of owners this is the only place
 * where an incognito group shows the JID of a member.
 */
export function disclosedPayload(
  group: Group,
  { by, type, tellsJid, reason }: Extract<Notice, { kind: 'disclosed' }>,
  env: Environment,
): XmlElement[] {
  const jid = tellsJid ? by.jid : undefined;
  return [
    // Marks it as said by the group: xabber-web shows its text as it stands.
    systemMark.build({ users: [] }),
    disclosed.build({ type, user: { ...cardOf(group, by, env), jid }, reason }),
    body.build({ text: disclosureText(type, nameOf('incognito', by), jid, reason) }),
  ];
}
