import { attr, content, element, text } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/**
 * In a reference: that its part of the text means a member. The text is an address of him, the group's with a query;
 * `node` is the namespace of groups.
 */
export const mention = element('mention', NS.markup, 'reference 6.1', {
  node: attr('node', text).optional,
  address: content(text),
});
