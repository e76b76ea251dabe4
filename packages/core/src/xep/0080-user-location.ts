/** XEP-0080: User Location, version 1.9.1. https://xmpp.org/extensions/xep-0080.html */
import { dateTime, element, text, textChild, type ValueCodec } from '../codec/index.js';
import { err, ok } from '../result.js';
import { NS } from '../xml/namespaces.js';

const ns = NS.geoloc;

/** A decimal number as it was written: its digits say how exact it is. */
const decimal = (least: number, most: number): ValueCodec<string> => ({
  type: 'decimal number',
  parse: (value) => {
    const digits = value.trim();
    if (!/^[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})$/.test(digits)) return err('not a decimal number');
    return Number(digits) >= least && Number(digits) <= most
      ? ok(digits)
      : err(`not from ${least} to ${most}`);
  },
  format: (value) => value,
});

/** Where somebody is. Kontalk sends latitude and longitude, a text and a street (reference 6). */
export const geoloc = element('geoloc', ns, 'XEP-0080 section 4', {
  accuracy: textChild('accuracy', ns, decimal(0, 1e9)).optional,
  altitude: textChild('alt', ns, decimal(-1e9, 1e9)).optional,
  country: textChild('country', ns, text).optional,
  description: textChild('description', ns, text).optional,
  latitude: textChild('lat', ns, decimal(-90, 90)).optional,
  locality: textChild('locality', ns, text).optional,
  longitude: textChild('lon', ns, decimal(-180, 180)).optional,
  street: textChild('street', ns, text).optional,
  text: textChild('text', ns, text).optional,
  timestamp: textChild('timestamp', ns, dateTime).optional,
  uri: textChild('uri', ns, text).optional,
});
