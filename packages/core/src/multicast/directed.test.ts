import { describe, expect, it } from 'vitest';
import { bare, full } from '../testing/jids.js';
import { type DirectedPresence, noteDirected } from './directed.js';

const olga = full('olga@example.net/phone');
const [ann, ben] = [bare('ann@example.net'), bare('ben@example.net')];
const nobody: DirectedPresence = new Map();

describe('noteDirected', () => {
  it('remembers who was told, and tells them when the sender has gone', () => {
    const told = noteDirected(nobody, olga, undefined, [ann, ben]);
    expect(told.farewell).toEqual([]);
    const gone = noteDirected(told.known, olga, 'unavailable', []);
    expect(gone.farewell).toEqual([ann, ben]);
    expect(noteDirected(gone.known, olga, 'unavailable', []).farewell).toEqual([]);
  });

  it('forgets whom the sender has told himself that he has gone', () => {
    const told = noteDirected(nobody, olga, undefined, [ann, ben]);
    const left = noteDirected(told.known, olga, 'unavailable', [ann]);
    expect(left.farewell).toEqual([]);
    expect(noteDirected(left.known, olga, 'unavailable', []).farewell).toEqual([ben]);
    expect(noteDirected(left.known, olga, 'unavailable', [ben]).known.size).toBe(0);
  });

  it('knows senders apart, and leaves what it was given as it was', () => {
    const told = noteDirected(nobody, olga, undefined, [ann]);
    expect(nobody.size).toBe(0);
    expect(noteDirected(told.known, full('olga@example.net/laptop'), 'unavailable', []).farewell).toEqual([]);
    expect(told.known.get(olga)).toEqual(new Set([ann]));
  });

  it('is bounded', () => {
    const many = Array.from({ length: 10_001 }, (_, place) => bare(`u${place}@example.net`));
    expect(noteDirected(nobody, olga, undefined, many).known.get(olga)?.size).toBe(10_000);
  });
});
