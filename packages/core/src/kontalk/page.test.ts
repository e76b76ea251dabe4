import { describe, expect, it } from 'vitest';
import type { BareJid } from '../jid/index.js';
import { piecesOn } from '../multicast/index.js';
import { bare } from '../testing/jids.js';
import { elementIn } from '../testing/table.js';
import { elementsOf } from '../xml/element.js';
import { serialise } from '../xml/index.js';
import { checkGroup } from './command/check-group.js';
import { readGroup } from './command/read-group.js';
import { writeKontalk } from './containers/content.js';
import { group as groupDeclared } from './elements/group.js';
import { evaluate } from './evaluate/evaluate.js';
import type { KontalkEvent } from './evaluate/incoming.js';
import { activeMembers, recipients } from './model/members.js';
import { emptyWorld, groupOf, type World } from './model/world.js';
import type { Action } from './plan/action.js';
import { type Clear, clearStanza, contentOf, stanzaAround } from './plan/outgoing.js';
import { type Plan, planSend } from './plan/plan-send.js';
import { environment, means, SERVICE, sha256, TEN } from './testing/world.js';

// The titles of these tests are the sentences of the Kontalk page.

const DAVID = bare('david@beta.kontalk.net');
const ALICE = bare('alice@beta.kontalk.net');
const BOB = bare('bob@beta.kontalk.net');
const CHARLIE = bare('charlie@beta.kontalk.net');
const HOST = bare('beta.kontalk.net');
const KEY = { owner: DAVID, id: 'GROUP-ID' };
const OPEN =
  "<group xmlns='http://kontalk.org/extensions/message#group' id='GROUP-ID' owner='david@beta.kontalk.net'";

const stanzaOf = (addressed: readonly string[], group: string, body: string, from: BareJid = DAVID) =>
  elementIn(`<message xmlns='jabber:client' type='chat' from='${from}/home' to='beta.kontalk.net'>
    <addresses xmlns='http://jabber.org/protocol/address'>
    ${addressed.map((name) => `<address type='to' jid='${name}@beta.kontalk.net'/>`).join('')}
    </addresses>${group}<body>${body}</body></message>`);

/** The stanzas of the page, in its order: its example of leaving is David's, who owns the group. */
const CREATE = `${OPEN} type='create'><subject>Our great journey</subject><member jid='alice@beta.kontalk.net'/><member jid='bob@beta.kontalk.net'/></group>`;
const PLAIN = `${OPEN}/>`;
const ADD = `${OPEN} type='set'><subject>Our great journey</subject><add jid='charlie@beta.kontalk.net'/><member jid='alice@beta.kontalk.net'/><member jid='bob@beta.kontalk.net'/></group>`;
const REMOVE = `${OPEN} type='set'><remove jid='charlie@beta.kontalk.net'/></group>`;
const SUBJECT = `${OPEN} type='set'><subject>Our journey continues</subject></group>`;
const PART = `${OPEN}><part/></group>`;

let arrival = TEN;

/** What a member sees of it, as the server delivers it. */
function hears(world: World, group: string, body: string, from: BareJid = DAVID) {
  arrival += 1000;
  const { me } = world;
  const stanza = stanzaOf(['alice', 'bob'], group, body, from);
  const delivered = { ...stanza, attrs: { ...stanza.attrs, to: me } };
  return evaluate(
    world,
    { stanza: delivered, verdict: { kind: 'cleartext' }, receivedAt: arrival },
    environment({}, arrival),
  );
}

const texts = (events: readonly KontalkEvent[]): readonly (string | undefined)[] =>
  events.flatMap((event) => (event.kind === 'message' ? [event.text] : []));

const members = (world: World): readonly string[] => {
  const group = groupOf(world, KEY);
  return group === undefined ? [] : [...activeMembers(group)].sort();
};

/** Alice after what the page shows up to some point. */
const alice = (...groups: readonly string[]): World =>
  groups.reduce((world, group) => hears(world, group, 'x').world, emptyWorld(ALICE));

function planned(world: World, action: Action, changes: Parameters<typeof means>[0] = {}): Plan {
  const service = { ...SERVICE, jid: HOST };
  const plan = planSend(world, action, means({ service, encryption: 'none', ...changes }));
  if (!plan.ok) throw new Error(plan.error.reason);
  return plan.value;
}

const clear = ({ outgoing }: Plan): Clear => {
  if (outgoing.sealed) throw new Error('sealed');
  return outgoing;
};

const groupsIn = (plan: Plan): readonly string[] =>
  plan.outgoing.inside.filter((child) => groupDeclared.is(child)).map((child) => serialise(child));

const created = (): World =>
  planned(emptyWorld(DAVID), {
    op: 'create',
    group: KEY,
    subject: 'Our great journey',
    members: [ALICE, BOB],
  }).world;

