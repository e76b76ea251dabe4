import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localpartOf } from '../../jid/index.js';
import { NS } from '../../xml/namespaces.js';
import { escapeAttribute, serialise } from '../../xml/serialise.js';
import type { GroupCommand } from '../command.js';
import { type Group, type Member, memberByJid } from '../model/group.js';
import { permits } from '../model/rights.js';
import { bareJid } from '../testing/clockwork.js';
import { CONDUCT, type Turn } from '../testing/conduct.js';
import { commandIn, type GroupDriver, groupDriver, type Sent } from '../testing/group-driver.js';
import { ball, LAURA, MASKS, named, PLACES, SPELLINGS, TYBALT } from '../testing/masks.js';
import { all, has } from '../testing/reading.js';
import { bare, grant, iqXml, JULIET, memberOf, NURSE, PARIS, ROMEO } from '../testing/scenes.js';

type Kind = GroupCommand['kind'];

const isKind = (word: string): word is Kind => Object.hasOwn(CONDUCT, word);
const KINDS = Object.keys(CONDUCT).filter(isKind);

const oneOf = <T>(things: readonly T[], pick: number): T => {
  const thing = things[pick % things.length];
  if (thing === undefined) throw new Error('nothing to choose from');
  return thing;
};

type Step = Omit<Turn, 'driver' | 'address' | 'element' | 'say' | 'run'> & {
  readonly kind: Kind;
  readonly act: number;
  readonly spelling: number;
  readonly place: number;
};

/** Lets somebody do something. Gives what it set off, what he wrote, and which commands it was. */
function play(driver: GroupDriver, step: Step) {
  const sent: Sent[] = [];
  const wrote: string[] = [];
  const kinds: (Kind | undefined)[] = [];
  const passed = driver.passed.length;
  const address = escapeAttribute(oneOf(SPELLINGS, step.spelling)(bare(step.about)));
  oneOf(
    CONDUCT[step.kind],
    step.act,
  )({
    ...step,
    driver,
    address,
    element: oneOf(PLACES, step.place)(address),
    say: (xml) => {
      wrote.push(xml);
      kinds.push(commandIn(xml)?.kind);
      sent.push(...driver.send(xml));
    },
    run: (command) => {
      kinds.push(command.kind);
      sent.push(...driver.command(command));
    },
  });
  // What is for a private chat is answered from there.
  for (const each of driver.passed.slice(passed)) {
    const chat = groupDriver(localpartOf(each.to), driver.env);
    sent.push(...chat.receive(each));
  }
  return { sent, wrote: wrote.join('\n'), kinds };
}

const memberCalled = (group: Group, id: string): Member | undefined => group.members.get(id);

/**
 * What the members may know of each other because they told it, kept without a look at how the group does it: from
 * what was asked for, and whether it was refused.
 */
function acquaintance() {
  const known = new Set<string>();
  const waiting = new Map<string, string>();
  const meet = (one: string, other: string): void => {
    known.add(`${one} of ${other}`).add(`${other} of ${one}`);
    waiting.delete(`${one} to ${other}`);
    waiting.delete(`${other} to ${one}`);
  };
  return {
    knows: (one: string, other: string): boolean => known.has(`${one} of ${other}`),
    met: () => known.size,
    /** Somebody did what `wrote` says, if it is about a disclosure. */
    hear(group: Group, wrote: string): void {
      const who = bare(/from='(?<from>[^']*)'/u.exec(wrote)?.groups?.from ?? '');
      const asked =
        /<disclosure [^>]*type='(?<type>\w+)'><recipient id='(?<id>\w+)'/u.exec(wrote) ??
        /'member'><value>(?<id>\w+)<.*'step'><value>(?<type>\w+)</u.exec(wrote);
      const { type, id = '' } = asked?.groups ?? {};
      const other = memberCalled(group, id)?.jid;
      if (type === undefined || other === undefined) return;
      const back = waiting.get(`${other} to ${who}`);
      if (type === 'decline') waiting.delete(`${other} to ${who}`);
      else if (back !== undefined) meet(who, other);
      else if (type === 'accept') throw new Error(`${who} accepted what ${other} did not want`);
      else {
        waiting.set(`${who} to ${other}`, type);
        if (type === 'offer') known.add(`${other} of ${who}`);
      }
    },
    /** Those who are gone want nothing any more. */
    forget(group: Group): void {
      for (const pair of waiting.keys()) {
        const there = pair.split(' to ').every((jid) => {
          return memberByJid(group, bareJid(jid))?.subscription === 'both';
        });
        if (!there) waiting.delete(pair);
      }
    },
  };
}

const ownersOf = (group: Group, now: number): ReadonlySet<string> =>
  new Set(
    [...group.members.values()].filter(({ rights }) => permits(rights, 'owner', now)).map(({ jid }) => jid),
  );

/** What says who the members are, or were, in either generation of the protocol. */
const LISTS = [NS.groupsMembers, NS.groupsBlock, NS.groupsV0Members, NS.groupsV0Rights];

/**
 * Where the JIDs of others may stand, and to whom (reference 6.9, 8.1, 13.6):
 * - owners see those of all in the list of members, of who is blocked and of who is invited;
 * - who has invited somebody sees his invitations;
 * - what a member was told by another one himself stands in the message that tells it, and in the ad-hoc command;
 * - an error may repeat what its recipient has just written.
 * What people type into bodies, reasons and names of the group is their own affair, and not tried here.
 */
