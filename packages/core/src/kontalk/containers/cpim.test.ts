import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../result.js';
import { readCpim, STANZA_TYPE, writeCpim } from './cpim.js';

const AT = Date.UTC(2026, 10, 21, 7, 8, 30);

const EXAMPLE = `Content-type: Message/CPIM

From: Olga <olga@example.net>
To: Ann <ann@example.net>; Ben (work) <ben@example.net>
DateTime: 2026-11-21T07:08:30+00:00

Content-type: application/xmpp+xml; charset=utf-8

<xmpp xmlns='jabber:client'><message/></xmpp>`;

const MESSAGE = {
  from: 'Olga <olga@example.net>',
  to: ['Ann <ann@example.net>', 'Ben (work) <ben@example.net>'],
  at: AT,
  type: STANZA_TYPE,
  content: "<xmpp xmlns='jabber:client'><message/></xmpp>",
};

describe('CPIM as Kontalk has it (reference 4.2)', () => {
  it('is written exactly so', () => {
    expect(writeCpim({ ...MESSAGE, at: AT + 999 })).toBe(EXAMPLE);
  });

  it('is read', () => {
    expect(readCpim(EXAMPLE)).toEqual(ok(MESSAGE));
  });

  it.each([
    ['with CR before LF', EXAMPLE.replaceAll('\n', '\r\n'), MESSAGE],
    [
      'with names in other cases',
      EXAMPLE.replace('DateTime', 'datetime').replace('Content-type', 'CONTENT-TYPE'),
      MESSAGE,
    ],
    ['with headers that nobody knows', EXAMPLE.replace('To:', 'Subject: x\nno header\nTo:'), MESSAGE],
    ['with the last of two', EXAMPLE.replace('From:', 'From: Eve <eve@example.net>\nFrom:'), MESSAGE],
    ['without a time', EXAMPLE.replace(/DateTime.*\n/, ''), { ...MESSAGE, at: undefined }],
    ['with a time that is none', EXAMPLE.replace('T07:', ' 07:'), { ...MESSAGE, at: undefined }],
    ['with another offset', EXAMPLE.replace('T07:08:30+00:00', 'T08:08:30+01:00'), MESSAGE],
    ['with nobody', EXAMPLE.replace(/To:.*/, 'To: ;;'), { ...MESSAGE, to: [] }],
    [
      'with empty lines in the content',
      `${EXAMPLE}\n\n \nx: y`,
      { ...MESSAGE, content: `${MESSAGE.content}\n\n \nx: y` },
    ],
    ['without content', EXAMPLE.slice(0, EXAMPLE.indexOf('<xmpp')), { ...MESSAGE, content: '' }],
  ])('is read %s', (_, text, message) => {
    const read = readCpim(text);
    const content = read.ok ? read.value.content.replaceAll('\r\n', '\n') : '';
    expect(read.ok && { ...read.value, content }).toEqual(message);
  });

  it.each([
    ['nothing', '', 'cpim', 'not a CPIM message'],
    ['a text', 'Hello', 'cpim', 'not a CPIM message'],
    ['another envelope', EXAMPLE.replace('Message/CPIM', 'message/rfc822'), 'cpim', 'not a CPIM message'],
    ['no sender', EXAMPLE.replace(/From.*\n/, ''), 'cpim/from', 'missing'],
    ['no recipients', EXAMPLE.replace(/To.*\n/, ''), 'cpim/to', 'missing'],
    ['no type', EXAMPLE.replace(/Content-type: app.*\n/, ''), 'cpim/content-type', 'missing'],
    ['only headers', EXAMPLE.slice(0, EXAMPLE.indexOf('DateTime')), 'cpim/content-type', 'missing'],
  ])('fails for %s', (_, text, path, reason) => {
    expect(readCpim(text)).toEqual({ ok: false, error: { path, reason } });
  });

  it('lets no user id break out of its place (reference 2.10, number 19)', () => {
    const evil = 'Eve;\nTo: Mallory <mallory@example.net>\r\n\r\n <eve@example.net>';
    const read = readCpim(writeCpim({ ...MESSAGE, from: evil, to: [evil, 'Ann <ann@example.net>'] }));
    expect(read.ok && read.value.to).toEqual([
      'Eve To: Mallory <mallory@example.net>  <eve@example.net>',
      'Ann <ann@example.net>',
    ]);
  });

  it('keeps what was written, whatever the user ids', () => {
    const userIds = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(userIds, fc.array(userIds, { maxLength: 5 }), fc.string(), (from, to, content) => {
        const read = readCpim(writeCpim({ ...MESSAGE, from, to, content }));
        if (!read.ok) throw new Error(read.error.reason);
        expect(read.value).toMatchObject({ at: AT, type: STANZA_TYPE, content });
        expect(read.value.to.length).toBeLessThanOrEqual(to.length);
      }),
    );
  });

  it('is a value or a failure, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('\n', '\r\n', ':', 'From', 'To', ';', 'Content-type: Message/CPIM', ' ', 'x'),
        ),
        (parts) => {
          expect(typeof readCpim(parts.join('')).ok).toBe('boolean');
        },
      ),
    );
  });
});
