import { correction } from '../../xep/0308-last-message-correction.js';
import { originId, stanzaId } from '../../xep/0359-stanza-ids.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { serialise } from '../../xml/serialise.js';
import { correctedOriginId, correctedStanzaId } from '../elements/rewrite.js';
import type { ArchivedMessage } from '../model/events.js';
import type { Group } from '../model/group.js';

/**
 * A message of the archive, which was replaced, as a correction (XEP-0308): it names the original, and keeps the
 * ids of the original out of the sight of XEP-0359, which would make it a repetition. The ids are where the group
 * wrote them: the first in front of what the author wrote, the second behind it.
 */
export function correctionContent(
  group: Group,
  { id, stanzaId: at, originId: origin, xml }: ArchivedMessage,
): string {
  const inArchive = { by: group.jid, id: String(at) };
  const text = put(
    xml,
    xml.indexOf(written(stanzaId.build(inArchive))),
    stanzaId.build(inArchive),
    correctedStanzaId.build(inArchive),
  );
  if (origin === undefined) return text + written(correction.build({ id }));
  const own = originId.build({ id: origin });
  return (
    put(text, text.lastIndexOf(written(own)), own, correctedOriginId.build({ id: origin })) +
    written(correction.build({ id }))
  );
}

const written = (element: XmlElement): string => serialise(element, NS.client);

/** `text` with another element in the place of the one that begins at `index`, if there is one. */
function put(text: string, index: number, before: XmlElement, after: XmlElement): string {
  if (index < 0) return text;
  return text.slice(0, index) + written(after) + text.slice(index + written(before).length);
}
