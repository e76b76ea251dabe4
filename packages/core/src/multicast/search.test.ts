import { describe, expect, it } from 'vitest';
import type { BareJid } from '../jid/index.js';
import { bare } from '../testing/jids.js';
import { elementIn } from '../testing/table.js';
import { type DiscoInfo, type DiscoItems, discoInfo, formField, formOf } from '../xep/index.js';
import { NS } from '../xml/index.js';
import { type Answers, NO_ANSWERS, searchService, stillHolds } from './search.js';

const HOST = bare('example.net');

const infoOf = (
  features: readonly string[],
  type = 'multicast',
  limits?: Record<string, string>,
): DiscoInfo => ({
  identities: [{ category: 'service', type }],
  features: features.map((feature) => ({ var: feature })),
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

const itemsOf = (...jids: readonly string[]): DiscoItems => ({
  items: jids.map((jid) => ({ jid: bare(jid) })),
});

/** A server whose entities answer so; all others answer with an error. */
interface Server {
  readonly items: DiscoItems | undefined;
  readonly infos: Readonly<Record<string, DiscoInfo>>;
}

/** Asks until the search has ended, and tells whom it asked. */
function searched({ items, infos }: Server, options?: { readonly literal: boolean }) {
  const info = new Map<BareJid, DiscoInfo | undefined>();
  const listed = new Map<BareJid, DiscoItems | undefined>();
  const asked: string[] = [];
  for (;;) {
    const answers: Answers = { info, items: listed };
    const step = searchService(HOST, answers, options);
    expect(searchService(HOST, answers, options)).toEqual(step);
    if (step.kind !== 'ask') return { step, asked };
    for (const { kind, to } of step.questions) {
      asked.push(`${kind} ${to}`);
      if (kind === 'info') info.set(to, infos[to]);
      else listed.set(to, to === HOST ? items : undefined);
    }
    if (asked.length > 200) throw new Error('no end');
  }
}

const service = infoOf([NS.addresses]);
const found = (jid: string, more = {}) => ({
  kind: 'found',
  service: { jid: bare(jid), limit: 100, blind: true, announced: true, ...more },
});

describe('searchService', () => {
  it.each<[string, Server, unknown]>([
    [
      'the server itself, as the Kontalk page has it',
      {
        items: itemsOf('multicast.example.net'),
        infos: { 'example.net': service, 'multicast.example.net': service },
      },
      found('example.net'),
    ],
    [
      'one of what belongs to it',
      {
        items: itemsOf('pubsub.example.net', 'cast.example.net'),
        infos: { 'example.net': infoOf([]), 'pubsub.example.net': infoOf([]), 'cast.example.net': service },
      },
      found('cast.example.net'),
    ],
    [
      'the first, when there are two',
      {
        items: itemsOf('one.example.net', 'two.example.net'),
        infos: { 'two.example.net': service, 'one.example.net': service },
      },
      found('one.example.net'),
    ],
    [
      'one that nobody lists, by its usual name',
      { items: undefined, infos: { 'multicast.example.net': service } },
      found('multicast.example.net'),
    ],
    [
      'what Kontalk runs, which knows no bcc',
      {
        items: itemsOf('multicast.example.net'),
        infos: { 'multicast.example.net': infoOf([NS.addresses], 'generic') },
      },
      found('multicast.example.net', { blind: false }),
    ],
    [
      'a limit that an operator has set',
      {
        items: undefined,
        infos: { 'example.net': infoOf([NS.addresses], 'multicast', { message: '40', presence: '60' }) },
      },
      found('example.net', { limit: 40 }),
    ],
    [
      'nothing',
      { items: itemsOf('pubsub.example.net'), infos: { 'pubsub.example.net': infoOf([]) } },
      { kind: 'none' },
    ],
  ])('finds %s', (_, server, expected) => {
    expect(searched(server).step).toEqual(expected);
  });

  it('asks as XEP-0033, section 2.2 says, and for the usual name last', () => {
    const { asked } = searched({ items: itemsOf('pubsub.example.net', 'example.net'), infos: {} });
    expect(asked).toEqual([
      'info example.net',
      'items example.net',
      'info pubsub.example.net',
      'info multicast.example.net',
    ]);
  });

  it('asks no nodes, and no more than fifty', () => {
    const many = Array.from({ length: 80 }, (_, place) => ({ jid: bare(`s${place}.example.net`) }));
    const { asked } = searched({
      items: { items: [{ jid: HOST, node: 'n' }, { jid: bare('x.example.net'), node: 'n' }, ...many] },
      infos: {},
    });
    expect(asked).toHaveLength(2 + 50 + 1);
  });

  it('does without the list when the server itself has answered first', () => {
    const answers = { ...NO_ANSWERS, info: new Map([[HOST, service]]) };
    expect(searchService(HOST, answers)).toEqual(found('example.net'));
    expect(searchService(HOST, { ...NO_ANSWERS, info: new Map([[HOST, undefined]]) })).toEqual({
      kind: 'ask',
      questions: [{ kind: 'items', to: HOST }],
    });
  });

  it('Kontalk page: "All messages must be sent to the entity called [hostname]", when asked to take it literally', () => {
    expect(searched({ items: undefined, infos: {} }, { literal: true }).step).toEqual(
      found('example.net', { limit: 20, blind: false, announced: false }),
    );
  });

  it('Kontalk page: "service discovery will be used for this": what is announced comes first', () => {
    const server = { items: undefined, infos: { 'multicast.example.net': service } };
    expect(searched(server, { literal: true }).step).toEqual(found('multicast.example.net'));
  });

  it('reads the answer of ejabberd (reference 3.1)', () => {
    const read = discoInfo.parse(
      elementIn(
        `<query xmlns='http://jabber.org/protocol/disco#info'>
           <identity category='service' type='multicast' name='Multicast'/>
           <feature var='http://jabber.org/protocol/disco#info'/><feature var='vcard-temp'/><feature var='http://jabber.org/protocol/address'/>
           <x xmlns='jabber:x:data' type='result'>
             <field type='hidden' var='FORM_TYPE'><value>http://jabber.org/protocol/address</value></field>
             <field var='message'><value>40</value></field>
           </x>
         </query>`,
      ),
    );
    if (!read.ok) throw new Error(read.error.reason);
    expect(searched({ items: undefined, infos: { 'example.net': read.value } }).step).toEqual(
      found('example.net', { limit: 40 }),
    );
  });
});

describe('stillHolds', () => {
  const day = 86_400_000;
  it.each([
    [0, 0, true],
    [0, day, true],
    [0, day + 1, false],
    [5, 4, false],
  ])('found at %i, at %i: %s', (at, now, holds) => {
    expect(stillHolds(at, now)).toBe(holds);
  });
});
