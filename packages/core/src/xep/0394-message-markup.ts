/** XEP-0394: Message Markup, version 0.3.0. https://xmpp.org/extensions/xep-0394.html */
import { attr, element, integer, list, rest } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

const ns = NS.messageMarkup;

/** `start` is included, `end` is not; both count code points of the text as it is, not escaped. */
const range = { start: attr('start', integer()), end: attr('end', integer()) };

const span = element('span', ns, 'XEP-0394 section 4.1', { ...range, kinds: rest() });
const codeBlock = element('bcode', ns, 'XEP-0394 section 4.2', { ...range, more: rest() });
const quotation = element('bquote', ns, 'XEP-0394 section 4.4', { ...range, more: rest() });

const item = element('li', ns, 'XEP-0394 section 4.3', { start: attr('start', integer()) });
const itemList = element('list', ns, 'XEP-0394 section 4.3', { ...range, items: list(item), more: rest() });

/** How parts of the body look, apart from the text itself. */
export const markup = element('markup', ns, 'XEP-0394 section 4', {
  spans: list(span),
  codeBlocks: list(codeBlock),
  lists: list(itemList),
  quotations: list(quotation),
  more: rest(),
});
