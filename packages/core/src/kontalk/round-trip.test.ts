import { describe, expect, it } from 'vitest';
import type { BareJid } from '../jid/index.js';
import { deliveredCopy } from '../multicast/index.js';
import { elementIn } from '../testing/table.js';
import { elementsOf, serialise, type XmlElement } from '../xml/index.js';
import { containerElements, containerIn } from './containers/container.js';
import { type Draft, writeKontalk } from './containers/content.js';
import type { ContainerForm } from './containers/open-pgp.js';
import { seal } from './containers/seal.js';
import { utf8Of } from './containers/utf8.js';
import { type Evaluation, evaluate } from './evaluate/evaluate.js';
import { openIncoming } from './evaluate/open-incoming.js';
import { chooseKeys } from './keys/choose-keys.js';
import { emptyGroup, type GroupState } from './model/group.js';
import { activeMembers } from './model/members.js';
import { groupOf, withGroup } from './model/world.js';
import type { Action } from './plan/action.js';
import { knownKeyOf, passedOn } from './testing/openpgp-js.js';
import {
  exchange,
  get,
  libraryOf,
  type Service,
  secretOf,
  send,
  signerOf,
  type Wire,
  wire,
  worldOf,
} from './testing/round-trip.js';
import { ANN, BEN, DAN, environment, G1, groupXml, OLGA } from './testing/world.js';

const CREATE: Action = { op: 'create', group: G1, subject: 'Sailing', members: [ANN, BEN] };
const REMOVE_BEN = groupXml('set', `<remove jid='${BEN}'/>`);
const saying = (text: string): Action => ({
  op: 'send',
  group: G1,
  payload: [elementIn(`<body xmlns='jabber:client'>${text}</body>`)],
});

const group = (net: Wire, jid: BareJid): GroupState | undefined => groupOf(worldOf(net, jid), G1);
const members = (net: Wire, jid: BareJid): readonly string[] => {
  const known = group(net, jid);
  return known === undefined ? [] : [...activeMembers(known)].sort();
};
const texts = (evaluation: Evaluation | undefined): readonly (string | undefined)[] =>
  (evaluation?.events ?? []).flatMap((event) => (event.kind === 'message' ? [event.text] : []));
const elementsIn = (text: string): readonly XmlElement[] =>
  elementsOf(elementIn(`<message xmlns='jabber:client'>${text}</message>`));
const copyFor = (copies: readonly XmlElement[], jid: BareJid): XmlElement => {
  const found = copies.find(({ attrs }) => attrs.to === jid);
  if (found === undefined) throw new Error(`nothing for ${jid}`);
  return found;
};

const FORMS: readonly ContainerForm[] = ['kontalk', 'openpgp'];
const SERVICES: readonly Service[] = ['leaves the list', 'strips the list', 'none'];

