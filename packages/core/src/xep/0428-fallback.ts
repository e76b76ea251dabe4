/** XEP-0428: Fallback Indication, version 0.2.1. https://xmpp.org/extensions/xep-0428.html */
import { attr, element, integer, list, rest, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** `start` is included, `end` is not; both count code points of the text as it is, not escaped. */
const range = element('body', NS.fallback, 'XEP-0428 section 3.2', {
  start: attr('start', integer()).optional,
  end: attr('end', integer()).optional,
});

/** Says that the body, or a part of it, is for clients that do not know `for`. */
export const fallback = element('fallback', NS.fallback, 'XEP-0428 section 3', {
  for: attr('for', text).optional,
  /** The parts of the body that are a fallback; none: all of it. */
  ranges: list(range, 20),
  others: rest(),
});
