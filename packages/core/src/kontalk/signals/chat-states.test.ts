import { describe, expect, it } from 'vitest';
import { chatState } from '../../xep/index.js';
import { serialise } from '../../xml/index.js';
import { besideState, isToTell, stateElements, stateIn, type ToldState } from './chat-states.js';

describe('isToTell', () => {
  it.each<[string, ToldState | undefined, Parameters<typeof isToTell>[1], number, boolean]>([
    ['the first word', undefined, 'composing', 0, true],
    ['that nothing happens', undefined, 'paused', 0, false],
    ['the same at once', { state: 'composing', at: 0 }, 'composing', 9_999, false],
    ['the same after a while', { state: 'composing', at: 0 }, 'composing', 10_000, true],
    ['the end of writing', { state: 'composing', at: 0 }, 'paused', 1, true],
    ['writing again at once', { state: 'paused', at: 0 }, 'composing', 9_999, false],
    ['writing again', { state: 'paused', at: 0 }, 'composing', 10_000, true],
    ['a pause twice', { state: 'paused', at: 0 }, 'paused', 99_999, false],
    ['that somebody has gone', { state: 'composing', at: 0 }, 'gone', 99_999, false],
  ])('%s', (_, told, state, now, expected) => {
    expect(isToTell(told, state, now)).toBe(expected);
  });
});

describe('a state', () => {
  it('is written, and read', () => {
    for (const recording of [true, false]) {
      expect(stateIn(stateElements('composing', recording))).toEqual({
        state: 'composing',
        isRecording: recording,
      });
    }
    expect(stateIn(stateElements('active', true))).toEqual({ state: 'active', isRecording: false });
    expect(besideState().map((child) => serialise(child))).toEqual(["<no-store xmlns='urn:xmpp:hints'/>"]);
  });

  it('is nothing when somebody has gone', () => {
    expect(stateIn([chatState('gone')])).toBe(undefined);
    expect(stateIn([])).toBe(undefined);
  });
});