function allowed(
  { to, stanza }: Sent,
  jid: string,
  {
    group,
    owners,
    knows,
    wrote,
  }: {
    readonly group: Group;
    readonly owners: ReadonlySet<string>;
    readonly knows: (one: string, other: string) => boolean;
    readonly wrote: string;
  },
): boolean {
  const reader = bare(to);
  if (stanza.attrs.type === 'error') return named(wrote).map(bare).includes(jid);
  const isOwner = owners.has(reader);
  if (LISTS.some((list) => has(stanza, `query ${list}`))) return isOwner;
  if (has(stanza, `query ${NS.groupsInvite}`)) {
    const invited = memberByJid(group, bareJid(jid));
    return isOwner || invited?.invitedBy === memberByJid(group, bareJid(reader))?.id;
  }
  return (
    (has(stanza, `disclosed ${NS.groups}`) || has(stanza, `command ${NS.commands}`)) && knows(reader, jid)
  );
}

/** What of a stanza is from the group: an error brings back what its recipient has sent. */
const textOf = ({ stanza, xml }: Sent): string =>
  stanza.attrs.type === 'error'
    ? all(stanza, 'error')
        .map((error) => serialise(error))
        .join('')
    : xml;

const PEOPLE = MASKS;

const step: fc.Arbitrary<Step> = fc.record({
  // What is about JIDs happens more often, and what ends the group less.
  kind: fc.constantFrom(
    ...KINDS,
    ...KINDS.filter((kind) => kind !== 'dissolve' && kind !== 'delete'),
    ...Array<Kind>(24).fill('disclose'),
    ...Array<Kind>(12).fill('adHoc'),
    'post',
    'post',
    'setRights',
  ),
  act: fc.nat(11),
  who: fc.constantFrom(...PEOPLE),
  about: fc.constantFrom(...PEOPLE),
  spelling: fc.nat(SPELLINGS.length - 1),
  place: fc.nat(PLACES.length - 1),
  pick: fc.nat(11),
});

describe('what people do in the test', () => {
  it.each(KINDS)('%s is what they do when they are said to', (kind) => {
    const acts = CONDUCT[kind].map((_, act) => {
      const driver = ball(ROMEO, TYBALT, LAURA);
      return play(driver, { kind, act, who: JULIET, about: ROMEO, spelling: 0, place: 0, pick: 0 }).kinds;
    });
    for (const kinds of acts) expect(kinds).toContain(kind);
  });
});

/** Lets somebody do something, and looks at all that is sent. */
function live(driver: GroupDriver, between: ReturnType<typeof acquaintance>, next: Step): void {
  const before = driver.group();
  const owners = new Set(ownersOf(before, driver.env.now));
  const { sent, wrote } = play(driver, next);
  driver.env.now += 1000;
  const group = driver.exists() ? driver.group() : before;
  for (const jid of ownersOf(group, driver.env.now)) owners.add(jid);
  const refused = sent.some(({ stanza }) => stanza.attrs.type === 'error');
  if (!refused) between.hear(group, wrote);
  for (const each of sent) {
    const leaked = named(textOf(each))
      .map(bare)
      .filter((jid) => jid !== bare(each.to) && memberByJid(group, bareJid(jid)) !== undefined)
      .filter((jid) => !allowed(each, jid, { group, owners, knows: between.knows, wrote }));
    expect(leaked).toEqual([]);
  }
  if (driver.exists()) between.forget(group);
}

/** Somebody in every relation to the group: the owner, admins, a member, one who is blocked, one who is invited. */
function company(): GroupDriver {
  const driver = ball(ROMEO, TYBALT, LAURA, NURSE);
  grant(driver, TYBALT, ['set-restrictions', 'change-group']);
  grant(driver, LAURA, ['change-users']);
  const { id } = memberOf(driver, NURSE);
  driver.send(iqXml(JULIET, 'set', `<block xmlns='${NS.groupsBlock}'><id>${id}</id></block>`));
  const invitation = `<invite xmlns='${NS.groupsInvite}'><jid>${bare(PARIS)}</jid></invite>`;
  driver.send(iqXml(JULIET, 'set', invitation));
  return driver;
}

/** What may show who is there: in the end everybody asks for all of it. */
const CURIOUS: readonly Kind[] = [
  'adHoc',
  'blocks',
  'invitations',
  'member',
  'members',
  'permissions',
  'rights',
  'vcard',
];

const finale: readonly Step[] = CURIOUS.flatMap((kind) =>
  CONDUCT[kind].flatMap((_, act) =>
    PEOPLE.map((who, index) => {
      const about = oneOf(PEOPLE, index + 1);
      return { kind, act, who, about, spelling: 0, place: 0, pick: 0 };
    }),
  ),
);

describe('the life of an incognito group', () => {
  it('tells nobody the JID of another one who has not told it, whatever its members do and send', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const driver = company();
        const between = acquaintance();
        for (const next of [...steps, ...finale]) {
          live(driver, between, next);
          // The one who is left last, or the owner, ends the group.
          if (!driver.exists()) break;
        }
        for (const { xml, text } of driver.archive) expect([named(xml), named(text)]).toEqual([[], []]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('has people in it who get to know each other', () => {
    const driver = ball(ROMEO, TYBALT, LAURA);
    const between = acquaintance();
    const turn = { kind: 'disclose', act: 0, spelling: 0, place: 0 } as const;
    for (const [who, about, pick] of [
      [ROMEO, LAURA, 1],
      [LAURA, ROMEO, 2],
    ] as const) {
      const { sent, wrote } = play(driver, { ...turn, who, about, pick });
      between.hear(driver.group(), wrote);
      expect(sent.some(({ stanza }) => stanza.attrs.type === 'error')).toBe(false);
    }
    expect(between.met()).toBe(2);
    expect(between.knows(bare(ROMEO), bare(LAURA))).toBe(true);
  });
});
