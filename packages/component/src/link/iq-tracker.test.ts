import { type XmlElement, xml } from '@xmpp-groups/core/xml';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIqTracker } from './iq-tracker.js';

const answer = (attrs: Record<string, string>): XmlElement =>
  xml('iq', { id: 'q1', from: 'example.com', to: 'groups.example.com', type: 'result', ...attrs });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('createIqTracker', () => {
  it('gives the result to the one who waits for it', async () => {
    const tracker = createIqTracker();
    const waiting = tracker.expect('q1', 'example.com', 1_000);
    expect(tracker.take(answer({}))).toBe(true);
    expect(await waiting).toEqual({ ok: true, value: answer({}) });
  });

  it('gives an error as a failure that holds the stanza', async () => {
    const tracker = createIqTracker();
    const waiting = tracker.expect('q1', 'example.com', 1_000);
    expect(tracker.take(answer({ type: 'error' }))).toBe(true);
    expect(await waiting).toEqual({ ok: false, error: { kind: 'error', stanza: answer({ type: 'error' }) } });
  });

  it.each([
    { what: 'from somebody else', stanza: answer({ from: 'evil.example' }) },
    { what: 'from a resource of the asked one', stanza: answer({ from: 'example.com/x' }) },
    { what: 'with another id', stanza: answer({ id: 'q2' }) },
    { what: 'that is a request', stanza: answer({ type: 'get' }) },
    { what: 'that is a message', stanza: { ...answer({}), name: 'message' } },
  ])('leaves a stanza $what alone and goes on waiting', async ({ stanza }) => {
    const tracker = createIqTracker();
    const waiting = tracker.expect('q1', 'example.com', 1_000);
    expect(tracker.take(stanza)).toBe(false);
    expect(tracker.take(answer({}))).toBe(true);
    expect(await waiting).toEqual({ ok: true, value: answer({}) });
  });

  it('gives up in time and leaves a late answer to the caller', async () => {
    const tracker = createIqTracker();
    const waiting = tracker.expect('q1', 'example.com', 1_000);
    vi.advanceTimersByTime(1_000);
    expect(await waiting).toEqual({ ok: false, error: { kind: 'timeout' } });
    expect(tracker.take(answer({}))).toBe(false);
  });

  it('ends all waiting when the link goes down', async () => {
    const tracker = createIqTracker();
    const waiting = [tracker.expect('q1', 'a.example', 1_000), tracker.expect('q2', 'b.example', 1_000)];
    tracker.failAll();
    const down = { ok: false, error: { kind: 'down' } };
    expect(await Promise.all(waiting)).toEqual([down, down]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes an answer once', () => {
    const tracker = createIqTracker();
    void tracker.expect('q1', 'example.com', 1_000);
    expect([tracker.take(answer({})), tracker.take(answer({}))]).toEqual([true, false]);
  });
});