describe('the examples are what is sent', () => {
  const withCharlie = () => planned(created(), { op: 'add', group: KEY, members: [CHARLIE] }).world;
  it.each<[string, () => Plan, string, readonly BareJid[]]>([
    [
      'create',
      () =>
        planned(emptyWorld(DAVID), {
          op: 'create',
          group: KEY,
          subject: 'Our great journey',
          members: [ALICE, BOB],
        }),
      CREATE,
      [ALICE, BOB],
    ],
    ['a message', () => planned(created(), { op: 'send', group: KEY, payload: [] }), PLAIN, [ALICE, BOB]],
    [
      'add',
      () => planned(created(), { op: 'add', group: KEY, members: [CHARLIE] }),
      ADD,
      [ALICE, BOB, CHARLIE],
    ],
    [
      'remove',
      () => planned(withCharlie(), { op: 'remove', group: KEY, members: [CHARLIE] }),
      REMOVE,
      [ALICE, BOB, CHARLIE],
    ],
    [
      'subject',
      () => planned(withCharlie(), { op: 'subject', group: KEY, subject: 'Our journey continues' }),
      SUBJECT,
      [ALICE, BOB, CHARLIE],
    ],
    // Released clients know only the type, readers of the page only the child: both are written.
    [
      'part',
      () => planned(withCharlie(), { op: 'part', group: KEY }),
      PART.replace('><part/>', " type='part'><part/>"),
      [ALICE, BOB, CHARLIE],
    ],
  ])('%s', (_, plan, group, addressed) => {
    const sent = plan();
    expect(groupsIn(sent)).toEqual([serialise(elementIn(group))]);
    expect(sent.outgoing.route).toMatchObject({ service: { jid: HOST }, type: 'to', batches: [addressed] });
    const [stanza] = piecesOn(sent.outgoing.route, clearStanza(clear(sent))).map((piece) => piece.stanza);
    expect(stanza?.attrs).toMatchObject({ type: 'chat', to: HOST });
    const bodiless = stanzaOf(
      addressed.map((jid) => jid.replace(/@.*/, '')),
      group,
      '',
    );
    expect(
      elementsOf(stanza ?? bodiless)
        .slice(0, 2)
        .map((child) => serialise(child)),
    ).toEqual(
      elementsOf(bodiless)
        .slice(0, 2)
        .map((child) => serialise(child, 'jabber:client')),
    );
  });

  it.each([
    ['create', CREATE],
    ['a message', PLAIN],
    ['add', ADD],
    ['remove', REMOVE],
    ['subject', SUBJECT],
    ['part', PART],
  ])('%s is in order for the strict reader', (_, group) => {
    const element = groupDeclared.parse(elementIn(group));
    expect(element.ok && checkGroup(element.value)).toEqual(element.ok && readGroup(element.value));
    expect(element.ok && checkGroup(element.value).ok).toBe(true);
  });
});

