import { describe, expect, it } from 'vitest';
import { bare } from '../../testing/jids.js';
import { elementIn } from '../../testing/table.js';
import type { MemberRecord } from '../model/group.js';
import { planSend } from '../plan/plan-send.js';
import { BEN, CLEO, G1, group, MALLORY, means, NINE, OLGA, SERVICE, worldWith } from '../testing/world.js';
import { bounced, readBounce, received, sentAs } from './sent.js';

const planned = planSend(worldWith(group()), { op: 'send', group: G1, payload: [] }, means());
if (!planned.ok) throw new Error(planned.error.reason);
const blind = { ...means(), hidden: true, service: { ...SERVICE, limit: 5, blind: true } };
const others = [bare('u0@example.net'), bare('u1@example.net')];
const others2 = [bare('u2@example.net'), bare('u3@example.net')];
const record: MemberRecord = { listed: true, why: 'create', at: NINE, since: NINE, partedAt: undefined };
const many = group({ members: new Map([...others, ...others2].map((jid) => [jid, record])) });
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
    const route = { kind: 'each', recipients: [OLGA, BEN, CLEO] };
    expect(read('multicast.example.net')).toEqual({
      kind: 'service',
      sent: { ...sent, route },
      next: route,
    });
  });

  it('of the service is about those whom nothing was heard of, and hides them as before', () => {
    const planned = planSend(worldWith(many), { op: 'send', group: G1, payload: [] }, blind);
    if (!planned.ok) throw new Error(planned.error.reason);
    const once = received(sentAs(planned.value.outgoing), planned.value.outgoing.id, OLGA);
    const refuses = (given: typeof once, condition: 'not-acceptable' | 'resource-constraint') =>
      bounced(given, { id: given.id, from: blind.service.jid, condition });
    const smaller = refuses(once, 'not-acceptable');
    expect(smaller).toMatchObject({ kind: 'service', next: { type: 'bcc', batches: [others, others2] } });
    if (smaller.kind !== 'service') throw new Error(smaller.kind);
    const last = refuses(smaller.sent, 'not-acceptable');
    expect(last).toMatchObject({ next: { kind: 'each', recipients: [...others, ...others2] } });
    expect(refuses(once, 'resource-constraint')).toEqual({ kind: 'service', sent: once, next: undefined });
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
