import { describe, expectTypeOf, it } from 'vitest';
import type { FullJid, Jid } from '../jid/index.js';
import type { Result } from '../result.js';
import type { XmlElement } from '../xml/index.js';
import { type Declaration, element, type ValueOf } from './declaration.js';
import {
  attr,
  child,
  content,
  flag,
  list,
  rawChild,
  rest,
  textChild,
  textChildren,
  whichChild,
} from './index.js';
import { boolean, fullJid, integer, jid, oneOf, text } from './value.js';

const inner = element('inner', 'urn:x', 'here', { n: attr('n', integer()) });
const outer = element('outer', 'urn:x', 'here', {
  required: attr('a', integer()),
  optional: attr('b', oneOf('x', 'y')).optional,
  defaulted: attr('c', boolean).or(true),
  text: content(text),
  textChild: textChild('d', 'urn:x', jid),
  optionalText: textChild('e', 'urn:x', fullJid).optional,
  texts: textChildren('f', 'urn:x', integer()),
  child: child(inner),
  optionalChild: child(inner).optional,
  list: list(inner),
  flag: flag('g', 'urn:x'),
  which: whichChild('urn:x', ['up', 'down']),
  raw: rawChild('h', 'urn:x').optional,
  rest: rest(),
});

interface Inner {
  readonly n: number;
}

/** The type as one would write it by hand. */
interface Outer {
  readonly required: number;
  readonly optional?: 'x' | 'y' | undefined;
  readonly defaulted: boolean;
  readonly text: string;
  readonly textChild: Jid;
  readonly optionalText?: FullJid | undefined;
  readonly texts: readonly number[];
  readonly child: Inner;
  readonly optionalChild?: Inner | undefined;
  readonly list: readonly Inner[];
  readonly flag: boolean;
  readonly which: 'up' | 'down';
  readonly raw?: XmlElement | undefined;
  readonly rest: readonly XmlElement[];
}

type RequiredKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];

describe('the type of a declaration', () => {
  it('is the one that its fields describe', () => {
    expectTypeOf<ValueOf<typeof outer>>().toExtend<Outer>();
    expectTypeOf<Outer>().toExtend<ValueOf<typeof outer>>();
  });

  it('demands what is required, and only that', () => {
    expectTypeOf<RequiredKeys<ValueOf<typeof outer>>>().toEqualTypeOf<
      Exclude<keyof Outer, 'optional' | 'optionalText' | 'optionalChild' | 'raw'>
    >();
    expectTypeOf<{ n: number }>().toExtend<ValueOf<typeof inner>>();
    expectTypeOf<Record<never, never>>().not.toExtend<ValueOf<typeof inner>>();
    expectTypeOf<{ n: undefined }>().not.toExtend<ValueOf<typeof inner>>();
    expectTypeOf<{ n: string }>().not.toExtend<ValueOf<typeof inner>>();
  });

  it('is what is parsed and what is built', () => {
    expectTypeOf(inner.parse).returns.toEqualTypeOf<Result<ValueOf<typeof inner>>>();
    expectTypeOf(inner.build).parameter(0).toEqualTypeOf<ValueOf<typeof inner>>();
    expectTypeOf(inner).toExtend<Declaration<{ readonly n: number }>>();
    expectTypeOf(inner).not.toExtend<Declaration<{ readonly n: string }>>();
  });
});
