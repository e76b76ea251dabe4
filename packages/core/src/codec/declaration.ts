import { failure, ok, type Result } from '../result.js';
import type { XmlElement } from '../xml/element.js';
import { enter, localName, namespaceIn, type Scope, STANZA_SCOPE } from '../xml/scope.js';
import { escapeAttribute } from '../xml/serialise.js';
import type { Field, NamedChild, Nested, Target, TextTarget } from './field.js';
import { namedChildren } from './named-children.js';

/** An element, declared once: its parser, its builder and, by `ValueOf`, its type. */
export interface Declaration<T> extends Nested<T> {
  /** Whether `element` has this name and namespace. */
  is(element: XmlElement, outer?: Scope): boolean;
  /**
   * The value of `element`, or the path and the reason of the failure. Never throws. Attributes and children
   * that are not declared are passed over.
   * @param outer the namespaces in force around the element; default: those of a stanza in its stream
   * @param path what to call the element in failures; default: its name
   */
  parse(element: XmlElement, outer?: Scope, path?: string): Result<T>;
  /** The element, children in the order of the declaration, each with its `xmlns`. */
  build(value: T): XmlElement;
  /**
   * The text of the element, as `serialise(build(value), outer)` gives it, without a tree in between.
   * @param outer the default namespace where the text will stand; none unless given
   */
  print(value: T, outer?: string): string;
}

/** The type of the values of a declaration: `type OriginId = ValueOf<typeof originId>`. */
export type ValueOf<D> = D extends Nested<infer T> ? T : never;

type Fields = Readonly<Record<string, Field<unknown>>>;
type FieldValue<F> = F extends Field<infer T> ? T : never;
type OptionalKeys<F extends Fields> = {
  [K in keyof F]: undefined extends FieldValue<F[K]> ? K : never;
}[keyof F];

/** The value that a set of fields describes; what is optional may be left out or be `undefined`. */
export type Shape<F extends Fields> = {
  readonly [K in Exclude<keyof F, OptionalKeys<F>>]: FieldValue<F[K]>;
} & { readonly [K in OptionalKeys<F>]?: FieldValue<F[K]> };

const NO_CHILDREN: readonly NamedChild[] = [];

/** Declares an element. Attributes and children are read and written by `fields`. */
export function element<F extends Fields>(
  name: string,
  namespace: string,
  spec: string,
  fields: F,
): Declaration<Shape<F>> {
  const entries = Object.entries(fields).map(([key, field]) => ({ key, field }));
  const taken = entries.flatMap(({ field }) => field.takes);
  const claimed = (candidate: string, local: string): boolean =>
    taken.some((one) => one.local === local && one.namespace === candidate);
  // What has attributes and a text only is read without a look at its children.
  const looksInside = entries.some(
    ({ field }) => field.doc.kind === 'child' || field.doc.kind === 'children',
  );
  const is = (candidate: XmlElement, outer: Scope = STANZA_SCOPE): boolean =>
    localName(candidate) === name && namespaceIn(candidate, enter(candidate, outer)) === namespace;
  const isWhole = (parts: Readonly<Record<string, unknown>>): parts is Shape<F> =>
    entries.every(({ key }) => key in parts);

  const read = (source: XmlElement, scope: Scope): Result<Shape<F>> => {
    const children = looksInside ? namedChildren(source, scope) : NO_CHILDREN;
    const from = { element: source, scope, children, claimed };
    const parts: Record<string, unknown> = {};
    for (const { key, field } of entries) {
      const part = field.read(from);
      if (!part.ok) return part;
      parts[key] = part.value;
    }
    return isWhole(parts) ? ok(parts) : failure('', 'incomplete');
  };

  const bareTag = `<${name}`;
  const wholeTag = `<${name} xmlns='${escapeAttribute(namespace)}'`;

  return {
    name,
    namespace,
    spec,
    fields: entries.map(({ key, field }) => ({ key, ...field.doc })),
    is,
    parse: (source, outer = STANZA_SCOPE, path = name) => {
      const scope = enter(source, outer);
      if (localName(source) !== name || namespaceIn(source, scope) !== namespace) {
        return failure(path, `not <${name} xmlns='${namespace}'/>`);
      }
      const parsed = read(source, scope);
      return parsed.ok ? parsed : failure(path + parsed.error.path, parsed.error.reason);
    },
    read,
    build: (value) => {
      const target: Target = { namespace, attrs: { xmlns: namespace }, children: [] };
      for (const { key, field } of entries) {
        const part: unknown = Reflect.get(value, key);
        if (part !== undefined) field.write(part, target);
      }
      return { name, attrs: target.attrs, children: target.children };
    },
    print: (value, outer = '') => {
      const target: TextTarget = { namespace, attrs: '', content: '' };
      for (const { key, field } of entries) {
        const part: unknown = Reflect.get(value, key);
        if (part !== undefined) field.print(part, target);
      }
      const start = (namespace === outer ? bareTag : wholeTag) + target.attrs;
      return target.content === '' ? `${start}/>` : `${start}>${target.content}</${name}>`;
    },
  };
}

/** The first of `elements` that is declared by `declared`, read; `undefined` when there is none. */
export function pick<T>(declared: Declaration<T>, elements: readonly XmlElement[]): Result<T> | undefined {
  for (const candidate of elements) if (declared.is(candidate)) return declared.parse(candidate);
  return undefined;
}
