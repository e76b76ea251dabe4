import { describe, expect, it } from 'vitest';
import type { HandOver } from '../link/link.js';
import type { Frame, SessionState } from './frames.js';
import { decodeFrame } from './read-frame.js';
import { createSession, type Session } from './session.js';

const FIRST = Buffer.alloc(16, 1);
const SECOND = Buffer.alloc(16, 2);

const frameIn = (bytes: Buffer | undefined): Frame | undefined => {
  const read = bytes && decodeFrame(bytes.subarray(4));
  return read?.ok ? read.value : undefined;
};
const welcome = (session: SessionState, taken: number) =>
  ({
    kind: 'welcome',
    proof: Buffer.alloc(32),
    session,
    taken,
    mode: 'subdomain',
    domain: 'groups.example.com',
  }) as const;
const stanza = (number: number, again = false, done = 0, first = number) =>
  ({ kind: 'stanza', number, again, done, since: 1_000, first, xml: '' }) as const;

function begun(): Session {
  const session = createSession();
  session.welcome(welcome('new', 0), FIRST);
  return session;
}
function taken(session: Session, number: number): HandOver {
  const handOver = session.take(stanza(number));
  if (handOver === undefined) throw new Error(`${number} came before`);
  return handOver;
}

describe('createSession', () => {
  it('numbers what is said, and names the stanza that is its cause', () => {
    const session = begun();
    const about = taken(session, 5);
    expect(frameIn(session.say({ kind: 'route', xml: 'a' }))).toEqual({
      kind: 'route',
      number: 1,
      cause: 0,
      xml: 'a',
    });
    expect(frameIn(session.say({ kind: 'fanOut', about, recipients: ['r'], xml: 'b' }))).toEqual({
      kind: 'fanOut',
      number: 2,
      cause: 5,
      recipients: ['r'],
      xml: 'b',
    });
    const other = taken(session, 6);
    expect(session.unacknowledged()).toBe(2);
    expect(frameIn(session.say({ kind: 'acknowledge', stanzas: [about] }))).toEqual({
      kind: 'acknowledge',
      number: 3,
      stanzas: [5],
    });
    expect(frameIn(session.say({ kind: 'reject', stanza: other, text: 'no' }))).toMatchObject({ stanza: 6 });
    expect(session.unacknowledged()).toBe(0);
  });

  it('takes each stanza once', () => {
    const session = begun();
    expect(session.take(stanza(1))).toEqual({ id: `${FIRST.toString('hex')}-1` });
    expect(session.take(stanza(1))).toBeUndefined();
    expect(session.take(stanza(3, true, 2, 1))).toEqual({
      id: `${FIRST.toString('hex')}-1`,
      again: { since: 1_000, said: 2 },
    });
    expect(session.received()).toBe(3);
  });

  it('keeps what is not confirmed, and says it again on the next connection', () => {
    const session = begun();
    const about = taken(session, 1);
    for (const xml of ['a', 'b', 'c']) session.say({ kind: 'route', about, xml });
    session.taken(1);
    expect(session.welcome(welcome('resumed', 2), FIRST).map(frameIn)).toEqual([
      { kind: 'route', number: 3, cause: 1, xml: 'c' },
    ]);
    expect(session.received()).toBe(1);
    session.taken(3);
    expect(session.unconfirmed()).toBe(0);
    expect(session.welcome(welcome('resumed', 3), FIRST)).toEqual([]);
  });

  it('begins anew with a shim that knows nothing of it, but loses nothing that was said', () => {
    const session = begun();
    const old = taken(session, 9);
    session.say({ kind: 'fanOut', about: old, recipients: ['r'], xml: 'a' });
    session.say({ kind: 'acknowledge', stanzas: [old] });
    expect(session.welcome(welcome('new', 0), SECOND).map(frameIn)).toEqual([
      { kind: 'fanOut', number: 1, cause: 0, recipients: ['r'], xml: 'a' },
    ]);
    expect(session.received()).toBe(0);
    // The numbers of the one before mean nothing to this one.
    expect(session.say({ kind: 'acknowledge', stanzas: [old] })).toBeUndefined();
    expect(session.say({ kind: 'reject', stanza: old, text: 'no' })).toBeUndefined();
    const fresh = session.take(stanza(9));
    expect(fresh?.id).not.toBe(old.id);
  });

  it.each<{ what: string; state: SessionState }>([
    { what: 'have gone to another runner', state: 'replaced' },
    { what: 'are forgotten by the same shim', state: 'new' },
  ])('says nothing that follows from stanzas that $what, now or later', ({ state }) => {
    const session = begun();
    const old = taken(session, 9);
    session.say({ kind: 'route', about: old, xml: 'a' });
    session.say({ kind: 'route', xml: 'b' });
    session.say({ kind: 'acknowledge', stanzas: [old] });
    session.say({ kind: 'claim', name: 'verona' });
    expect(session.welcome(welcome(state, 0), FIRST).map(frameIn)).toEqual([
      { kind: 'route', number: 2, cause: 0, xml: 'b' },
      { kind: 'claim', number: 4, name: 'verona' },
    ]);
    expect(session.say({ kind: 'fanOut', about: old, recipients: ['r'], xml: 'c' })).toBeUndefined();
    expect(session.say({ kind: 'acknowledge', stanzas: [old] })).toBeUndefined();
    expect(session.unacknowledged()).toBe(0);
    // The shim counts on: what comes now has never had these numbers.
    expect(session.received()).toBe(9);
    const fresh = taken(session, 10);
    expect(frameIn(session.say({ kind: 'route', about: fresh, xml: 'd' }))).toEqual({
      kind: 'route',
      number: 5,
      cause: 10,
      xml: 'd',
    });
  });

  it('takes events as stanzas', () => {
    const session = begun();
    const event = {
      kind: 'event',
      again: true,
      since: 7,
      name: 'remove_user',
      user: 'a@b',
      xml: '',
    } as const;
    const about = session.take({ ...event, number: 3 });
    expect(about).toEqual({ id: `${FIRST.toString('hex')}-3`, again: { since: 7, said: 0 } });
    expect(session.take({ ...event, number: 3 })).toBeUndefined();
    expect(about && frameIn(session.say({ kind: 'acknowledge', stanzas: [about] }))).toEqual({
      kind: 'acknowledge',
      number: 1,
      stanzas: [3],
    });
  });

  it('counts the bytes that are not confirmed', () => {
    const session = begun();
    const one = session.say({ kind: 'route', xml: 'abc' })?.length ?? 0;
    const two = session.say({ kind: 'route', xml: 'defgh' })?.length ?? 0;
    expect(session.unconfirmed()).toBe(one + two);
    session.taken(1);
    expect(session.unconfirmed()).toBe(two);
  });
});
