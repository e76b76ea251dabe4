import { table } from '../testing/table.js';
import * as declarations from './0202-entity-time.js';

const utc = Date.UTC(2006, 11, 19, 17, 58, 35);

table(declarations, {
  entityTime: {
    pairs: {
      'a request': ["<time xmlns='urn:xmpp:time'/>", {}],
      'an answer': [
        "<time xmlns='urn:xmpp:time'><tzo>-06:00</tzo><utc>2006-12-19T17:58:35.000Z</utc></time>",
        { zone: '-06:00', utc },
      ],
    },
    reads: {
      'no fraction of a second': [
        "<time xmlns='urn:xmpp:time'><utc>2006-12-19T17:58:35Z</utc></time>",
        { utc },
      ],
      'another zone': ["<time xmlns='urn:xmpp:time'><utc> 2006-12-19T11:58:35-06:00</utc></time>", { utc }],
    },
    fails: {
      'a day alone': [
        "<time xmlns='urn:xmpp:time'><utc>2006-12-19</utc></time>",
        'time/utc',
        'not a date and time of XEP-0082',
      ],
      'a month that no year has': [
        "<time xmlns='urn:xmpp:time'><utc>2006-13-19T17:58:35Z</utc></time>",
        'time/utc',
        'not a date and time of XEP-0082',
      ],
      'a year that only its zone leads to': [
        "<time xmlns='urn:xmpp:time'><utc>9999-12-31T23:59:59-01:00</utc></time>",
        'time/utc',
        'not a date and time of XEP-0082',
      ],
    },
  },
});