describe('the examples are understood by a member', () => {
  it('"A user who wants to initiate a group sends a group opening command with the type create"', () => {
    const { outcome, world, events } = hears(emptyWorld(ALICE), CREATE, 'Hey folks!');
    expect(outcome).toEqual({ outcome: 'apply-command' });
    expect(members(world)).toEqual([ALICE, BOB, DAVID]);
    expect(groupOf(world, KEY)?.subject).toBe('Our great journey');
    expect(texts(events)).toEqual(['Hey folks!']);
  });

  it('"an opening message can be sent using a body child, but it\'s entirely optional"', () => {
    const stanza = elementIn(
      `<message xmlns='jabber:client' type='chat' from='${DAVID}/home' to='${ALICE}'>${CREATE}</message>`,
    );
    const { outcome, events } = evaluate(
      emptyWorld(ALICE),
      { stanza, verdict: { kind: 'cleartext' }, receivedAt: TEN },
      environment(),
    );
    expect(outcome).toEqual({ outcome: 'apply-command' });
    expect(texts(events)).toEqual([]);
  });

  it('"indicating a group ID and optionally a group subject"', () => {
    const { world } = hears(emptyWorld(ALICE), CREATE.replace(/<subject>.*<\/subject>/, ''), 'x');
    expect(groupOf(world, KEY)).toMatchObject({ my: 'member', subject: null });
  });

  it('"Any user that wants to send a message to the group can send a normal message stanza"', () => {
    const { events, outcome } = hears(alice(CREATE), PLAIN, 'What is going on?', BOB);
    expect(outcome).toEqual({ outcome: 'deliver' });
    expect(texts(events)).toEqual(['What is going on?']);
  });

  it('"The group creator can change group settings": adding', () => {
    const { world, events } = hears(alice(CREATE), ADD, 'Welcome Charlie!');
    expect(members(world)).toEqual([ALICE, BOB, CHARLIE, DAVID]);
    expect(texts(events)).toEqual(['Welcome Charlie!']);
  });

  it('"including subject and list of all members": the new one knows the whole group', () => {
    const { world, outcome } = hears(emptyWorld(CHARLIE), ADD, 'Welcome Charlie!');
    expect(outcome).toEqual({ outcome: 'apply-command' });
    expect(members(world)).toEqual([ALICE, BOB, CHARLIE, DAVID]);
    expect(groupOf(world, KEY)).toMatchObject({ subject: 'Our great journey', complete: true });
  });

  it('"The group creator can change group settings": removing', () => {
    const { world, events } = hears(alice(CREATE, ADD), REMOVE, "Sorry Charlie, you're out.");
    expect(members(world)).toEqual([ALICE, BOB, DAVID]);
    expect(texts(events)).toEqual(["Sorry Charlie, you're out."]);
  });

  it('the one who is removed reads why, and nothing after it', () => {
    const charlie = hears(emptyWorld(CHARLIE), ADD, 'x').world;
    const removed = hears(charlie, REMOVE, "Sorry Charlie, you're out.");
    expect(groupOf(removed.world, KEY)?.my).toBe('kicked');
    expect(texts(removed.events)).toEqual(["Sorry Charlie, you're out."]);
    expect(hears(removed.world, PLAIN, 'gone?', BOB).outcome).toMatchObject({ reason: 'self-not-member' });
  });

  it('"The group creator can change group settings": the subject', () => {
    const { world, events } = hears(alice(CREATE), SUBJECT, 'Keep on rocking!');
    expect(groupOf(world, KEY)?.subject).toBe('Our journey continues');
    expect(texts(events)).toEqual(['Keep on rocking!']);
  });

  it('"If a user wants to leave a group, the user must send a part command"', () => {
    const { world, events } = hears(alice(CREATE), PART, 'Goodbye!', BOB);
    expect(members(world)).toEqual([ALICE, DAVID]);
    expect(texts(events)).toEqual(['Goodbye!']);
  });

  it("the example of leaving, which is the owner's", () => {
    const { world } = hears(alice(CREATE), PART, 'Goodbye!');
    expect(members(world)).toEqual([ALICE, BOB]);
    expect(groupOf(world, KEY)?.ownerState).toBe('parted');
  });

  it('"they should not consider the sender to be part of the group anymore and stop sending messages to that user"', () => {
    const { world } = hears(alice(CREATE), PART, 'Goodbye!', BOB);
    const group = groupOf(world, KEY);
    expect(group && recipients(group)).toEqual([DAVID]);
    expect(hears(world, PLAIN, 'still here', BOB).outcome).toMatchObject({ reason: 'non-member' });
  });
});

