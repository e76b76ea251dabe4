import { attr, element, flag, list, text, textChildren, type ValueOf } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';
import { LIMITS } from '../model/limits.js';

/** Somebody named in a command. The JID is read later: one that is none must not spoil the whole stanza. */
const named = <const N extends string>(name: N) =>
  element(name, NS.kontalkGroup, 'reference 1.1', { jid: attr('jid', text).optional });

/**
 * `<group/>` as it stands on the wire, in whatever dialect (reference 1.2); what it means is found out by
 * `readGroup`. The order is the one in which it is written (reference 9.1).
 */
export const group = element('group', NS.kontalkGroup, 'reference 1.1', {
  id: attr('id', text).optional,
  owner: attr('owner', text).optional,
  type: attr('type', text).optional,
  subjects: textChildren('subject', NS.kontalkGroup, text),
  add: list(named('add'), LIMITS.named),
  remove: list(named('remove'), LIMITS.named),
  member: list(named('member'), LIMITS.named),
  part: flag('part', NS.kontalkGroup),
});

/** A `<group/>` as it is read, before it is known what it means. */
export type GroupElement = ValueOf<typeof group>;
