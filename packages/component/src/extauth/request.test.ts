import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRequest } from './request.js';

const read = (text: string) => readRequest(Buffer.from(text));

describe('readRequest', () => {
  it.each<readonly [string, object]>([
    ['auth:romeo:example.com:pw', { operation: 'auth', jid: 'romeo@example.com', password: 'pw' }],
    ['auth:romeo:example.com:', { operation: 'auth', jid: 'romeo@example.com', password: '' }],
    ['auth:Romeo:EXAMPLE.com:a:b::c', { operation: 'auth', jid: 'romeo@example.com', password: 'a:b::c' }],
    [
      'setpass:ромео:пример.рф:пароль 🔑',
      { operation: 'setpass', jid: 'ромео@пример.рф', password: 'пароль 🔑' },
    ],
    ['tryregister:r:h:\ufeffa\nb', { operation: 'tryregister', jid: 'r@h', password: '\ufeffa\nb' }],
    ['removeuser3:r:h:pw', { operation: 'removeuser3', jid: 'r@h', password: 'pw' }],
    ['isuser:r:h', { operation: 'isuser', jid: 'r@h' }],
    ['removeuser:r:h', { operation: 'removeuser', jid: 'r@h' }],
  ])('reads %s', (text, request) => {
    expect(read(text)).toEqual({ ok: true, value: request });
  });

  it.each([
    ['', 'its operation is not known'],
    ['hidden', 'its operation is not known'],
    ['AUTH:r:h:hidden', 'its operation is not known'],
    ['hidden:r:h', 'its operation is not known'],
    ['auth', 'its operation is not known'],
    ['auth:r', 'its operation is not known'],
    ['auth:r:h', 'auth of r@h has no password'],
    ['auth::h:hidden', 'auth of what cannot be the address of a user'],
    ['auth:r::hidden', 'auth of what cannot be the address of a user'],
    ['auth:r s:hidden domain:x', 'auth of what cannot be the address of a user'],
    ['auth:r@s:h:hidden', 'auth of what cannot be the address of a user'],
    ['isuser:r:h:hidden', 'isuser of r@h has more than a user and a server'],
    ['removeuser:r:h:', 'removeuser of r@h has more than a user and a server'],
    ['isuser:a/b:h', 'isuser of what cannot be the address of a user'],
  ])('refuses "%s"', (text, reason) => {
    expect(read(text)).toEqual({ ok: false, error: reason });
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(readRequest(Uint8Array.of(...Buffer.from('auth:r:h:'), 0xff))).toEqual({
      ok: false,
      error: 'it is not UTF-8',
    });
  });

  it('keeps every password as it is, and falls over no bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (password) => {
        expect(read(`auth:romeo:example.com:${password}`)).toMatchObject({ ok: true, value: { password } });
      }),
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readRequest(bytes)));
  });
});
