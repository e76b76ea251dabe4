import { describe, expect, it } from 'vitest';
import { bare } from '../../testing/jids.js';
import {
  isOpenPgpUserIdOf,
  jidInUserId,
  kontalkUserId,
  openPgpUserId,
  safeUserId,
  userIdsIn,
} from './user-id.js';

const ANN = bare('ann@example.net');

describe('a user id', () => {
  it.each([
    ['Ann <ann@example.net>', ANN],
    ['Ann (work) <ann@example.net>', ANN],
    ['<Ann@Example.net>', ANN],
    ['ann@example.net', ANN],
    ['xmpp:ann@example.net', ANN],
    ['Ann <xmpp:ann@example.net>', ANN],
    ['Olga <olga@example.net> <ann@example.net>', ANN],
    ['Ann <ann@example.net> (not)', undefined],
    ['Ann', undefined],
    ['example.net', undefined],
    ['Ann <ann@example.net/phone>', undefined],
    ['', undefined],
  ])('%j names %s', (userId, jid) => {
    expect(jidInUserId(userId)).toBe(jid);
  });

  it.each([
    [kontalkUserId(ANN), '<ann@example.net>'],
    [kontalkUserId(ANN, 'Ann'), 'Ann <ann@example.net>'],
    [kontalkUserId(ANN, 'Ann', 'work'), 'Ann (work) <ann@example.net>'],
    [kontalkUserId(ANN, 'A;\n<b@c> nn'), 'A  b@c  nn <ann@example.net>'],
    [openPgpUserId(ANN), 'xmpp:ann@example.net'],
    [safeUserId('Ann;\r\nTo: x\u2028'), 'Ann To: x'],
  ])('%j', (userId, text) => {
    expect(userId).toBe(text);
    if (text.includes('ann@')) expect(jidInUserId(userId)).toBe(ANN);
  });

  it.each([
    ['xmpp:ann@example.net', true],
    ['Ann <ann@example.net>', false],
    ['xmpp:ben@example.net', false],
  ])('%s is of XEP-0373 and names Ann: %s', (userId, names) => {
    expect(isOpenPgpUserIdOf(userId, ANN)).toBe(names);
  });

  it('may have a semicolon in its address, which ends no entry of a list', () => {
    const odd = bare('a;b@example.net');
    const list = [
      kontalkUserId(odd, 'A;'),
      safeUserId('X; Y <a;b@example.net>'),
      'Ann <ann@example.net>',
    ].join('; ');
    expect(userIdsIn(list)).toEqual([
      'A <a;b@example.net>',
      'X  Y <a;b@example.net>',
      'Ann <ann@example.net>',
    ]);
    expect(userIdsIn(list).map(jidInUserId)).toEqual([odd, odd, ANN]);
    expect(userIdsIn('Ann; <ann@example.net>;; ')).toEqual(['Ann', '<ann@example.net>']);
  });
});
