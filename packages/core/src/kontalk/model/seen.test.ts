import { describe, expect, it } from 'vitest';
import { bare } from '../../testing/jids.js';
import { BEN, CLEO, group } from '../testing/world.js';
import type { GroupState } from './group.js';
import { LIMITS } from './limits.js';
import { marksIn } from './marks.js';
import { inTurn, marksOf, remember, wasSeen } from './seen.js';

const id = (messageId: string) => marksOf(messageId, undefined);
const signed = (n: number) => marksOf(`m${n}`, `h${n}`);
const after = (count: number, before: GroupState = group()): GroupState => {
  let now = before;
  for (let n = 0; n < count; n++) now = remember(now, BEN, signed(n));
  return now;
};
const isKnown = (state: GroupState, n: number): boolean => wasSeen(state, BEN, signed(n));
const listOf = (state: GroupState): readonly string[] =>
  inTurn(state).flatMap(({ sender, marks }) => (sender === BEN ? marksIn(marks) : []));
const last = (count: number, end: number): readonly string[] =>
  Array.from({ length: count }, (_, place) => end - count + place).flatMap((n) => [`id m${n}`, `hash h${n}`]);

describe('what was seen of a sender', () => {
  // Around the sizes at which blocks are closed, and at which the first ones are left out.
  it.each([1, 15, 16, 17, 31, 32, 33, 100, 499, 500, 501, 515, 516, 517, 532, 1000, 1777])(
    'are the last ones, after %i',
    (count) => {
      const known = Math.min(count, LIMITS.seenOfSender / 2);
      const state = after(count);
      expect(listOf(state)).toEqual(last(known, count));
      expect(isKnown(state, count - 1)).toBe(true);
      expect(isKnown(state, count - known)).toBe(true);
      expect(isKnown(state, count - known - 1)).toBe(false);
      expect(isKnown(state, count)).toBe(false);
    },
  );

  it('is not changed by what comes later, whichever state that is for', () => {
    const states = Array.from({ length: 1200 }, () => group());
    for (let n = 1; n < states.length; n++) states[n] = remember(states[n - 1] ?? group(), BEN, signed(n));
    for (const [n, state] of states.entries()) {
      remember(state, BEN, id('something else'));
      expect(isKnown(state, n)).toBe(n > 0);
      expect(isKnown(state, n + 1)).toBe(false);
    }
    expect(listOf(states.at(-1) ?? group())).toEqual(last(LIMITS.seenOfSender / 2, 1200));
  });

  it('holds nothing twice', () => {
    const twice = remember(after(40), BEN, marksOf('m3', 'h40'));
    expect(listOf(twice)).toEqual([...last(40, 40), 'hash h40']);
    expect(listOf(remember(twice, BEN, signed(20)))).toEqual(listOf(twice));
  });

  it('says nothing of others', () => {
    const state = remember(after(1), CLEO, id('x'));
    expect([wasSeen(state, CLEO, id('m0')), wasSeen(state, BEN, id('x'))]).toEqual([false, false]);
  });
});

describe('who was seen', () => {
  it('are not more than can be members and former ones: who has been silent the longest goes', () => {
    const most = LIMITS.members + LIMITS.former;
    const spoken = (all: GroupState, n: number) => remember(all, bare(`s${n}@example.net`), id('x'));
    let state = group();
    for (let n = 0; n < most; n++) state = spoken(state, n);
    const senders = inTurn(spoken(spoken(state, 0), most)).map(({ sender }) => sender);
    expect(senders).toHaveLength(most);
    expect([senders[0], ...senders.slice(-2)]).toEqual([
      's2@example.net',
      's0@example.net',
      `s${most}@example.net`,
    ]);
  });

  it('stands in the order in which they spoke last', () => {
    const state = [BEN, CLEO, BEN].reduce((all, jid, n) => remember(all, jid, id(`i${n}`)), group());
    expect(inTurn(state).map(({ sender }) => sender)).toEqual([CLEO, BEN]);
  });

  it('stays where he is when there is nothing by which a stanza is known again', () => {
    const state = group();
    expect(remember(state, BEN, marksOf(undefined, undefined))).toBe(state);
  });
});
