import { describe, expect, it } from 'vitest';
import type { Environment } from '../environment.js';
import { clockwork } from '../testing/clockwork.js';
import { VERONA, verona } from '../testing/scenes.js';
import { MASK, unlessJid, withoutJids } from './incognito.js';

const group = verona('<privacy>incognito</privacy>').group();
const env = clockwork();
const beside = { host: { ...env.host, hasUsers: true } };
const HOST = VERONA.replace(/.*@/u, '');

const passed = (text: string, where: Pick<Environment, 'host'> = beside) =>
  withoutJids(group, [{ name: 'a', attrs: { b: text }, children: [] }], where).map(({ attrs }) => attrs.b)[0];

describe('an incognito group beside users', () => {
  it.each([
    ['a user of its host', `romeo@${HOST}`, MASK],
    ['with a resource', `romeo@${HOST}/orchard`, MASK],
    ['in a text', `I am romeo@${HOST}`, undefined],
    ['in a link', `xmpp:romeo@${HOST}?message`, undefined],
    ['that ends like the group', `x${VERONA}`, MASK],
    ['of a longer domain', `${VERONA}.example`, MASK],
    ['of a longer domain in a text', `Ask ${VERONA}.example.`, undefined],
    ['behind the group', `${VERONA}/romeo@${HOST}`, undefined],
    ['before the group', `romeo@${HOST} and ${VERONA}`, undefined],
    ['behind another at sign', `romeo@${VERONA}`, undefined],
    ['another group, which it does not know from a user', `mantua@${HOST}`, MASK],
  ])('hides %s', (_, text, shown) => {
    expect(passed(text)).toBe(shown);
    expect(unlessJid(group, text, beside)).toBeUndefined();
  });

  it.each([
    ['its address', VERONA],
    ['its address with a resource', `${VERONA}/Group`],
    ['its address in a link', `xmpp:${VERONA}?join`],
    ['its address in a sentence', `Come to ${VERONA}, or write to ${VERONA}.`],
    ['its host', HOST],
  ])('passes on %s', (_, text) => {
    expect(passed(text)).toBe(text);
    expect(unlessJid(group, text, beside)).toBe(text);
  });

  it('is not where nobody but groups can be', () => {
    expect(passed(`mantua@${HOST}`, env)).toBe(`mantua@${HOST}`);
  });
});