describe.each(FORMS.flatMap((form) => SERVICES.map((service) => [form, service] as const)))(
  'three members, in the form of %s, a service that %s',
  (form, service) => {
    it('agree on everything, and the wire says nothing of it', async () => {
      const net = wire(form, service);
      const created = await exchange(net, OLGA, CREATE);
      expect([...created.values()].map(({ outcome }) => outcome.outcome)).toEqual([
        'apply-command',
        'apply-command',
      ]);
      for (const jid of [OLGA, ANN, BEN]) {
        expect(members(net, jid)).toEqual([ANN, BEN, OLGA]);
        expect(group(net, jid)).toMatchObject({ subject: 'Sailing', secure: true });
      }

      const copies = await send(net, ANN, saying('Saturday?'));
      expect(copies.map(({ attrs }) => attrs.to).sort()).toEqual([BEN, OLGA]);
      for (const copy of copies) {
        expect(serialise(copy)).not.toMatch(/Saturday|'g1'|message#group|urn:xmpp-groups/);
        expect(deliveredCopy(copy).listed).toHaveLength(service === 'leaves the list' ? 2 : 0);
      }
      const got = await get(net, BEN, copyFor(copies, BEN));
      expect(got.outcome).toEqual({ outcome: 'deliver' });
      expect(got.events).toMatchObject([
        { kind: 'message', from: `${ANN}/phone`, text: 'Saturday?', encrypted: true },
      ]);
      expect(texts(await get(net, OLGA, copyFor(copies, OLGA)))).toEqual(['Saturday?']);

      await exchange(net, OLGA, { op: 'subject', group: G1, subject: 'Rowing' });
      const removal = await exchange(net, OLGA, { op: 'remove', group: G1, members: [BEN] });
      expect([...removal.keys()].sort()).toEqual([ANN, BEN]);
      expect(group(net, BEN)?.my).toBe('kicked');
      const after = await send(net, OLGA, saying('without Ben'));
      expect(after.map(({ attrs }) => attrs.to)).toEqual([ANN]);
      const [only] = after;
      if (only === undefined) throw new Error('nothing was sent');
      const stolen = await get(net, BEN, { ...only, attrs: { ...only.attrs, to: BEN } });
      expect(stolen.outcome).toEqual({ outcome: 'hold', reason: 'undecryptable' });
      expect(texts(await get(net, ANN, only))).toEqual(['without Ben']);
      await exchange(net, ANN, { op: 'part', group: G1 });
      expect(members(net, OLGA)).toEqual([OLGA]);
      for (const jid of [OLGA, ANN]) expect(group(net, jid)?.subject).toBe('Rowing');
    });
  },
);

describe.each(FORMS)('attacks on three members, in the form of %s', (form) => {
  /** The three of them, with the copies of the creation. */
  async function started(changes: Partial<Wire> = {}) {
    const net = wire(form, 'leaves the list', changes);
    const copies = await send(net, OLGA, CREATE);
    for (const jid of [ANN, BEN]) await get(net, jid, copyFor(copies, jid));
    return { net, copies };
  }

  /** A stanza that says what it likes of its sender, with a container that `signer` has made. */
  async function made(net: Wire, from: BareJid, signer: BareJid, inside: string, to: BareJid = ANN) {
    const draft: Draft = { id: 'f1', payload: elementsIn(inside), at: net.now, padding: 'some' };
    const keys = chooseKeys([to], net.keysOf, form);
    if (!keys.ok) throw new Error(keys.error.kind);
    const claimed = { ...signerOf(net, signer), jid: from, userIds: signerOf(net, from).userIds };
    const sealed = await seal(draft, form, keys.value, claimed, libraryOf(signer));
    if (!sealed.ok) throw new Error(sealed.error.kind);
    const stanza = elementIn(
      `<message xmlns='jabber:client' type='chat' id='f1' from='${from}/x' to='${to}'/>`,
    );
    return { ...stanza, children: sealed.value };
  }

  /** Ann gets something that must not change anything. */
  async function refused(net: Wire, stanza: XmlElement) {
    const before = group(net, ANN);
    const evaluation = await get(net, ANN, stanza);
    expect(group(net, ANN)).toEqual(before);
    expect(texts(evaluation)).toEqual([]);
    return evaluation;
  }

  it('16: a forged owner: his address, and the key of a member', async () => {
    const { net } = await started();
    const { outcome } = await refused(net, await made(net, OLGA, BEN, REMOVE_BEN));
    expect(outcome).toEqual({ outcome: 'discard', reason: 'bad-signature' });
    expect((await get(net, ANN, await made(net, OLGA, OLGA, REMOVE_BEN))).outcome.outcome).toBe(
      'apply-command',
    );
  });

  it('16: a member who gives a command in his own name is told of', async () => {
    const { net } = await started();
    const { outcome, events } = await refused(net, await made(net, BEN, BEN, REMOVE_BEN));
    expect(outcome).toEqual({ outcome: 'discard', reason: 'not-owner' });
    expect(events).toEqual([{ kind: 'command-forged', group: G1, by: BEN, asMe: false }]);
  });

  it('16: another key of the owner, which nobody has confirmed, gives no commands', async () => {
    const { net } = await started();
    const known = [{ ...knownKeyOf(secretOf(DAN).toPublic()), userIds: signerOf(net, OLGA).userIds }];
    const stolen = { ...net, keysOf: (jid: BareJid) => (jid === OLGA ? known : net.keysOf(jid)) };
    const forged = await made(stolen, OLGA, DAN, REMOVE_BEN);
    const { outcome } = await refused(stolen, forged);
    expect(outcome).toEqual({ outcome: 'hold', reason: 'owner-key-changed' });
    const doubted = known.map((key) => ({ ...key, standing: 'unconfirmed' as const }));
    const { outcome: earlier } = await refused({ ...stolen, keysOf: () => doubted }, forged);
    expect(earlier).toEqual({ outcome: 'hold', reason: 'unconfirmed-key' });
  });

  it('16: a copy from my own account is held against who wrote what is in it', async () => {
    const { net } = await started();
    // What I signed myself, on a wrapper of my server, around a message that says to be from the owner.
    const mine = await made(net, ANN, ANN, REMOVE_BEN);
    const wrapped = (children: string) =>
      elementIn(`<message xmlns='jabber:client' from='${ANN}' to='${ANN}/x'>
        <received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>
        <message xmlns='jabber:client' type='chat' id='c' from='${OLGA}/x' to='${ANN}'>${children}</message>
        </forwarded></received></message>`);
    const beside = wrapped('<body>x</body>');
    const { outcome } = await refused(net, { ...beside, children: [...beside.children, ...mine.children] });
    expect(outcome.outcome).not.toBe('apply-command');
    const inside = wrapped(
      elementsOf(mine)
        .map((child) => serialise(child))
        .join(''),
    );
    expect((await refused(net, inside)).outcome).toEqual({ outcome: 'discard', reason: 'bad-signature' });
    const forged = { ...inside, attrs: { ...inside.attrs, from: 'mallory@example.net' } };
    expect((await refused(net, forged)).outcome).toEqual({ outcome: 'discard', reason: 'forged-wrapper' });
  });

  it('17: the signed creation, passed on to somebody whom it was not for', async () => {
    const { net, copies } = await started();
    const message = containerIn(elementsOf(copyFor(copies, BEN)))?.message ?? new Uint8Array();
    const again = await passedOn(message, secretOf(BEN), secretOf(DAN).toPublic());
    const stanza = elementIn(
      `<message xmlns='jabber:client' type='chat' id='p1' from='${OLGA}/x' to='${DAN}'/>`,
    );
    const { outcome, world } = await get(net, DAN, { ...stanza, children: containerElements(form, again) });
    expect(outcome).toEqual({ outcome: 'discard', reason: 'wrong-recipient' });
    expect(world.groups.length).toBe(0);
  });

  it('19: a member whose name would break the headers breaks nothing for anybody', async () => {
    const hostile = `Ann; Mallory <mallory@example.net>;\nFrom: Mallory <mallory@example.net>\n\n <${ANN}>`;
    const honest = wire(form, 'none');
    const keysOf = (jid: BareJid) =>
      honest.keysOf(jid).map((key) => (jid === ANN ? { ...key, userIds: [hostile, `xmpp:${ANN}`] } : key));
    const { net } = await started({ keysOf });
    expect(members(net, ANN)).toEqual([ANN, BEN, OLGA]);
    expect(members(net, BEN)).toEqual([ANN, BEN, OLGA]);
    const said = await exchange(net, ANN, saying('it is me'));
    expect([...said.values()].map(texts)).toEqual([['it is me'], ['it is me']]);
  });

  it('3: a command in clear beside a genuine encrypted message', async () => {
    const { net } = await started();
    const copy = copyFor(await send(net, OLGA, saying('hello')), ANN);
    const forged = { ...copy, children: [...copy.children, ...elementsIn(REMOVE_BEN)] };
    const { outcome, events } = await get(net, ANN, forged);
    expect(outcome).toEqual({ outcome: 'deliver' });
    expect(events.map(({ kind }) => kind).sort()).toEqual(['message', 'outer-group-differs']);
    expect(members(net, ANN)).toContain(BEN);
  });

  it('2, 4: a command in clear alone, or beside what nobody can read', async () => {
    const { net } = await started();
    const clear = elementIn(
      `<message xmlns='jabber:client' type='chat' id='c' from='${OLGA}/x' to='${ANN}'>${REMOVE_BEN}</message>`,
    );
    expect((await refused(net, clear)).outcome).toEqual({ outcome: 'discard', reason: 'downgrade' });
    const garbage = containerElements(form, utf8Of('garbage'));
    const both = { ...clear, children: [...garbage, ...clear.children] };
    expect((await refused(net, both)).outcome).toEqual({ outcome: 'hold', reason: 'undecryptable' });
  });

  it('5: a replay, with its id and with another one, of a message and of a command', async () => {
    const { net, copies } = await started();
    const said = copyFor(await send(net, BEN, saying('once')), ANN);
    expect(texts(await get(net, ANN, said))).toEqual(['once']);
    for (const copy of [said, copyFor(copies, ANN)]) {
      for (const id of [copy.attrs.id, 'another']) {
        const { outcome } = await refused(net, { ...copy, attrs: { ...copy.attrs, id } });
        expect(outcome).toEqual({ outcome: 'discard', reason: 'duplicate' });
      }
    }
    // Not even when it is forgotten: the owner's time goes on.
    await exchange(net, OLGA, { op: 'remove', group: G1, members: [BEN] });
    const known = group(net, ANN);
    if (known === undefined) throw new Error('no group');
    const forgetful = { ...known, seen: emptyGroup(known.key, ANN).seen };
    const world = withGroup(worldOf(net, ANN), forgetful);
    const opening = { me: ANN, receivedAt: net.now, keysOf: net.keysOf };
    const incoming = await openIncoming(copyFor(copies, ANN), opening, libraryOf(ANN));
    const { outcome } = evaluate(world, incoming, environment({}, net.now));
    expect(outcome).toEqual({ outcome: 'discard', reason: 'stale' });
  });

  it('a payload that was changed on the way', async () => {
    const { net } = await started();
    const copy = copyFor(await send(net, OLGA, { op: 'remove', group: G1, members: [BEN] }), ANN);
    const message = containerIn(elementsOf(copy))?.message ?? new Uint8Array();
    for (const place of [message.length - 1, message.length - 100]) {
      const changed = message.map((byte, at) => (at === place ? byte ^ 1 : byte));
      const { outcome } = await refused(net, { ...copy, children: containerElements(form, changed) });
      expect(outcome).toEqual({ outcome: 'discard', reason: 'bad-signature' });
    }
  });

  it('18: a text alone belongs to no group, whatever stands around it', async () => {
    const { net } = await started();
    const text = writeKontalk({ id: 't', payload: [], at: net.now, padding: '' }, `<${OLGA}>`, [`<${ANN}>`])
      .replace(/application\/xmpp\+xml/, 'text/plain')
      .replace(/<xmpp[\s\S]*$/, 'a text for two');
    const sealed = await libraryOf(OLGA).encrypt(utf8Of(text), {
      to: [signerOf(net, ANN).fingerprint],
      signer: signerOf(net, OLGA).fingerprint,
      userId: '',
      form: 'kontalk',
    });
    if (!sealed.ok) throw new Error(sealed.error.kind);
    const stanza = elementIn(
      `<message xmlns='jabber:client' type='chat' id='t' from='${OLGA}/x' to='${ANN}'/>`,
    );
    const children = [...containerElements('kontalk', sealed.value), ...elementsIn(groupXml(undefined))];
    const { outcome } = await refused(net, { ...stanza, children });
    expect(outcome).toEqual({ outcome: 'ignore', reason: 'no-group' });
  });
});
