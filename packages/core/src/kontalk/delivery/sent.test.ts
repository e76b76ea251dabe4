import { describe, expect, it } from 'vitest';
import { bare } from '../../testing/jids.js';
import { elementIn } from '../../testing/table.js';
import { planSend } from '../plan/plan-send.js';
import { BEN, CLEO, G1, group, MALLORY, means, OLGA, worldWith } from '../testing/world.js';
import { bounced, readBounce, received, sentAs } from './sent.js';

const planned = planSend(worldWith(group()), { op: 'send', group: G1, payload: [] }, means());
if (!planned.ok) throw new Error(planned.error.reason);
const sent = sentAs(planned.value.outgoing);

const bounce = (from: string, id = sent.id) =>
  readBounce(
    elementIn(`<message xmlns='jabber:client' type='error' id='${id}' from='${from}' to='ann@example.net'>
      <error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`),
  );

describe('an error', () => {
  const read = (from: string, id?: string) => {
    const found = bounce(from, id);
    if (!found.ok || found.value === undefined) throw new Error('no error');
    return bounced(sent, found.value);
  };

  it('of one recipient counts against him alone', () => {
    const { kind, ...rest } = read('ben@example.net/x');
    expect(kind).toBe('recipient');
    expect(rest).toMatchObject({ member: BEN });
    expect('sent' in rest && [...rest.sent.recipients]).toEqual([
      [OLGA, 'sent'],
      [BEN, 'failed'],
      [CLEO, 'sent'],
    ]);
  });

  it('of the service is about everybody', () => {
    expect(read('multicast.example.net')).toEqual({ kind: 'service', sent, condition: 'gone' });
  });

  it.each([
    ['from somebody else', 'mallory@example.net', undefined],
    ['about something else', 'ben@example.net', 'another'],
  ])('%s is no concern', (_, from, id) => {
    expect(read(from, id)).toEqual({ kind: 'other' });
  });

  it('is none when the message is none, and when it is no message', () => {
    expect(readBounce(elementIn("<message xmlns='jabber:client' type='chat'/>"))).toEqual({
      ok: true,
      value: undefined,
    });
    expect(readBounce(elementIn("<iq xmlns='jabber:client'/>")).ok).toBe(false);
    expect(bounced(sent, { id: undefined, from: MALLORY, condition: 'gone' })).toEqual({ kind: 'other' });
  });
});

describe('a receipt', () => {
  it('counts for who sends it', () => {
    const once = received(sent, sent.id, BEN);
    expect([...once.recipients.values()]).toEqual(['sent', 'received', 'sent']);
    expect(received(once, 'another', CLEO)).toBe(once);
    expect(received(once, sent.id, bare('mallory@example.net'))).toBe(once);
  });
});
