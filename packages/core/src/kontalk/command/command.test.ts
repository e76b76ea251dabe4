import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bare } from '../../testing/jids.js';
import { elementIn } from '../../testing/table.js';
import { parse, serialise } from '../../xml/index.js';
import { type GroupElement, group } from '../elements/group.js';
import { androidMembers, javaReads } from '../testing/java-reader.js';
import { ANN, BEN, CLEO, DAN, G1, groupXml, OLGA } from '../testing/world.js';
import { checkGroup } from './check-group.js';
import type { Command } from './command.js';
import { keyText, newGroupId, readKey } from './key.js';
import { asCreation, readGroup } from './read-group.js';
import { groupElement, writeGroup } from './write-group.js';

const read = (xml: string) => {
  const element = group.parse(elementIn(xml));
  if (!element.ok) throw new Error(element.error.reason);
  return element.value;
};
const set = (changes: object) => ({
  kind: 'set',
  remove: [],
  add: [],
  members: [],
  subject: undefined,
  ...changes,
});

describe('the lenient reader', () => {
  it.each<[string, string | undefined, string, object]>([
    ['no type', undefined, '', { kind: 'plain' }],
    ['an empty type', '', '', { kind: 'plain' }],
    ['get', 'get', '', { kind: 'plain' }],
    ['result', 'result', "<add jid='dan@example.net'/>", { kind: 'plain' }],
    ['another type', 'promote', '', { kind: 'unsupported', type: 'promote' }],
    ['a type in capitals', 'CREATE', '', { kind: 'unsupported', type: 'CREATE' }],
    ['a subject alone without a type', undefined, '<subject>x</subject>', { kind: 'plain' }],
    ['leaving by type', 'part', '', { kind: 'part' }],
    ['leaving by child', undefined, "<part/><add jid='dan@example.net'/>", { kind: 'part' }],
    ['leaving by both', 'part', '<part/>', { kind: 'part' }],
    ['leaving inside of a change', 'set', '<part/><subject>x</subject>', set({ subject: 'x' })],
    [
      'the draft adds without a type',
      undefined,
      "<add jid='dan@example.net'/>",
      set({ add: [DAN], typeless: true }),
    ],
    [
      'creating by adding',
      'create',
      "<add jid='dan@example.net'/><member jid='ann@example.net'/>",
      { kind: 'create', subject: null, members: [ANN, DAN] },
    ],
    [
      'creating and removing',
      'create',
      "<member jid='ann@example.net'/><remove jid='ann@example.net'/>",
      { kind: 'create', subject: null, members: [ANN] },
    ],
    [
      'the owner among the members',
      'create',
      "<member jid='olga@example.net'/><member jid='ann@example.net'/>",
      { kind: 'create', subject: null, members: [ANN] },
    ],
    [
      'Android removes whom it lists',
      'set',
      "<member jid='ann@example.net'/><member jid='ben@example.net'/><remove jid='ben@example.net'/>",
      set({ members: [ANN], remove: [BEN] }),
    ],
    [
      'added and listed',
      'set',
      "<member jid='ann@example.net'/><add jid='ann@example.net'/>",
      set({ add: [ANN] }),
    ],
    [
      'added and removed',
      'set',
      "<add jid='ann@example.net'/><remove jid='ann@example.net'/>",
      set({ remove: [ANN] }),
    ],
    ['nothing at all takes the subject away', 'set', '', set({ subject: null })],
    [
      'an empty subject, too',
      'set',
      "<add jid='ann@example.net'/><subject/>",
      set({ add: [ANN], subject: null }),
    ],
    ['two subjects: the last', 'set', '<subject>a</subject><subject>b</subject>', set({ subject: 'b' })],
    [
      'JIDs with resources and in capitals, and doubled',
      'set',
      "<add jid='Ann@example.net/x'/><add jid='ann@EXAMPLE.net'/>",
      set({ add: [ANN] }),
    ],
    [
      'JIDs that are none',
      'set',
      "<add jid='@'/><add/><add jid=''/><add jid='ann@example.net'/>",
      set({ add: [ANN] }),
    ],
    [
      'deeper and foreign ones',
      'set',
      "<x xmlns='urn:x'><add jid='dan@example.net'/></x><subject>x</subject>",
      set({ subject: 'x' }),
    ],
  ])('%s', (_, type, children, command) => {
    expect(readGroup(read(groupXml(type, children)))).toEqual({ ok: true, value: { key: G1, command } });
  });

  it.each<[string, string | undefined, string | undefined, string]>([
    ['no id', undefined, 'olga@example.net', 'group@id: missing'],
    ['an empty id', '', 'olga@example.net', 'group@id: missing'],
    ['an id with an @', 'a@b', 'olga@example.net', 'group@id: holds @, / or a control character'],
    ['an id with a slash', 'a/b', 'olga@example.net', 'group@id: holds @, / or a control character'],
    ['an id with a line feed', 'a\nb', 'olga@example.net', 'group@id: holds @, / or a control character'],
    ['a long id', 'x'.repeat(129), 'olga@example.net', 'group@id: longer than 128 characters'],
    ['no owner', 'g1', undefined, 'group@owner: missing'],
    ['an owner that is none', 'g1', '@', 'group@owner: not a JID: localpart is empty'],
    ['a domain', 'g1', 'example.net', 'group@owner: the JID of a domain'],
  ])('refuses %s', (_, id, owner, reason) => {
    const key = readKey(id, owner);
    expect(key.ok ? 'read' : `${key.error.path}: ${key.error.reason}`).toBe(reason);
  });

  it('takes an id of 128 characters, and an owner with a resource', () => {
    const id = '\u{1F600}'.repeat(128);
    expect(readKey(id, 'Olga@example.net/x')).toEqual({ ok: true, value: { id, owner: OLGA } });
  });

  it('reads a group of the draft that is not known as its creation', () => {
    const command: Command = {
      kind: 'set',
      remove: [],
      add: [ANN],
      members: [],
      subject: 'x',
      typeless: true,
    };
    expect(asCreation(command)).toEqual({ kind: 'create', subject: 'x', members: [ANN] });
    const listing: Command = { ...command, members: [BEN] };
    expect(asCreation(listing)).toBe(listing);
  });
});

