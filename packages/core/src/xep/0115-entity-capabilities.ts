/** XEP-0115: Entity Capabilities, version 1.6.0. https://xmpp.org/extensions/xep-0115.html */
import { attr, element, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { firstValueOf } from './0004-data-forms.js';
import type { DiscoInfo } from './0030-service-discovery.js';

/** In presence: what the sender can do is at the node `NODE#VER` of its disco#info. */
export const caps = element('c', NS.caps, 'XEP-0115 section 4', {
  hash: attr('hash', text),
  node: attr('node', text),
  ver: attr('ver', text),
});

/** The text whose SHA-1, in base64, is the `ver` of an entity that answers so (XEP-0115, section 5.1). */
export function verificationText({ identities, features, forms }: DiscoInfo): string {
  const parts = [
    // The language is that of the name; none is given here.
    ...identities.map(({ category, type, name }) => `${category}/${type}//${name ?? ''}`).sort(byCodePoint),
    ...features.map((feature) => feature.var).sort(byCodePoint),
  ];
  const typed = forms.map((form) => ({ form, formType: firstValueOf(form, FORM_TYPE) ?? '' }));
  for (const { form, formType } of typed.sort((one, other) => byCodePoint(one.formType, other.formType))) {
    parts.push(formType);
    const fields = form.fields.map((field) => ({ name: field.var ?? '', values: field.values }));
    for (const { name, values } of fields.sort((one, other) => byCodePoint(one.name, other.name))) {
      if (name !== FORM_TYPE) parts.push(name, ...[...values].sort(byCodePoint));
    }
  }
  return parts.map((part) => `${part}<`).join('');
}

const FORM_TYPE = 'FORM_TYPE';

/** The order of the bytes in UTF-8 (`i;octet`): that of the units of UTF-16, but for characters beyond U+FFFF. */
function byCodePoint(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at === length ? one.length - other.length : rank(one.charCodeAt(at)) - rank(other.charCodeAt(at));
}

const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
