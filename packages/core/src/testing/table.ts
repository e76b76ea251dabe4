import { describe, expect, it } from 'vitest';
import type { Declaration } from '../codec/index.js';
import { ok } from '../result.js';
import { parse, serialise, type XmlElement } from '../xml/index.js';
import { fromLtx } from './ltx.js';

/** What is tested of one declaration. Texts may be spread over lines: line ends before a tag do not count. */
export interface Rows<T> {
  /** By title: a text and the value that it is. They are read and written; the text is the canonical one. */
  readonly pairs: Readonly<Record<string, readonly [xml: string, value: T]>>;
  /** By title: other texts, and the value that they are read as. */
  readonly reads?: Readonly<Record<string, readonly [xml: string, value: T]>>;
  /** By title: texts that are refused, with the path and the reason. */
  readonly fails?: Readonly<Record<string, readonly [xml: string, path: string, reason: string]>>;
}

/** Rows for each declaration that a module exports: one that is left out does not compile. */
export type Table<M> = {
  readonly [K in keyof M as M[K] extends Declaration<unknown> ? K : never]: M[K] extends Declaration<infer T>
    ? Rows<T>
    : never;
};

/** Whether an export of a module is a declaration. */
export function isDeclaration(exported: unknown): exported is Declaration<unknown> {
  return typeof exported === 'object' && exported !== null && 'spec' in exported && 'fields' in exported;
}

/** The element that a text of a table is. Throws when it is not well-formed: then the table is wrong. */
export function elementIn(source: string): XmlElement {
  const read = parse(compact(source));
  if (!read.ok) throw new Error(`${read.error.reason} in ${source}`);
  return read.value;
}

const compact = (source: string): string => source.replace(/\n\s*(?=<)/g, '').trim();

/** Tests every declaration of a module by its rows. Made for `import * as declarations`. */
export function table<M extends Readonly<Record<string, unknown>>>(declarations: M, rows: Table<M>): void {
  const byName = new Map<string, Rows<unknown>>(Object.entries<Rows<unknown>>(rows));
  for (const [name, declared] of Object.entries(declarations)) {
    if (!isDeclaration(declared)) continue;
    describe(name, () => {
      const { pairs = {}, reads = {}, fails = {} } = byName.get(name) ?? {};

      it('has a pair', () => {
        expect(Object.keys(pairs)).not.toHaveLength(0);
      });

      describe.each(Object.entries(pairs))('%s', (_, [source, value]) => {
        it('is read', () => {
          expect(declared.parse(elementIn(source))).toEqual(ok(value));
        });
        it('is read from an element of @xmpp/xml', () => {
          const read = declared.parse(fromLtx(compact(source)));
          expect(read.ok && serialise(declared.build(read.value))).toBe(compact(source));
        });
        it('is written', () => {
          expect(serialise(declared.build(value))).toBe(compact(source));
        });
      });

      it.each(Object.entries(reads))(
        '%s: is read, and the same after it was written',
        (_, [source, value]) => {
          expect(declared.parse(elementIn(source))).toEqual(ok(value));
          const written = serialise(declared.build(value));
          const again = declared.parse(elementIn(written));
          expect(again.ok && serialise(declared.build(again.value))).toBe(written);
        },
      );

      it.each(Object.entries(fails))('%s: fails', (_, [source, path, reason]) => {
        expect(declared.parse(elementIn(source))).toEqual({ ok: false, error: { path, reason } });
      });
    });
  }
}