describe('the strict reader', () => {
  const strict = (xml: string): string => {
    const checked = checkGroup(read(xml));
    return checked.ok ? 'read' : checked.error.path;
  };
  it.each<[string, string, string]>([
    ['a plain one', groupXml(undefined), 'read'],
    ['an empty type', groupXml(''), 'group@type'],
    ['another type', groupXml('promote'), 'group@type'],
    ['reserved types', groupXml('get'), 'group@type'],
    ['a creation of nobody', groupXml('create'), 'group/member'],
    ['a creation that adds', groupXml('create', "<add jid='ann@example.net'/>"), 'group/add'],
    ['a change without a type', groupXml(undefined, "<add jid='ann@example.net'/>"), 'group/add'],
    ['leaving and changing', groupXml('set', '<part/>'), 'group/part'],
    ['two subjects', groupXml('set', '<subject>a</subject><subject>b</subject>'), 'group/subject'],
    ['the owner removed', groupXml('set', "<remove jid='olga@example.net'/>"), 'group/remove@jid'],
    [
      'added and removed',
      groupXml('set', "<add jid='ann@example.net'/><remove jid='ann@example.net'/>"),
      'group/remove@jid',
    ],
    ['somebody without a name', groupXml('set', '<add/>'), 'group/add@jid'],
    ['an owner with a resource', groupXml(undefined, '', 'g1', 'olga@example.net/x'), 'group@owner'],
  ])('%s', (_, xml, path) => {
    expect(strict(xml)).toBe(path);
  });
});

const jids = fc.uniqueArray(fc.constantFrom(ANN, BEN, CLEO, DAN), { maxLength: 4 });
const subjects = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' });
const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.constant({ kind: 'plain' } as const),
  fc.constant({ kind: 'part' } as const),
  fc.record({
    kind: fc.constant('create' as const),
    subject: fc.option(subjects),
    members: jids.filter(({ length }) => length > 0),
  }),
  fc
    .tuple(jids, fc.nat(4), fc.nat(4), fc.option(fc.option(subjects), { nil: undefined }))
    .map(([all, one, two, subject]) => {
      const [from, to] = [Math.min(one, two), Math.max(one, two)];
      const parts = { remove: all.slice(0, from), add: all.slice(from, to), members: all.slice(to) };
      return { kind: 'set' as const, ...parts, subject: all.length === 0 ? (subject ?? null) : subject };
    }),
);

describe('what is written', () => {
  it('is read again, leniently and strictly, through text', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const extension = { key: G1, command };
        const text = serialise(writeGroup(extension));
        const again = parse(text);
        const element = group.parse(again.ok ? again.value : writeGroup(extension));
        expect(element).toEqual({ ok: true, value: groupElement(extension) });
        expect(element.ok && readGroup(element.value)).toEqual({ ok: true, value: extension });
        expect(element.ok && checkGroup(element.value)).toEqual({ ok: true, value: extension });
      }),
    );
  });

  it('means the same to the Java clients', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const java = javaReads(writeGroup({ key: G1, command }));
        expect(java).toMatchObject({ ...G1, type: command.kind === 'plain' ? 'none' : command.kind });
        if (java === undefined) return;
        if (command.kind === 'create') {
          expect(java.subject).toBe(command.subject ?? '');
          expect([...androidMembers([], java, BEN)].sort()).toEqual(
            [OLGA, ...command.members].filter((jid) => jid !== BEN).sort(),
          );
        }
        if (command.kind === 'set') {
          const known = [...command.members, ...command.remove, OLGA];
          const wanted = [OLGA, ...command.members, ...command.add];
          expect(new Set(androidMembers(known, java, 'me@example.net'))).toEqual(new Set(wanted));
        }
      }),
    );
  });

  it('is in order for the lenient reader whenever it is for the strict one', () => {
    const attribute = fc.constantFrom(undefined, '', 'create', 'set', 'part', 'get', 'x');
    const entries = fc.array(
      fc.record({ jid: fc.constantFrom('ann@example.net', 'Ben@example.net', 'olga@example.net', '@') }),
      { maxLength: 3 },
    );
    const elements: fc.Arbitrary<GroupElement> = fc.record({
      id: fc.constantFrom('g1', '', 'a@b'),
      owner: fc.constantFrom('olga@example.net', 'olga@example.net/x', 'example.net'),
      type: attribute,
      subjects: fc.array(fc.constantFrom('', 'x'), { maxLength: 2 }),
      add: entries,
      remove: entries,
      member: entries,
      part: fc.boolean(),
    });
    fc.assert(
      fc.property(elements, (element) => {
        const strict = checkGroup(element);
        if (strict.ok) expect(readGroup(element)).toEqual(strict);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('keys', () => {
  it('are one text each', () => {
    expect(keyText(G1)).toBe('olga@example.net\ng1');
  });

  it('are made of lower-case letters and digits', () => {
    let next = 0;
    const id = newGroupId((below) => next++ % below);
    expect(id).toBe('abcdefghijklmnopqrstuvwx');
    expect(readKey(id, bare('olga@example.net')).ok).toBe(true);
  });
});
