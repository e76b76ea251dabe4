import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaringModules } from '../testing/declarations.js';
import { parse, serialise, type XmlElement, type XmlNode, xml } from '../xml/index.js';
import type { Described } from './field.js';

const modules = await declaringModules();
const all = modules.flatMap(({ path, declarations }) =>
  declarations.map(([name, declared]) => ({ title: `${path}: ${name}`, declared })),
);

describe('every declaration', () => {
  it('is found', () => {
    expect(all.map(({ title }) => title)).toContain('stanza/stanza: message');
    expect(all.map(({ title }) => title)).toContain('xep/0359-stanza-ids: originId');
    expect(all.map(({ title }) => title)).toContain('xabber/elements/user: user');
  });

  it.each(modules)('has its pairs beside it: $path', ({ path }) => {
    const test = new URL(`../${path}.test.ts`, import.meta.url);
    const source = existsSync(test) ? readFileSync(test, 'utf8') : '';
    // `table` demands a pair for each declaration of the module that it is given.
    expect(source).toContain(`import * as declarations from './${path.split('/').at(-1)}.js';`);
    expect(source).toMatch(/^table\(declarations, \{$/m);
  });

  it.each(all)('says where it is specified: $title', ({ declared }) => {
    expect(declared.spec).toMatch(/^(XEP-\d{4}|RFC \d{4}) section \d|^reference \d/);
    const keys = declared.fields.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

/** Names, namespaces and texts that the declarations know, so that arbitrary elements come near to them. */
function vocabulary(described: Described, seen: Set<Described> = new Set()): Set<Described> {
  if (seen.has(described)) return seen;
  seen.add(described);
  for (const { element } of described.fields) if (element !== undefined) vocabulary(element, seen);
  return seen;
}

const TEXTS = [
  '',
  '0',
  '-0',
  '1',
  'a@b',
  'a@b/c',
  'true',
  'both',
  'public',
  'open',
  'none',
  'form',
  'get',
  'cancel',
];
/**
 * Without what XML has no way to carry (XML 1.0, section 2.2): it is not written, and white space that it stood behind is
 * then at the end, where some values do not keep it.
 */
const carried = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');

const texts = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }).map(carried),
);

/** Trees out of the names that a declaration and those inside it use, and some that they do not. */
function trees(described: Described): fc.Arbitrary<XmlElement> {
  const known = [...vocabulary(described)];
  const names = new Set([
    'x',
    'p:x',
    'q:body',
    'xml:x',
    '__proto__',
    'constructor',
    'constructor:x',
    '__proto__:x',
  ]);
  const attributes = new Set(['id', 'xml:lang', 'p:id', '__proto__', 'toString']);
  const namespaces = new Set(['', 'urn:x', 'jabber:client', 'jabber:component:accept']);
  for (const { name, namespace, fields } of known) {
    names.add(name).add(`p:${name}`);
    namespaces.add(namespace);
    for (const field of fields) {
      if (field.namespace !== undefined) namespaces.add(field.namespace);
      if (field.kind === 'attribute') attributes.add(field.name);
      else for (const name of field.name.split(' | ')) if (/^[\w-]+$/.test(name)) names.add(name);
    }
  }
  const namespace = fc.constantFrom(...namespaces);
  const attrs = fc
    .tuple(
      fc.option(namespace, { nil: undefined }),
      fc.option(namespace, { nil: undefined }),
      fc.dictionary(fc.constantFrom(...attributes), texts, { maxKeys: 4 }),
    )
    .map(([own, prefixed, others]) => ({ ...others, xmlns: own, 'xmlns:p': prefixed }));
  const { node } = fc.letrec<{ node: XmlElement }>((tie) => ({
    node: fc
      .tuple(
        fc.constantFrom(...names),
        attrs,
        fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, texts, tie('node')), {
          maxLength: 5,
        }),
      )
      .map(([name, given, children]: [string, Record<string, string | undefined>, XmlNode[]]) =>
        xml(name, given, children),
      ),
  }));
  // The root is the declared element most of the time, so that the fields are reached.
  return fc.oneof(
    node,
    node.map(({ attrs: given, children }) =>
      xml(described.name, { ...given, xmlns: described.namespace }, children),
    ),
  );
}

/** Texts that are empty, or of which XML carries no character, are not there when they are read again. */
const withoutEmptyText = (source: string): string =>
  source.replace(/<([^<>/][^<>]*)(?<!\/)><\/[^<>]+>/g, '<$1/>');

describe('any element', () => {
  it.each(all)('is a value or a failure, and what is built is read again: $title', ({ declared }) => {
    fc.assert(
      fc.property(trees(declared), (source) => {
        const read = declared.parse(source);
        if (!read.ok) {
          expect(read.error.path.startsWith(declared.name)).toBe(true);
          expect(read.error.reason).not.toBe('');
          return;
        }
        const built = declared.build(read.value);
        expect(declared.parse(built)).toEqual(read);
        // Through text and back, as far as XML can carry it and as far as the prefixes are declared.
        const written = serialise(built);
        expect(withoutEmptyText(declared.print(read.value))).toBe(withoutEmptyText(written));
        const around = serialise(built, declared.namespace);
        expect(withoutEmptyText(declared.print(read.value, declared.namespace))).toBe(
          withoutEmptyText(around),
        );
        const again = parse(written);
        if (!again.ok) {
          expect(again.error.reason).toMatch(/undeclared prefix|no namespace|reserved namespace|twice under/);
          return;
        }
        const reread = declared.parse(again.value);
        if (reread.ok) expect(serialise(declared.build(reread.value))).toBe(withoutEmptyText(written));
      }),
      { numRuns: 100 },
    );
  });

  it('may be as deep as memory allows a library to make it', () => {
    let deep = xml('p:x');
    for (let level = 0; level < 2000; level++) deep = xml('p:x', {}, [deep]);
    for (const { declared } of all) {
      const source = xml(declared.name, { xmlns: declared.namespace, 'xmlns:p': 'urn:p' }, [deep]);
      expect(typeof declared.parse(source).ok).toBe('boolean');
    }
  });
});
