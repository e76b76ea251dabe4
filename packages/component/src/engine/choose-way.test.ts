import type { Jid } from '@xmpp-groups/core/jid';
import { discoInfo, discoItems } from '@xmpp-groups/core/xep';
import { elementsOf, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { elementFrom, type FakeLink, fakeLink } from '../../test/fake-link.js';
import { bare } from '../../test/jids.js';
import { chooseWay } from './choose-way.js';

const SERVICE = bare('multicast.example.com');
const ADDRESS = 'http://jabber.org/protocol/address';

let link: FakeLink;

beforeEach(() => {
  vi.useFakeTimers();
  link = fakeLink();
});
afterEach(() => {
  vi.useRealTimers();
});

const result = (from: Jid, payload: XmlElement): XmlElement =>
  xml('iq', { type: 'result', from, to: link.domain, id: 'i' }, [payload]);

/** Answers questions as a server with, or without, a multicast service would. */
function serve(features: readonly string[]): void {
  const { query } = link;
  link.query = (to, payload, type, options) => {
    const answered = query(to, payload, type, options);
    const question = link.questions.at(-1);
    const isService = to === SERVICE;
    const answer =
      payload.attrs.xmlns === 'http://jabber.org/protocol/disco#items'
        ? discoItems.build({ items: [{ jid: SERVICE }] })
        : discoInfo.build({
            identities: [],
            features: (isService ? features : []).map((feature) => ({ var: feature })),
            forms: [],
          });
    question?.answer(result(to, answer));
    return answered;
  };
}

/** Chooses, and gives the proof that went out, if one did. */
async function choosing(settings: Parameters<typeof chooseWay>[1] = { way: 'auto' }) {
  const chosen = chooseWay(link, settings);
  const proof = await link.writes(/^<message.*<\/message>$/);
  return { chosen, proof: elementFrom(proof[0]) };
}

/** The message that a working service brings back for a proof. */
function delivered(proof: XmlElement): XmlElement {
  const list = elementsOf(proof)[0];
  const target = list && elementsOf(list)[0]?.attrs.jid;
  return xml('message', { ...proof.attrs, to: target });
}

const errorFor = (proof: XmlElement): XmlElement =>
  xml('message', { type: 'error', from: SERVICE, to: link.domain, id: proof.attrs.id });

describe('chooseWay', () => {
  it('asks nothing when the way is set to splice', async () => {
    const { way, reason } = await chooseWay(link, { way: 'splice' });
    expect([way, reason]).toEqual([{ kind: 'splice' }, 'the configuration says so']);
    expect([link.questions, link.written]).toEqual([[], []]);
  });

  it('takes splice where no service has the feature', async () => {
    serve(['something-else']);
    expect(await chooseWay(link, { way: 'auto' })).toEqual({
      way: { kind: 'splice' },
      reason: 'the server offers no multicast service',
    });
  });

  it.each([
    ['found', { way: 'auto' }],
    ['given', { way: 'auto', multicastService: SERVICE }],
    ['wanted', { way: 'multicast' }],
  ] as const)('takes a service that is %s and brings the proof back', async (_, settings) => {
    serve([ADDRESS]);
    const { chosen, proof } = await choosing(settings);
    expect(proof.attrs).toMatchObject({ to: SERVICE, from: link.domain });
    link.emit('stanza', delivered(proof));
    expect((await chosen).way).toEqual({ kind: 'multicast', service: { jid: SERVICE, limit: 20 } });
  });

  it.each<[string, (proof: XmlElement) => unknown]>([
    ['answers with an error', (proof) => link.emit('stanza', errorFor(proof))],
    ['says nothing for five seconds', () => vi.advanceTimersByTimeAsync(5_000)],
    [
      'leaves the list in the message',
      (proof) => link.emit('stanza', { ...delivered(proof), children: proof.children }),
    ],
    [
      'puts itself in the place of the sender',
      (proof) => link.emit('stanza', xml('message', { ...delivered(proof).attrs, from: SERVICE })),
    ],
    ['is lost with the link', () => link.emit('down', { kind: 'closed', sentence: 'closed' })],
  ])('does not take a service that %s', async (_, act) => {
    serve([ADDRESS]);
    const { chosen, proof } = await choosing();
    await act(proof);
    expect(await chosen).toEqual({
      way: { kind: 'splice' },
      reason: `${SERVICE} does not carry messages of this component`,
    });
    expect([link.listenerCount('stanza'), link.listenerCount('down'), vi.getTimerCount()]).toEqual([0, 0, 0]);
  });

  it('passes over what others send meanwhile', async () => {
    serve([ADDRESS]);
    const { chosen, proof } = await choosing();
    const others = [
      xml('presence', { from: SERVICE, to: link.domain }),
      xml('message', { from: SERVICE, to: '@' }),
      xml('message', { from: 'a@example.com', to: 'verona@groups.example.com', type: 'error' }),
      xml('message', { from: link.domain, to: `${link.domain}/guessed` }),
    ];
    for (const stanza of others) link.emit('stanza', stanza);
    await vi.advanceTimersByTimeAsync(4_999);
    link.emit('stanza', delivered(proof));
    expect((await chosen).way.kind).toBe('multicast');
    expect(vi.getTimerCount()).toBe(0);
  });
});
