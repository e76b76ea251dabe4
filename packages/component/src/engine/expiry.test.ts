import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import type { GroupEvent } from '@xmpp-groups/core/xabber';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createExpiry } from './expiry.js';

const SECOND = 1_618_495_545;

beforeEach(() => {
  vi.useFakeTimers({ now: SECOND * 1000 + 123 });
});
afterEach(() => {
  vi.useRealTimers();
});

function jid(text: string): BareJid {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(text);
  return read.value;
}

const VERONA = jid('verona@groups.example.com');
const MANTUA = jid('mantua@groups.example.com');
const ELSEWHERE = jid('verona@groups.example.org');

/** Ends of rights by group; a tick takes away what is over, unless `keep`. */
function ends(given: readonly (readonly [group: BareJid, until: number])[], keep = false) {
  let rights = [...given];
  let asked = 0;
  let fail: Error | undefined;
  const ticks: string[] = [];
  const errors: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => errors.push(line) });
  const expiry = createExpiry({
    store: {
      expiring: async (until) => {
        asked += 1;
        if (fail !== undefined) throw fail;
        const later = rights.map(([, end]) => end).filter((end) => end > until);
        return {
          groups: [...new Set(rights.filter(([, end]) => end <= until).map(([group]) => group))],
          next: later.length === 0 ? undefined : Math.min(...later),
        };
      },
    },
    domain: jid('groups.example.com'),
    log,
    tick: (group) => {
      ticks.push(group);
      const now = Math.floor(Date.now() / 1000);
      if (!keep) rights = rights.filter(([owner, end]) => owner !== group || end > now);
    },
  });
  return {
    expiry,
    ticks,
    errors,
    asked: () => asked,
    /** What another daemon writes is noticed by nobody here. */
    another: (group: BareJid, until: number) => rights.push([group, until]),
    failWith: (error: Error | undefined) => {
      fail = error;
    },
    grant: (group: BareJid, until: number) => {
      rights.push([group, until]);
      const event: GroupEvent = {
        kind: 'rightGranted',
        member: 'm',
        right: 'send-messages',
        until,
        version: 1,
      };
      return expiry
        .watching({ commit: async (changes) => changes.map(({ revision }) => ({ revision: revision + 1 })) })
        .commit([{ group, revision: 1, events: [{ ...event, at: Date.now() }] }]);
    },
  };
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

describe('rights that end', () => {
  it('while nothing ran, end at the start; later ones at their time', async () => {
    const world = ends([
      [VERONA, SECOND - 100],
      [MANTUA, SECOND + 10],
      [VERONA, SECOND + 10],
      [VERONA, SECOND + 3600],
    ]);
    world.expiry.start();
    await pass(0);
    expect(world.ticks).toEqual([VERONA]);
    await pass(9);
    expect(world.ticks).toHaveLength(1);
    await pass(1);
    expect(world.ticks).toEqual([VERONA, MANTUA, VERONA]);
    await pass(3600);
    expect(world.ticks).toEqual([VERONA, MANTUA, VERONA, VERONA]);
  });

  it('given now, end before those that were waited for', async () => {
    const world = ends([[VERONA, SECOND + 3600]]);
    world.expiry.start();
    await pass(0);
    await world.grant(MANTUA, SECOND + 5);
    await pass(5);
    expect(world.ticks).toEqual([MANTUA]);
  });

  it('never, are not waited for', async () => {
    const world = ends([]);
    world.expiry.start();
    await pass(0);
    await world.grant(VERONA, 0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('further away than a timer reaches, end at their time', async () => {
    const month = 40 * 86_400;
    const world = ends([[VERONA, SECOND + month]]);
    world.expiry.start();
    await pass(month - 1);
    expect(world.ticks).toEqual([]);
    await pass(1);
    expect(world.ticks).toEqual([VERONA]);
  });

  it('and did not, are looked at again', async () => {
    const world = ends([[VERONA, SECOND]], true);
    world.expiry.start();
    await pass(0);
    await pass(60);
    expect(world.ticks).toEqual([VERONA, VERONA]);
  });

  it('in groups of another host are not ours, and do not keep us busy', async () => {
    const world = ends([[ELSEWHERE, SECOND - 1]]);
    world.expiry.start();
    await pass(3600);
    expect([world.ticks, world.asked()]).toEqual([[], 1]);
  });

  it('are read again after a failure', async () => {
    const world = ends([[VERONA, SECOND]]);
    world.failWith(new Error('the disk is gone'));
    world.expiry.start();
    await pass(0);
    expect(world.errors.join()).toContain('the disk is gone');
    world.failWith(undefined);
    await pass(60);
    expect(world.ticks).toEqual([VERONA]);
  });

  it('wait while the link is down, and are looked for when it is back', async () => {
    const world = ends([[VERONA, SECOND + 5]]);
    world.expiry.start();
    await pass(0);
    world.expiry.rest();
    await world.grant(MANTUA, SECOND + 6);
    await pass(10);
    expect([world.ticks, vi.getTimerCount()]).toEqual([[], 0]);
    world.expiry.start();
    await pass(0);
    expect(world.ticks).toEqual([VERONA, MANTUA]);
  });

  it('that were granted by another daemon are found by another look', async () => {
    const world = ends([]);
    world.expiry.start();
    await pass(0);
    world.another(VERONA, SECOND + 5);
    world.expiry.start();
    await pass(5);
    expect(world.ticks).toEqual([VERONA]);
  });

  it('are nobody’s business after the stop', async () => {
    const world = ends([[VERONA, SECOND + 1]]);
    world.expiry.start();
    await pass(0);
    await world.expiry.stop();
    await world.grant(VERONA, SECOND + 1);
    await pass(10);
    expect([world.ticks, vi.getTimerCount()]).toEqual([[], 0]);
  });
});
