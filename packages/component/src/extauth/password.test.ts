import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashOf, isPassword, preparePassword } from './password.js';

describe('preparePassword', () => {
  it.each([
    ['pencil', 'pencil'],
    ['a\u00a0b\u3000c', 'a b c'],
    ['cafe\u0301', 'caf\u00e9'],
    ['Case and:colons: stay ', 'Case and:colons: stay '],
    ['🔑', '🔑'],
  ])('takes %j as %j', (text, password) => {
    expect(preparePassword(text)).toEqual({ ok: true, value: password });
  });

  it.each([
    ['', 'the password is empty'],
    ['я'.repeat(512), 'the password is longer than 1023 bytes'],
    ['a\nb', 'the password has control characters'],
    ['a\ud800', 'the password has control characters'],
  ])('refuses %j', (text, reason) => {
    expect(preparePassword(text)).toEqual({ ok: false, error: reason });
  });
});

describe('hashOf', () => {
  it('makes what only its password fits, and never the same twice', async () => {
    const [one, other] = await Promise.all([hashOf('пароль'), hashOf('пароль')]);
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await isPassword('пароль', one)).toBe(true);
    expect(await isPassword('Пароль', one)).toBe(false);
    expect(await isPassword('', one)).toBe(false);
  });
});

describe('isPassword', () => {
  it('reads the cost from the hash', async () => {
    const hash = scryptSync('pw', Buffer.alloc(16), 32, { N: 16, r: 1, p: 2 }).toString('base64');
    const light = `$scrypt$ln=4,r=1,p=2$${'A'.repeat(22)}$${hash.replace('=', '')}`;
    expect(await isPassword('pw', light)).toBe(true);
    expect(await isPassword('pw', light.replace('p=2', 'p=1'))).toBe(false);
  });

  it.each(['', 'pw'])('is nobody when there is no account and the password is "%s"', async (password) => {
    expect(await isPassword(password, undefined)).toBe(false);
  });

  it.each([
    '',
    'pencil',
    '$scrypt$ln=40,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$scrypt$ln=15,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA',
  ])('is a fault when the database holds "%s"', async (hashed) => {
    await expect(isPassword('pencil', hashed)).rejects.toThrow('give the account a new password');
  });
});
