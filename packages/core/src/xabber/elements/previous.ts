import { attr, element, text } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/**
 * Which message of the group's archive came before this one; without an id it is the first (reference 6.8). The group
 * says so of each message, and takes it out of what members write.
 */
export const previousId = element('previous-id', NS.previous, 'reference 6.8', {
  id: attr('id', text).optional,
});
