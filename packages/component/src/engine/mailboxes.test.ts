import { beforeEach, describe, expect, it } from 'vitest';
import { bare } from '../../test/jids.js';
import { JULIET, MANTUA, post, type Scene, scene, VERONA } from '../../test/scene.js';
import { createMailboxes, type Mailboxes } from './mailboxes.js';

const PADUA = bare('padua@groups.example.com');

let world: Scene;
let mailboxes: Mailboxes;

beforeEach(async () => {
  world = await scene();
  // Room for one group of two members.
  mailboxes = createMailboxes(world.around, 10);
  for (const group of [VERONA, MANTUA, PADUA]) await world.founded(group);
  world.store.loads.clear();
});

const say = (group: typeof VERONA, text = 'hi'): void =>
  mailboxes.of(group).put({ command: post(JULIET, text) });
const loads = (): Record<string, number> => Object.fromEntries(world.store.loads);

describe('mailboxes', () => {
  it('keep an idle group as long as there is room', async () => {
    say(VERONA);
    await mailboxes.idle();
    say(VERONA);
    await mailboxes.idle();
    expect(loads()).toEqual({ [VERONA]: 1 });
  });

  it('let an idle group make room for others, and load it when it is needed again', async () => {
    say(VERONA);
    await mailboxes.idle();
    say(MANTUA);
    await mailboxes.idle();
    say(VERONA);
    await mailboxes.idle();
    expect(loads()).toEqual({ [VERONA]: 2, [MANTUA]: 1 });
    expect(
      (await world.store.page(VERONA, { page: { direction: 'forward', max: 9 }, withText: 'hi' })).count,
    ).toBe(2);
  });

  it('keep groups that have something to do, whatever the room', async () => {
    const release = world.store.holdCommits();
    const busy = [VERONA, MANTUA, PADUA].map((group) => {
      say(group);
      return mailboxes.of(group);
    });
    await new Promise(setImmediate);
    expect([VERONA, MANTUA, PADUA].map((group) => mailboxes.of(group))).toEqual(busy);
    say(VERONA, 'again');
    release();
    await mailboxes.idle();
    expect(loads()).toEqual({ [VERONA]: 1, [MANTUA]: 1, [PADUA]: 1 });
  });

  it('count and weigh what waits for its turn', async () => {
    say(VERONA, 'zero');
    await mailboxes.idle();
    const release = world.store.holdLookUps(VERONA);
    mailboxes.of(VERONA).put({ command: post(JULIET, 'one', 'o1') });
    say(VERONA, 'two');
    mailboxes.of(VERONA).put({ command: post(JULIET, 'three'), weight: 5 });
    await world.batch.settled();
    expect([mailboxes.waiting(), mailboxes.weight(), mailboxes.of(VERONA).weight()]).toEqual([2, 6, 6]);
    release();
    await mailboxes.idle();
    expect([mailboxes.waiting(), mailboxes.weight()]).toEqual([0, 0]);
  });

  it('do not remember that there is no group: another process may create it', async () => {
    const stray = bare('stray@groups.example.com');
    const outcomes: string[] = [];
    const ask = (): void =>
      mailboxes.of(stray).put({
        command: { kind: 'vcard', from: JULIET },
        answer: (outcome) => outcomes.push('condition' in outcome ? outcome.condition : outcome.kind),
      });
    ask();
    await mailboxes.idle();
    await world.founded(stray);
    ask();
    await mailboxes.idle();
    expect(outcomes).toEqual(['item-not-found', 'result']);
  });
});
