import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareOf, domainOf } from '../jid/index.js';
import { bare } from '../testing/jids.js';
import { type Address, addresses } from '../xep/index.js';
import { type XmlElement, xml } from '../xml/index.js';
import type { MulticastConfiguration } from './configuration.js';
import { fanOut } from './fan-out.js';
import { listIn } from './testing/reading.js';

const DOMAINS = ['a.example', 'b.example', 'c.example'];
const SERVICE = bare('multicast.a.example');

const address: fc.Arbitrary<Address> = fc.record({
  type: fc.constantFrom('to', 'cc', 'bcc'),
  jid: fc
    .tuple(fc.constantFrom('u', 'v', 'w', 'x'), fc.constantFrom(...DOMAINS))
    .map(([name, domain]) => bare(`${name}@${domain}`)),
  delivered: fc.constantFrom(undefined, undefined, undefined, true),
});
const lists = fc.array(address, { minLength: 1, maxLength: 20 });

const configurations = fc
  .record({
    strip: fc.boolean(),
    limit: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ strip, limit }) => (at: number): MulticastConfiguration => {
    const domain = DOMAINS[at] ?? '';
    return {
      service: bare(`multicast.${domain}`),
      vhost: bare(domain),
      limits: { local: 100, remote: 100 },
      strip,
      // The second domain has a service, the third has none.
      serviceAt: (other) => (other === 'b.example' ? { jid: bare('multicast.b.example'), limit } : undefined),
    };
  });

const stanzaTo = (list: readonly Address[]): XmlElement =>
  xml('message', { from: 's@a.example/r', to: SERVICE, id: 'm1' }, [
    addresses.build({ addresses: list }),
    xml('body', { xmlns: 'jabber:client' }, ['x']),
  ]);

/** The copies as users get them: those that go through the other service have been through it. */
function received(
  list: readonly Address[],
  at: (domain: number) => MulticastConfiguration,
): readonly XmlElement[] {
  const copies = (stanza: XmlElement, domain: number): readonly XmlElement[] => {
    const made = fanOut(stanza, at(domain));
    if (!made.ok) throw new Error(made.error.text);
    return made.value;
  };
  return copies(stanzaTo(list), 0).flatMap((copy) =>
    copy.attrs.to === 'multicast.b.example' ? copies(copy, 1) : [copy],
  );
}

describe('any list', () => {
  it('reaches everybody once who was not reached before, with the sender and the id as they were', () => {
    fc.assert(
      fc.property(lists, configurations, (list, at) => {
        const done = new Set(list.filter(({ delivered }) => delivered === true).map(({ jid }) => jid));
        const wanted = new Set(list.map(({ jid }) => jid).filter((jid) => !done.has(jid)));
        const copies = received(list, at);
        expect(copies.map(({ attrs }) => attrs.to).sort()).toEqual([...wanted].sort());
        for (const { attrs } of copies) expect(attrs).toMatchObject({ from: 's@a.example/r', id: 'm1' });
      }),
    );
  });

  it('tells nobody of blind recipients but themselves and their service', () => {
    fc.assert(
      fc.property(lists, configurations, (list, at) => {
        const open = new Set(list.filter(({ type }) => type !== 'bcc').map(({ jid }) => jid));
        const first = fanOut(stanzaTo(list), at(0));
        for (const copy of [...(first.ok ? first.value : []), ...received(list, at)]) {
          for (const { jid } of listIn(copy) ?? []) {
            if (jid === undefined || open.has(jid)) continue;
            const to = copy.attrs.to ?? '';
            expect(to === jid || (to === 'multicast.b.example' && domainOf(jid) === 'b.example')).toBe(true);
          }
        }
      }),
    );
  });

  it('comes to an end: what was delivered is sent to nobody else when it comes back', () => {
    fc.assert(
      fc.property(lists, configurations, (list, at) => {
        for (const copy of received(list, at)) {
          const again = fanOut({ ...copy, attrs: { ...copy.attrs, to: SERVICE } }, at(0));
          const to = again.ok ? again.value.map(({ attrs }) => attrs.to) : [];
          // Only a blind recipient is not marked, and he may get his own copy again.
          const own = [copy.attrs.to, 'multicast.b.example'];
          expect(to.length <= 1 && to.every((jid) => own.includes(jid))).toBe(true);
        }
      }),
    );
  });

  it('is gone from every copy where it is stripped', () => {
    fc.assert(
      fc.property(lists, configurations, (list, at) => {
        const stripped = (domain: number) => ({ ...at(domain), strip: true });
        for (const copy of received(list, stripped)) expect(listIn(copy)).toBe(undefined);
      }),
    );
  });

  it('is all or nothing', () => {
    fc.assert(
      fc.property(lists, configurations, (list, at) => {
        const names = new Set(list.filter(({ delivered }) => delivered !== true).map(({ jid }) => jid));
        const made = fanOut(stanzaTo(list), { ...at(0), limits: { local: names.size - 1, remote: 0 } });
        const served = list.some(
          ({ jid, delivered }) => delivered === true && jid !== undefined && names.has(jid),
        );
        if (!served && names.size > 0) expect(made).toMatchObject({ error: { condition: 'not-acceptable' } });
        const strangers = fanOut({ ...stanzaTo(list), attrs: { from: 'z@z.example/r', to: SERVICE } }, at(0));
        if (strangers.ok) {
          for (const { attrs } of strangers.value) {
            expect(bareOf(bare(attrs.to ?? '')).endsWith('@a.example')).toBe(true);
          }
        }
      }),
    );
  });
});
