import { describe, expect, it } from 'vitest';
import { ok } from '../../result.js';
import { elementIn } from '../../testing/table.js';
import { ANN, BEN } from '../testing/people.js';
import { CONTENT_TYPE, type Draft, readContent, writeKontalk, writeOpenPgp } from './content.js';

const AT = Date.UTC(2026, 10, 21, 7, 8, 30);
const GROUP = "<group xmlns='http://kontalk.org/extensions/message#group' id='k3' owner='olga@example.net'/>";
const draft: Draft = {
  id: 'Xk3',
  payload: [elementIn("<body xmlns='jabber:client'>Saturday?</body>"), elementIn(GROUP)],
  at: AT,
  padding: 'f0rm1l4n4',
};

const KONTALK = `Content-type: Message/CPIM

From: Olga <olga@example.net>
To: Ann <ann@example.net>; Ben (work) <ben@example.net>
DateTime: 2026-11-21T07:08:30+00:00

Content-type: application/xmpp+xml; charset=utf-8

<xmpp xmlns='jabber:client'><message id='Xk3' type='chat'><body>Saturday?</body>${GROUP}</message></xmpp>`;

const OPENPGP =
  "<signcrypt xmlns='urn:xmpp:openpgp:0'><to jid='ann@example.net'/><to jid='ben@example.net'/>" +
  "<time stamp='2026-11-21T07:08:30.000Z'/><rpad>f0rm1l4n4</rpad>" +
  `<payload><body xmlns='jabber:client'>Saturday?</body>${GROUP}</payload></signcrypt>`;

describe('the form of Kontalk', () => {
  it('is written as its clients write it (reference 4.2)', () => {
    expect(
      writeKontalk(draft, 'Olga <olga@example.net>', [
        'Ann <ann@example.net>',
        'Ben (work) <ben@example.net>',
      ]),
    ).toBe(KONTALK);
  });

  it('is read', () => {
    expect(readContent(KONTALK, 'kontalk')).toEqual(
      ok({
        from: 'Olga <olga@example.net>',
        to: [ANN, BEN],
        at: AT,
        content: { kind: 'message', id: 'Xk3', payload: draft.payload },
      }),
    );
  });

  it('reads what the desktop client writes: no id, no type, the body behind the group', () => {
    const text = KONTALK.replace(/<message.*<\/message>/, `<message>${GROUP}<body>Hi</body></message>`);
    const read = readContent(text, 'kontalk');
    expect(read.ok && read.value.content).toEqual({
      kind: 'message',
      id: undefined,
      payload: [elementIn(GROUP), elementIn("<body xmlns='jabber:client'>Hi</body>")],
    });
  });

  it('reads a text alone as a text', () => {
    const text = KONTALK.replace('application/xmpp+xml', 'Text/Plain').replace(/<xmpp.*/, 'Hello, you');
    const read = readContent(text, 'kontalk');
    expect(read.ok && read.value.content).toEqual({ kind: 'text', text: 'Hello, you' });
  });

  it.each([
    ['another type', KONTALK.replace('application/xmpp+xml', 'text/html'), CONTENT_TYPE],
    ['what is not well-formed', KONTALK.replace('</xmpp>', ''), 'xmpp'],
    ['a document with entities', KONTALK.replace('<xmpp', '<!DOCTYPE x><xmpp'), ''],
    ['no message', KONTALK.replace(/<message.*<\/message>/, ''), 'xmpp/message'],
    ['two messages', KONTALK.replace('<message ', '<message/><message '), 'xmpp/message'],
    ['another element', KONTALK.replace(/<xmpp.*/, GROUP), 'xmpp'],
    ['the form of XEP-0373', OPENPGP, 'cpim'],
  ])('fails for %s', (_, text, path) => {
    const read = readContent(text, 'kontalk');
    expect(read.ok ? undefined : read.error.path).toBe(path);
  });
});

describe('the form of XEP-0373', () => {
  it('is written, one address for each member (reference 4.5)', () => {
    expect(writeOpenPgp(draft, [ANN, BEN])).toBe(OPENPGP);
  });

  it('is read', () => {
    expect(readContent(OPENPGP, 'openpgp')).toEqual(
      ok({
        from: undefined,
        to: [ANN, BEN],
        at: AT,
        content: { kind: 'message', id: undefined, payload: draft.payload },
      }),
    );
  });

  it('reads a body of servers, a resource, and white space around', () => {
    const text = OPENPGP.replace("'jabber:client'", "'jabber:server'").replace(
      "'ann@example.net'",
      "'Ann@Example.net/phone'",
    );
    const read = readContent(`\n ${text} \n`, 'openpgp');
    expect(read.ok && read.value.to[0]).toBe(ANN);
    expect(
      read.ok && read.value.content.kind === 'message' && read.value.content.payload[0]?.attrs.xmlns,
    ).toBe('jabber:client');
  });

  it.each([
    ['no time', OPENPGP.replace(/<time.*?\/>/, ''), 'signcrypt/time'],
    ['a signed text alone', OPENPGP.replaceAll('signcrypt', 'sign'), 'signcrypt'],
    ['no namespace', OPENPGP.replace(" xmlns='urn:xmpp:openpgp:0'", ''), 'signcrypt'],
    ['more behind it', `${OPENPGP}<x/>`, ''],
    ['the form of Kontalk', KONTALK, ''],
  ])('fails for %s', (_, text, path) => {
    const read = readContent(text, 'openpgp');
    expect(read.ok ? undefined : read.error.path).toBe(path);
  });
});
