import { describe, expect, it } from 'vitest';
import { elementIn } from '../../testing/table.js';
import { elementsOf } from '../../xml/index.js';
import { LIMITS } from '../model/limits.js';
import { activeMembers } from '../model/members.js';
import { groupOf, withoutGroup } from '../model/world.js';
import {
  ANN,
  BEN,
  DAN,
  environment,
  G1,
  group,
  groupXml,
  OLGA,
  spoken,
  TEN,
  verified,
  worldWith,
} from '../testing/world.js';
import { evaluate, retry } from './evaluate.js';
import type { Incoming, Verdict } from './incoming.js';
import { unwrap } from './unwrap.js';

// The steps of the pipeline that look at the stanza alone, and the freshness of what is signed (reference 2.6).

const world = worldWith(group());
const open = worldWith(group({ secure: false }));
const TEXT = `${groupXml(undefined)}<body>hi</body>`;
const CLEAR: Verdict = { kind: 'cleartext' };
const hear = (from: typeof world, xml: string, verdict: Verdict = CLEAR, more: Partial<Incoming> = {}) =>
  evaluate(from, { stanza: elementIn(xml), verdict, receivedAt: TEN, ...more }, environment());
const message = (attrs: string, children: string) =>
  `<message xmlns='jabber:client' ${attrs}>${children}</message>`;
const FROM_BEN = `from='${BEN}/x' to='${ANN}' id='m'`;
const COMPOSING = "<composing xmlns='http://jabber.org/protocol/chatstates'/>";

describe('step', () => {
  it.each<[string, string, object]>([
    [
      'P1: a group chat of another kind',
      message(`type='groupchat' ${FROM_BEN}`, TEXT),
      { outcome: 'ignore', reason: 'not-chat' },
    ],
    [
      'P1: a headline',
      message(`type='headline' ${FROM_BEN}`, TEXT),
      { outcome: 'ignore', reason: 'not-chat' },
    ],
    [
      'P1: a normal message',
      message(`type='normal' ${FROM_BEN}`, TEXT),
      { outcome: 'ignore', reason: 'not-chat' },
    ],
    ['P1: without a type', message(FROM_BEN, TEXT), { outcome: 'ignore', reason: 'not-chat' }],
    ['P1: an error', message(`type='error' ${FROM_BEN}`, TEXT), { outcome: 'ignore', reason: 'error' }],
    [
      'P1: a chat state without a type',
      message(FROM_BEN, groupXml(undefined) + COMPOSING),
      { outcome: 'chat-state' },
    ],
    ['P1: not with a text', message(FROM_BEN, TEXT + COMPOSING), { outcome: 'ignore', reason: 'not-chat' }],
    ['P3: from nobody', message("type='chat' id='m'", TEXT), { outcome: 'discard', reason: 'no-sender' }],
    [
      'P3: from what is no JID',
      message("type='chat' from='@'", TEXT),
      { outcome: 'discard', reason: 'malformed' },
    ],
    [
      'P6: no group',
      message(`type='chat' ${FROM_BEN}`, '<body>hi</body>'),
      { outcome: 'ignore', reason: 'no-group' },
    ],
    [
      'P6: two groups',
      message(`type='chat' ${FROM_BEN}`, TEXT + groupXml('set')),
      { outcome: 'discard', reason: 'malformed' },
    ],
    [
      'P6: a group deeper inside',
      message(`type='chat' ${FROM_BEN}`, `<x xmlns='urn:x'>${TEXT}</x>`),
      { outcome: 'ignore', reason: 'no-group' },
    ],
    [
      'the chat state of who has gone',
      message(
        `type='chat' ${FROM_BEN}`,
        `${groupXml(undefined)}<gone xmlns='http://jabber.org/protocol/chatstates'/>`,
      ),
      { outcome: 'ignore', reason: 'gone' },
    ],
    [
      'a text with a chat state is a text',
      message(`type='chat' ${FROM_BEN}`, `${TEXT}<active xmlns='http://jabber.org/protocol/chatstates'/>`),
      { outcome: 'deliver' },
    ],
    [
      'a file with a chat state, too',
      message(
        `type='chat' ${FROM_BEN}`,
        `${groupXml(undefined)}<x xmlns='jabber:x:oob'/><active xmlns='http://jabber.org/protocol/chatstates'/>`,
      ),
      { outcome: 'deliver' },
    ],
    [
      'the chat state of a stranger',
      message(`from='${DAN}/x'`, groupXml(undefined) + COMPOSING),
      { outcome: 'discard', reason: 'non-member' },
    ],
    [
      'the chat state of a group that is not known',
      message(FROM_BEN, groupXml(undefined, '', 'g9') + COMPOSING),
      { outcome: 'discard', reason: 'unknown-group' },
    ],
  ])('%s', (_, xml, outcome) => {
    expect(hear(open, xml).outcome).toEqual(outcome);
  });

  it('P7: cleartext of a member of an encrypted group is shown as such, or not at all', () => {
    const shown = evaluate(world, spoken({ from: BEN, inside: TEXT, clear: true }), environment());
    expect(shown.events).toMatchObject([{ kind: 'message', text: 'hi', encrypted: false }]);
    expect(groupOf(shown.world, G1)?.secure).toBe(true);
    const strict = environment({ cleartextMessages: 'discard' });
    expect(evaluate(world, spoken({ from: BEN, inside: TEXT, clear: true }), strict).outcome).toEqual({
      outcome: 'discard',
      reason: 'downgrade',
    });
  });

  it('P11: what is signed too far ahead waits until it is time', () => {
    const at = TEN + LIMITS.ahead + 60_000;
    const inside = groupXml('set', `<add jid='${DAN}'/>`);
    const early = evaluate(world, spoken({ at, now: TEN, inside }), environment());
    expect(early.outcome).toEqual({ outcome: 'hold', reason: 'clock-skew' });
    const later = retry(early.world, G1, environment({}, TEN + 120_000));
    const known = groupOf(later.world, G1);
    expect(known && activeMembers(known)).toContain(DAN);
  });

  it('P11: the time at which the server took a stanza in counts, when it says so', () => {
    const old = TEN - LIMITS.oldest - 1000;
    const incoming = spoken({ from: BEN, inside: TEXT, at: old, now: TEN });
    expect(evaluate(world, incoming, environment()).outcome.outcome).toBe('hold');
    expect(evaluate(world, { ...incoming, delayStamp: old }, environment()).outcome.outcome).toBe('deliver');
  });

  it('the id inside counts, and that it differs is told', () => {
    const payload = elementsOf(elementIn(message('', TEXT)));
    const verdict = verified(payload, BEN, TEN, { innerId: 'inner' });
    const first = evaluate(world, spoken({ from: BEN, id: 'outer', verdict }), environment());
    expect(first.events).toContainEqual({ kind: 'outer-id-differs', group: G1, from: BEN });
    expect(first.events).toContainEqual(expect.objectContaining({ kind: 'message', id: 'inner' }));
  });
});

