import { element, jid, text, textChildren } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/** Removes members, named by their ids or their JIDs. */
export const kick = element('kick', NS.groups, 'reference 10.1', {
  ids: textChildren('id', NS.groups, text),
  jids: textChildren('jid', NS.groups, jid),
});
