import { attr, child, element, integer, rest, text } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';
import { user } from './user.js';

/**
 * What a part of the body is: a mention, markup, a file. `begin` is included, `end` is not; both count Unicode
 * code points of the XML-escaped body (reference 6.2, trap T11).
 */
export const reference = element('reference', NS.references, 'reference 6.1, 6.2', {
  type: attr('type', text).optional,
  begin: attr('begin', integer()).optional,
  end: attr('end', integer()).optional,
  payload: rest(),
});

/** The reference that holds a card; `begin` and `end` span the nickname header of the body. */
export const cardReference = element('reference', NS.references, 'reference 6.2, 7.1', {
  type: attr('type', text),
  begin: attr('begin', integer()).optional,
  end: attr('end', integer()).optional,
  user: child(user),
});

/** `<x/>` in a member's message: who wrote it. */
export const authorMark = element('x', NS.groups, 'reference 6.2', { card: child(cardReference) });