describe('a wrapper', () => {
  const forwarded = (inner: string) =>
    `<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2026-11-21T09:30:00Z'/>${inner}</forwarded>`;
  const inner = message(`type='chat' ${FROM_BEN}`, TEXT);
  const sent = message(
    `type='chat' from='${ANN}/tablet' to='multicast.example.net' id='mine'`,
    groupXml('part', '<part/>'),
  );
  const wrappers = {
    'a carbon copy': `<received xmlns='urn:xmpp:carbons:2'>${forwarded(inner)}</received>`,
    'a result of the archive': `<result xmlns='urn:xmpp:mam:2' id='1'>${forwarded(inner)}</result>`,
  };

  it.each(Object.entries(wrappers))('%s of mine is opened', (_, wrapper) => {
    const { events } = hear(open, message(`from='${ANN}'`, wrapper));
    expect(events).toMatchObject([{ kind: 'message', text: 'hi', at: Date.parse('2026-11-21T09:30:00Z') }]);
  });

  it.each(Object.entries(wrappers))('P2: %s of somebody else is forged', (_, wrapper) => {
    for (const from of [BEN, OLGA, 'example.net', `${ANN}/x`]) {
      const { outcome, events } = hear(open, message(`from='${from}'`, wrapper));
      expect(outcome).toEqual({ outcome: 'discard', reason: 'forged-wrapper' });
      expect(events).toEqual([]);
    }
  });

  it('of what another device of mine sent: I have left', () => {
    const { world: after } = hear(
      open,
      message(`from='${ANN}'`, `<sent xmlns='urn:xmpp:carbons:2'>${forwarded(sent)}</sent>`),
    );
    expect(groupOf(after, G1)?.my).toBe('parted');
  });

  it('that holds nothing is malformed', () => {
    const empty = message(`from='${ANN}'`, "<sent xmlns='urn:xmpp:carbons:2'/>");
    expect(unwrap(elementIn(empty), ANN)).toEqual({ ok: false, error: 'malformed' });
    expect(unwrap(elementIn("<iq xmlns='jabber:client'/>"), ANN)).toEqual({ ok: false, error: 'malformed' });
  });
});

describe('a group that is forgotten', () => {
  it('takes what was held back for it along', () => {
    const waiting = evaluate(world, spoken({ from: DAN, inside: TEXT }), environment()).world;
    expect(waiting.held).toHaveLength(1);
    const gone = withoutGroup(waiting, G1);
    expect([...gone.groups, ...gone.held]).toEqual([]);
  });
});
