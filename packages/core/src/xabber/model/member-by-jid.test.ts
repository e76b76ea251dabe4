import { describe, expect, it } from 'vitest';
import { bareJid } from '../testing/clockwork.js';
import { VERONA, verona } from '../testing/scenes.js';
import { evolve } from './evolve.js';
import { memberByJid } from './group.js';

const jidOf = (at: number) => bareJid(`user${at}@example.net`);

describe.each([
  ['few members, which are looked through', 10],
  ['many, which have an index', 1_500],
])('a group of %s', (_, count) => {
  const crowded = () => {
    const driver = verona();
    for (let at = 0; at < count; at += 1) {
      driver.happen({
        kind: 'joinRequested',
        member: `m${at}`,
        jid: jidOf(at),
        nickname: undefined,
        version: 9,
      });
    }
    return driver;
  };

  it('knows each by his JID', () => {
    const group = crowded().group();
    expect(group.byJid === undefined).toBe(count < 1_000);
    for (const at of [0, 5, count - 1]) expect(memberByJid(group, jidOf(at))?.id).toBe(`m${at}`);
    expect(memberByJid(group, bareJid('juliet@example.com'))?.subscription).toBe('both');
    expect(memberByJid(group, jidOf(count))).toBeUndefined();
  });

  it('knows whom it was told of last under a JID, and nobody under the one that he had', () => {
    const driver = crowded();
    const moved = bareJid('moved@example.org');
    driver.happen({ kind: 'joinRequested', member: 'm3', jid: moved, nickname: undefined, version: 10 });
    driver.happen({ kind: 'accountErased', jid: jidOf(4), member: 'm4', version: 11 });
    const group = driver.group();
    expect(memberByJid(group, moved)?.id).toBe('m3');
    expect([3, 4].map((at) => memberByJid(group, jidOf(at)))).toEqual([undefined, undefined]);
    const again = {
      kind: 'joinRequested',
      member: 'm5',
      jid: moved,
      nickname: undefined,
      version: 12,
    } as const;
    expect(() => evolve(group, bareJid(VERONA), { ...again, at: 0 })).toThrow('is the member m3');
  });
});
