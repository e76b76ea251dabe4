import type { BareJid } from '../../jid/index.js';
import { stanzaId } from '../../xep/0359-stanza-ids.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { archived, deliveryTime } from '../elements/delivery.js';
import type { StanzaId } from '../model/group.js';

/** The moment that a stanza-id stands for, to the microsecond, as XEP-0082 writes it. */
export const stampOf = (id: StanzaId): string => {
  const milliseconds = Math.floor(id / 1000);
  const rest = String(id % 1000).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
};

/** What every archived message says of itself: its id in the archive of `group`, and when it came there. */
export const idsText = (group: BareJid, id: StanzaId): string =>
  archived.print({ by: group, id: String(id) }, NS.client) +
  stanzaId.print({ by: group, id: String(id) }, NS.client) +
  deliveryTime.print({ by: group, stamp: stampOf(id) }, NS.client);

/** The same as elements. */
export const idsOf = (group: BareJid, id: StanzaId): XmlElement[] => [
  archived.build({ by: group, id: String(id) }),
  stanzaId.build({ by: group, id: String(id) }),
  deliveryTime.build({ by: group, stamp: stampOf(id) }),
];
