import fc from 'fast-check';
import type { BareJid } from '../../jid/index.js';
import { elementIn } from '../../testing/table.js';
import { elementsOf } from '../../xml/element.js';
import type { Incoming } from '../evaluate/incoming.js';
import type { GroupState } from '../model/group.js';
import type { World } from '../model/world.js';
import {
  ANN,
  BEN,
  CLEO,
  DAN,
  group,
  groupXml,
  MALLORY,
  NINE,
  OLGA,
  sha256,
  TEN,
  worldWith,
} from './world.js';

const EVERYBODY = [OLGA, ANN, BEN, CLEO, DAN, MALLORY];
const names = fc.constantFrom(...EVERYBODY);

const children = fc.oneof(
  names.map((jid) => `<add jid='${jid}'/>`),
  names.map((jid) => `<remove jid='${jid}'/>`),
  names.map((jid) => `<member jid='${jid}'/>`),
  fc.constantFrom(
    '<subject>pwned</subject>',
    '<subject/>',
    '<part/>',
    '<x/>',
    "<add xmlns='urn:x' jid='a@b'/>",
  ),
);
const types = fc.constantFrom(undefined, 'create', 'set', 'part', '', 'get', 'promote');
const besides = fc.constantFrom(
  '',
  '<body>text</body>',
  "<composing xmlns='http://jabber.org/protocol/chatstates'/>",
  "<state xmlns='urn:xmpp-groups:kontalk:0' rev='9' hash='sha-256:x'/>",
  "<sync-request xmlns='urn:xmpp-groups:kontalk:0' rev='1'/>",
  "<handover xmlns='urn:xmpp-groups:kontalk:0' to='mallory@example.net'/>",
  "<left xmlns='urn:xmpp-groups:kontalk:0' t='2026-11-21T09:30:00Z'/>",
);

const elements = fc
  .record({
    type: types,
    children: fc.array(children, { maxLength: 5 }),
    id: fc.constantFrom('g1', 'g1', 'g1', 'g2'),
    owner: fc.constantFrom(OLGA, OLGA, OLGA, BEN, MALLORY),
  })
  .map(({ type, children: inside, id, owner }) => groupXml(type, inside.join(''), id, owner));

/** Stanzas of all kinds, of these senders: signed, in clear, or what could not be read. */
export const stanzas = (senders: readonly BareJid[]): fc.Arbitrary<Incoming> =>
  fc
    .record({
      from: fc.constantFrom(...senders),
      id: fc.constantFrom(undefined, 'a', 'b', 'c', 'd', 'e', 'f'),
      inside: fc.tuple(elements, besides).map((parts) => parts.join('')),
      outside: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, elements),
      verdict: fc.constantFrom('verified', 'verified', 'verified', 'cleartext', 'failed', 'pending'),
      minutes: fc.integer({ min: -120, max: 120 }),
      key: fc.constantFrom('key', 'key', 'key', 'other key'),
      type: fc.constantFrom('chat', 'chat', 'chat', 'normal', 'groupchat', 'error'),
    })
    // In clear and without an id nothing tells a stanza from one that says the same.
    .filter(({ id, verdict }) => id !== undefined || verdict !== 'cleartext')
    .map(({ from, id, inside, outside, verdict, minutes, key, type }): Incoming => {
      const at = TEN + minutes * 60_000;
      const text = (all: string): string =>
        `<message xmlns='jabber:client' type='${type}' from='${from}/x'${id === undefined ? '' : ` id='${id}'`}>${all}</message>`;
      const payload = elementsOf(elementIn(text(inside)));
      return {
        stanza: elementIn(text(verdict === 'cleartext' ? inside : outside)),
        receivedAt: at,
        verdict:
          verdict === 'verified'
            ? {
                kind: 'verified',
                payload,
                signedTime: at,
                payloadHash: sha256(`${from} ${at} ${inside}`),
                signer: `${key} of ${from}`,
              }
            : verdict === 'cleartext'
              ? { kind: 'cleartext' }
              : verdict === 'failed'
                ? { kind: 'failed', reason: 'bad-signature' }
                : { kind: 'pending', reason: 'no-key' },
      };
    });

const states: readonly Partial<GroupState>[] = [
  {},
  { secure: false },
  { ownerState: 'parted' },
  { my: 'parted', myExit: NINE },
  { my: 'kicked', myExit: NINE },
  { my: 'invited' },
  { suspect: true, rev: 3 },
];

/** Ann's world with the group in one of the states that it can be in. */
export const worlds: fc.Arbitrary<World> = fc
  .constantFrom(...states)
  .map((changes) => worldWith(group(changes)));
export { EVERYBODY };
