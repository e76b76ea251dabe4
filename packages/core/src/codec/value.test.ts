import { describe, expect, it } from 'vitest';
import { bare, full } from '../testing/jids.js';
import {
  bareJid,
  boolean,
  dateTime,
  fullJid,
  integer,
  jid,
  oneOf,
  text,
  textUpTo,
  token,
  type ValueCodec,
} from './value.js';

/** Runs a codec by rows of a text, what it is read as, and how that is written when not as it came. */
function codec<T>(
  name: string,
  tested: ValueCodec<T>,
  good: readonly (readonly [text: string, value: T, written?: string])[],
  bad: readonly (readonly [text: string, reason: string])[],
): void {
  describe(`${name} (${tested.type})`, () => {
    for (const [source, value, written = source] of good) {
      it(`${JSON.stringify(source)} is ${JSON.stringify(value)}`, () => {
        expect(tested.parse(source)).toEqual({ ok: true, value });
        expect(tested.format(value)).toBe(written);
      });
    }
    if (bad.length > 0) {
      it.each(bad)('%j is refused', (source, reason) => {
        expect(tested.parse(source)).toEqual({ ok: false, error: reason });
      });
    }
  });
}

const RANGE = 'not from 0 to 9007199254740991';

codec(
  'text',
  text,
  [
    ['', ''],
    [' a\n', ' a\n'],
    ['<&>', '<&>'],
  ],
  [],
);

codec(
  'textUpTo',
  textUpTo(3),
  [
    ['', ''],
    ['abc', 'abc'],
    ['\u{1F339}\u{1F339}\u{1F339}', '\u{1F339}\u{1F339}\u{1F339}'],
  ],
  [
    ['abcd', 'longer than 3 characters'],
    ['\u{1F339}\u{1F339}ab', 'longer than 3 characters'],
  ],
);

codec(
  'token',
  token,
  [
    ['a', 'a'],
    [' a b\n', 'a b', 'a b'],
  ],
  [
    ['', 'empty'],
    [' \t\n', 'empty'],
  ],
);

codec(
  'integer',
  integer(),
  [
    ['0', 0],
    ['-0', 0, '0'],
    [' 007\n', 7, '7'],
    ['1618495545123456', 1618495545123456],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ],
  [
    ['', 'not an integer'],
    ['1.0', 'not an integer'],
    ['1e3', 'not an integer'],
    ['0x1', 'not an integer'],
    ['+1', 'not an integer'],
    ['1 2', 'not an integer'],
    ['\u0661', 'not an integer'],
    ['12345678901234567', 'not an integer'],
    ['-1', RANGE],
    ['9007199254740992', RANGE],
  ],
);

codec(
  'integer within bounds',
  integer(-2, 2),
  [
    ['-2', -2],
    ['2', 2],
  ],
  [
    ['-3', 'not from -2 to 2'],
    ['3', 'not from -2 to 2'],
  ],
);

codec(
  'boolean',
  boolean,
  [
    ['true', true],
    ['false', false],
    ['1', true, 'true'],
    [' 0 ', false, 'false'],
  ],
  [
    ['', 'neither true nor false'],
    ['TRUE', 'neither true nor false'],
    ['yes', 'neither true nor false'],
  ],
);

codec(
  'oneOf',
  oneOf('both', 'none'),
  [
    ['both', 'both'],
    [' none\n', 'none', 'none'],
  ],
  [
    ['', 'not one of both, none'],
    ['Both', 'not one of both, none'],
    ['toString', 'not one of both, none'],
  ],
);

codec(
  'dateTime',
  dateTime,
  [
    ['1969-07-21T02:56:15.000Z', Date.UTC(1969, 6, 21, 2, 56, 15)],
    ['1969-07-20T21:56:15-05:00', Date.UTC(1969, 6, 21, 2, 56, 15), '1969-07-21T02:56:15.000Z'],
    ['2021-04-15T14:05:45.123456789Z', Date.UTC(2021, 3, 15, 14, 5, 45, 123), '2021-04-15T14:05:45.123Z'],
    ['0000-01-01T00:00:00.000Z', Date.parse('0000-01-01T00:00:00Z')],
    ['9999-12-31T23:59:59.999Z', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
  ],
  [
    '',
    '2021-04-15',
    '2021-04-15T14:05:45',
    '2021-04-15 14:05:45Z',
    '20210415T14:05:45Z',
    '2021-04-15T14:05Z',
    '2021-04-32T14:05:45Z',
    '2021-04-15T25:05:45Z',
    '2021-04-15T14:05:45.Z',
    '2021-04-15T14:05:45.1234567890Z',
    '12021-04-15T14:05:45Z',
    '9999-12-31T23:59:59-00:01',
    '0000-01-01T00:00:00+00:01',
    'now',
  ].map((source) => [source, 'not a date and time of XEP-0082'] as const),
);

codec(
  'jid',
  jid,
  [
    ['example.com', bare('example.com')],
    ['Romeo@Example.COM', bare('romeo@example.com'), 'romeo@example.com'],
    ['romeo@example.com/Balcony', full('romeo@example.com/Balcony')],
  ],
  [
    ['', 'not a JID: domainpart is empty'],
    ['a b@c', 'not a JID: localpart has U+0020'],
  ],
);
codec(
  'bareJid',
  bareJid,
  [['a@b', bare('a@b')]],
  [['a@b/c', 'not a bare JID: a resourcepart stands where none may be']],
);
codec(
  'fullJid',
  fullJid,
  [['a@b/c', full('a@b/c')]],
  [['a@b', 'not a full JID: the resourcepart is missing']],
);
