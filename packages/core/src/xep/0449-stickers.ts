/** XEP-0449: Stickers, version 0.2.0. https://xmpp.org/extensions/xep-0449.html */
import { attr, element, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** Says that the file which the message shares is a sticker. */
export const sticker = element('sticker', NS.stickers, 'XEP-0449 section 4.2', {
  pack: attr('pack', text).optional,
});
