import { parseBareJid } from '@xmpp-groups/core/jid';
import { err, ok } from '@xmpp-groups/core/result';
import { discoInfo, discoItems, formField, formOf } from '@xmpp-groups/core/xep';
import { elementsOf, NS, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createComponentLink } from './component-link.js';
import type { Link } from './link.js';
import { findMulticast, parentOf } from './multicast.js';

function jid(text: string) {
  const parsed = parseBareJid(text);
  if (!parsed.ok) throw new TypeError(parsed.error.reason);
  return parsed.value;
}

const DOMAIN = jid('groups.example.com');

/** The info of an entity with these features, and a form with these limits. */
const infoOf = (features: readonly string[], limits?: Record<string, string>): XmlElement =>
  discoInfo.build({
    identities: [],
    features: features.map((name) => ({ var: name })),
    forms:
      limits === undefined
        ? []
        : [
            formOf(
              'result',
              NS.addresses,
              Object.entries(limits).map(([name, value]) => formField({ var: name, values: [value] })),
            ),
          ],
  });

/** A link to a server where the entities have these items and infos; all others give an error. */
function linkTo(items: readonly string[], infos: Record<string, XmlElement>): Link {
  const link = createComponentLink({
    host: '127.0.0.1',
    port: 1,
    domain: DOMAIN,
    secret: 's',
    retryFirst: false,
    log: pino({ enabled: false }),
  });
  return Object.assign(link, {
    query: async (to: string, payload: XmlElement) => {
      const answer = payload.attrs.xmlns === NS.discoInfo ? infos[to] : undefined;
      if (answer !== undefined) return ok(xml('iq', { type: 'result' }, [answer]));
      if (payload.attrs.xmlns !== NS.discoItems || to !== 'example.com') {
        return err({ kind: 'timeout' } as const);
      }
      const list = discoItems.build({ items: items.map((item) => ({ jid: jid(item) })) });
      expect(elementsOf(list)).toHaveLength(items.length);
      return ok(xml('iq', { type: 'result' }, [list]));
    },
  });
}

describe('findMulticast', () => {
  const other = infoOf([NS.discoInfo]);
  it.each<{ what: string; items: string[]; infos: Record<string, XmlElement>; found: object | undefined }>([
    { what: 'a server that does not answer', items: [], infos: {}, found: undefined },
    {
      what: 'no service with the feature',
      items: ['pubsub.example.com', 'silent.example.com'],
      infos: { 'pubsub.example.com': other, 'example.com': other },
      found: undefined,
    },
    {
      what: 'a service with a limit',
      items: ['pubsub.example.com', 'multicast.example.com'],
      infos: {
        'pubsub.example.com': other,
        'multicast.example.com': infoOf([NS.addresses], { message: '5000', presence: '4000' }),
      },
      found: { jid: 'multicast.example.com', limit: 4000 },
    },
    {
      what: 'a service that states the limit of messages alone',
      items: ['multicast.example.com'],
      infos: { 'multicast.example.com': infoOf([NS.addresses], { message: '5000' }) },
      found: { jid: 'multicast.example.com', limit: 20 },
    },
    {
      what: 'a service without limits',
      items: ['multicast.example.com'],
      infos: { 'multicast.example.com': infoOf([NS.addresses]) },
      found: { jid: 'multicast.example.com', limit: 20 },
    },
    {
      what: 'a service whose limits are nonsense',
      items: ['multicast.example.com'],
      infos: { 'multicast.example.com': infoOf([NS.addresses], { message: '-1', presence: 'many' }) },
      found: { jid: 'multicast.example.com', limit: 20 },
    },
    {
      what: 'the server itself',
      items: ['pubsub.example.com'],
      infos: { 'example.com': infoOf([NS.addresses]) },
      found: { jid: 'example.com', limit: 20 },
    },
    {
      what: 'itself alone',
      items: ['groups.example.com'],
      infos: { 'groups.example.com': infoOf([NS.addresses]) },
      found: undefined,
    },
  ])('finds $what', async ({ items, infos, found }) => {
    expect(await findMulticast(linkTo(items, infos), DOMAIN)).toEqual(found);
  });

  it.each([
    { domain: 'groups.example.com', parent: 'example.com' },
    { domain: 'a.b.c', parent: 'b.c' },
    { domain: 'localhost', parent: undefined },
  ])('$domain is a part of $parent', ({ domain, parent }) => {
    expect(parentOf(jid(domain))).toBe(parent);
  });
});