describe('sentences without an example', () => {
  it('"All messages are multicasted to the other participants through XEP-0033"', () => {
    const { outgoing } = planned(created(), { op: 'send', group: KEY, payload: [] });
    expect(outgoing.route).toMatchObject({ service: { jid: HOST }, type: 'to', batches: [[ALICE, BOB]] });
  });

  it.each([
    ['id', "<group xmlns='http://kontalk.org/extensions/message#group' owner='david@beta.kontalk.net'/>"],
    ['owner', "<group xmlns='http://kontalk.org/extensions/message#group' id='GROUP-ID'/>"],
  ])('"must always include a group ID and the JID of the owner": without %s', (_, group) => {
    expect(hears(alice(CREATE), group, 'x', BOB).outcome).toMatchObject({ reason: 'malformed' });
  });

  it('"All messages must be sent to the entity called [hostname]": or to another service that was found', () => {
    const service = { ...SERVICE, jid: bare('multicast.beta.kontalk.net') };
    const { outgoing } = planned(created(), { op: 'send', group: KEY, payload: [] }, { service });
    expect(outgoing.route).toMatchObject({ service: { jid: 'multicast.beta.kontalk.net' } });
  });

  it('"XEP-0033 - which will be stripped out by the server": with or without the list it is the same', () => {
    const stanza = stanzaOf(['alice', 'bob'], CREATE, 'x');
    const stripped = { ...stanza, children: stanza.children.slice(1) };
    const worlds = [stanza, stripped].map(
      (one) =>
        evaluate(
          emptyWorld(ALICE),
          { stanza: one, verdict: { kind: 'cleartext' }, receivedAt: TEN },
          environment(),
        ).world,
    );
    expect(worlds[0]).toEqual(worlds[1]);
  });

  it('"The group ID and owner must be included in every message"', () => {
    const known = created();
    const actions: readonly Action[] = [
      { op: 'send', group: KEY, payload: [] },
      { op: 'chat-state', group: KEY, state: 'composing' },
      { op: 'add', group: KEY, members: [CHARLIE] },
      { op: 'remove', group: KEY, members: [BOB] },
      { op: 'subject', group: KEY, subject: 'x' },
      { op: 'part', group: KEY },
      { op: 'handover', group: KEY, to: BOB },
      { op: 'snapshot', group: KEY, to: BOB },
    ];
    for (const action of actions) {
      expect(groupsIn(planned(known, action)).join()).toContain(
        "id='GROUP-ID' owner='david@beta.kontalk.net'",
      );
    }
  });

  describe.each<[string, World]>([
    ['member', alice(CREATE)],
    ['after the owner left', alice(CREATE, PART)],
    ['after being removed', alice(CREATE, REMOVE.replace('charlie', 'alice'))],
    ['subject set', alice(CREATE, SUBJECT)],
  ])('the three rules, %s', (_, world) => {
    const before = groupOf(world, KEY);

    it.each([ADD, REMOVE, SUBJECT, CREATE])(
      '"Ignoring add/remove group commands from any user but the owner"',
      (command) => {
        for (const from of [BOB, ALICE, CHARLIE]) {
          const after = hears(world, command, 'x', from);
          expect(after.outcome).toEqual({ outcome: 'discard', reason: 'not-owner' });
          expect(groupOf(after.world, KEY)).toEqual(before);
          expect(texts(after.events)).toEqual([]);
        }
      },
    );

    it.each([PLAIN, PART, SUBJECT, REMOVE])(
      '"Ignoring any message stanza that has a group ID but a different owner than the one expected"',
      (command) => {
        const other = command.replace('david@', 'bob@');
        const after = hears(world, other, 'x', BOB);
        expect(after.outcome).toEqual({ outcome: 'discard', reason: 'owner-mismatch' });
        expect(after.world).toEqual(world);
        expect(after.events).toEqual([]);
      },
    );

    it.each([PLAIN, PART, `${OPEN} type='promote'/>`])(
      '"Discarding any messages from non-members"',
      (command) => {
        const after = hears(world, command, 'x', CHARLIE);
        expect(after.outcome.outcome).toBe('discard');
        expect(after.events).toEqual([]);
        expect(members(after.world)).toEqual(members(world));
      },
    );
  });

  it('"The only thing that must be kept in cleartext is the XEP-0033 address list"', () => {
    const plan = planned(
      created(),
      { op: 'subject', group: KEY, subject: 'a secret' },
      { encryption: 'openpgp' },
    );
    const { outgoing } = plan;
    if (!outgoing.sealed) throw new Error('not sealed');
    const container = elementIn("<e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>AAAA</e2e>");
    const sealed = stanzaAround(outgoing, 'kontalk', [container]);
    expect(piecesOn(outgoing.route, sealed).map(({ stanza }) => serialise(stanza))).toEqual([
      `<message xmlns='jabber:client' id='${outgoing.id}' type='chat' to='beta.kontalk.net'>` +
        "<addresses xmlns='http://jabber.org/protocol/address'>" +
        "<address type='to' jid='alice@beta.kontalk.net'/><address type='to' jid='bob@beta.kontalk.net'/>" +
        "</addresses><body>(encrypted)</body><e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>AAAA</e2e></message>",
    ]);
  });

  it('"group ID and all other information can and should be encrypted"', () => {
    const { outgoing } = planned(
      created(),
      { op: 'subject', group: KEY, subject: 'a secret' },
      { encryption: 'openpgp' },
    );
    if (!outgoing.sealed) throw new Error('not sealed');
    const inner = writeKontalk(contentOf(outgoing, ''), '<david@beta.kontalk.net>', []);
    for (const part of ['GROUP-ID', 'david@beta.kontalk.net', 'a secret', outgoing.id]) {
      expect(inner).toContain(part);
    }
  });

  it('"All group stanzas are encrypted using a multirecipient key": to everybody it goes to', () => {
    const { outgoing } = planned(
      created(),
      { op: 'send', group: KEY, payload: [] },
      { encryption: 'openpgp', ownDevices: true },
    );
    expect(outgoing.sealed).toBe(true);
    expect(outgoing.recipients).toEqual([ALICE, BOB, DAVID]);
  });

  it('an encrypted stanza is read from the inside', () => {
    const payload = elementsOf(elementIn(`<message xmlns='jabber:client'>${CREATE}</message>`));
    const stanza = stanzaOf(['alice', 'bob'], '', '(encrypted)');
    const { world } = evaluate(
      emptyWorld(ALICE),
      {
        stanza,
        verdict: { kind: 'verified', payload, signedTime: TEN, payloadHash: sha256('x'), signer: 'D' },
        receivedAt: TEN,
      },
      environment(),
    );
    expect(members(world)).toEqual([ALICE, BOB, DAVID]);
    expect(groupOf(world, KEY)?.secure).toBe(true);
  });
});
