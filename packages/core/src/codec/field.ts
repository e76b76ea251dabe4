import { failure, ok, type Result } from '../result.js';
import { textOf, type XmlElement, type XmlNode } from '../xml/element.js';
import { enter, localName, namespaceIn, type Scope } from '../xml/scope.js';
import { escapeAttribute, escapeText, serialise } from '../xml/serialise.js';
import { qualify } from './qualify.js';
import type { ValueCodec } from './value.js';

/** A part of an element: how it is found there, how it is written, and what documentation says of it. */
export interface Field<T> {
  readonly doc: FieldDoc;
  /** The children that this field takes, so that `rest` can leave them out. */
  claims(namespace: string | undefined, local: string): boolean;
  /** The value of the field; an error with the path when it is missing, though required, or wrong. */
  read(source: Source): Result<T>;
  /** Adds the value to an element under construction. */
  write(value: T, target: Target): void;
  /** Adds the value to the text of an element: what `write` adds, serialised. */
  print(value: T, target: TextTarget): void;
}

/** A field as documentation sees it. */
export interface FieldDoc {
  readonly kind: 'attribute' | 'text' | 'child' | 'children';
  /** The name on the wire; `''` for the element's own text, `*` for whatever no other field takes. */
  readonly name: string;
  /** Only where it differs from the namespace of the element. */
  readonly namespace?: string | undefined;
  readonly type: string;
  readonly required: boolean;
  /** What is declared of the child itself. */
  readonly element?: Described;
}

/** An element as documentation sees it. */
export interface Described {
  readonly name: string;
  readonly namespace: string;
  /** Where the element is specified, e.g. `XEP-0359 section 3`. */
  readonly spec: string;
  readonly fields: readonly (FieldDoc & { readonly key: string })[];
}

/** A field that may be declared optional, or given a value to take when it is absent. */
export interface SingleField<T> extends Field<T> {
  readonly optional: Field<T | undefined>;
  /** The field that has `value` where it is absent. */
  or(value: T): Field<T>;
}

/** What fields read from: an element, the scope inside it, and the path to it for failures. */
export interface Source {
  readonly element: XmlElement;
  readonly scope: Scope;
  readonly path: string;
  /** Whether any field of the declaration takes a child of this name. */
  claimed(namespace: string | undefined, local: string): boolean;
}

/** What fields write to: the parts of an element under construction. */
export interface Target {
  readonly namespace: string;
  readonly attrs: Record<string, string>;
  readonly children: XmlNode[];
}

/**
 * The text of an element under construction: its attributes, each with a blank before it, and what is in it.
 * Elements that are only to be written take half the time when no tree is made of them first.
 */
export interface TextTarget {
  readonly namespace: string;
  attrs: string;
  content: string;
}

/** The part of a declaration that fields of other declarations need. */
export interface Nested<T> extends Described {
  /**
   * Reads an element of this kind.
   * @param outer the namespaces in force around it
   * @param path where it is, for failures
   */
  parse(element: XmlElement, outer: Scope, path: string): Result<T>;
  /** Writes an element of this kind. */
  build(value: T): XmlElement;
  /** The text of such an element where `outer` is the default namespace. */
  print(value: T, outer: string): string;
}

const never = (): boolean => false;

/** The text of an element that holds nothing but `text`, where `outer` is the default namespace. */
function leaf(name: string, namespace: string, outer: string, text: string): string {
  const start = namespace === outer ? `<${name}` : `<${name} xmlns='${escapeAttribute(namespace)}'`;
  return text === '' ? `${start}/>` : `${start}>${escapeText(text)}</${name}>`;
}

/** A field from how it is found (`undefined`: absent) and how a present value is written. */
function single<T>(
  doc: Omit<FieldDoc, 'required'>,
  claims: Field<T>['claims'],
  find: (source: Source) => Result<T | undefined>,
  write: Field<T>['write'],
  print: Field<T>['print'],
): SingleField<T> {
  const label = doc.kind === 'attribute' ? `@${doc.name}` : doc.kind === 'text' ? '' : `/${doc.name}`;
  return {
    doc: { ...doc, required: true },
    claims,
    read: (source) => {
      const found = find(source);
      if (!found.ok) return found;
      return found.value === undefined ? failure(source.path + label, 'missing') : ok(found.value);
    },
    write,
    print,
    optional: {
      doc: { ...doc, required: false },
      claims,
      read: find,
      write: (value, target) => {
        if (value !== undefined) write(value, target);
      },
      print: (value, target) => {
        if (value !== undefined) print(value, target);
      },
    },
    or: (value) => ({
      doc: { ...doc, required: false },
      claims,
      read: (source) => {
        const found = find(source);
        return found.ok ? ok(found.value ?? value) : found;
      },
      write,
      print,
    }),
  };
}

/** An attribute. */
export const attr = <T>(name: string, codec: ValueCodec<T>): SingleField<T> =>
  single(
    { kind: 'attribute', name, type: codec.type },
    never,
    ({ element, path }) => {
      const value = element.attrs[name];
      if (value === undefined) return ok(undefined);
      const parsed = codec.parse(value);
      return parsed.ok ? parsed : failure(`${path}@${name}`, parsed.error);
    },
    (value, target) => {
      target.attrs[name] = codec.format(value);
    },
    (value, target) => {
      target.attrs += ` ${name}='${escapeAttribute(codec.format(value))}'`;
    },
  );

/** The text of the element itself; an element without text has the text `''`. */
export const content = <T>(codec: ValueCodec<T>): Field<T> => ({
  doc: { kind: 'text', name: '', type: codec.type, required: true },
  claims: never,
  read: ({ element, path }) => {
    const parsed = codec.parse(textOf(element));
    return parsed.ok ? parsed : failure(path, parsed.error);
  },
  write: (value, target) => {
    const formatted = codec.format(value);
    if (formatted !== '') target.children.push(formatted);
  },
  print: (value, target) => {
    target.content += escapeText(codec.format(value));
  },
});

/** The children of `source` in a namespace with a name, each with the scope inside it. */
function childrenNamed(source: Source, namespace: string, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of source.element.children) {
    if (typeof child === 'string' || localName(child) !== name) continue;
    if (namespaceIn(child, enter(child, source.scope)) === namespace) found.push(child);
  }
  return found;
}

function onlyChild(source: Source, namespace: string, name: string): Result<XmlElement | undefined> {
  const found = childrenNamed(source, namespace, name);
  return found.length > 1 ? failure(`${source.path}/${name}`, 'more than one') : ok(found[0]);
}

/** A child element with a declaration of its own; more than one is a failure. */
export const child = <T>(declared: Nested<T>): SingleField<T> =>
  single(
    {
      kind: 'child',
      name: declared.name,
      namespace: declared.namespace,
      type: 'element',
      element: declared,
    },
    (namespace, local) => namespace === declared.namespace && local === declared.name,
    (source) => {
      const found = onlyChild(source, declared.namespace, declared.name);
      if (!found.ok || found.value === undefined) return found.ok ? ok(undefined) : found;
      return declared.parse(found.value, source.scope, `${source.path}/${declared.name}`);
    },
    (value, target) => {
      target.children.push(declared.build(value));
    },
    (value, target) => {
      target.content += declared.print(value, target.namespace);
    },
  );

/** All child elements of one declaration, in their order. More than `maximum` are a failure. */
export const list = <T>(declared: Nested<T>, maximum = 1000): Field<readonly T[]> => ({
  doc: {
    kind: 'children',
    name: declared.name,
    namespace: declared.namespace,
    type: 'element',
    element: declared,
    required: false,
  },
  claims: (namespace, local) => namespace === declared.namespace && local === declared.name,
  read: (source) => {
    const path = `${source.path}/${declared.name}`;
    const found = childrenNamed(source, declared.namespace, declared.name);
    if (found.length > maximum) return failure(path, `more than ${maximum}`);
    const values: T[] = [];
    for (const element of found) {
      const parsed = declared.parse(element, source.scope, path);
      if (!parsed.ok) return parsed;
      values.push(parsed.value);
    }
    return ok(values);
  },
  write: (values, target) => {
    for (const value of values) target.children.push(declared.build(value));
  },
  print: (values, target) => {
    for (const value of values) target.content += declared.print(value, target.namespace);
  },
});

/** A child element that holds nothing but a text, e.g. `<name>Verona</name>`, in `namespace`. */
export const textChild = <T>(name: string, namespace: string, codec: ValueCodec<T>): SingleField<T> =>
  single(
    { kind: 'child', name, namespace, type: codec.type },
    (candidate, local) => candidate === namespace && local === name,
    (source) => {
      const found = onlyChild(source, namespace, name);
      if (!found.ok || found.value === undefined) return found.ok ? ok(undefined) : found;
      const parsed = codec.parse(textOf(found.value));
      return parsed.ok ? parsed : failure(`${source.path}/${name}`, parsed.error);
    },
    (value, target) => {
      const formatted = codec.format(value);
      target.children.push({
        name,
        attrs: { xmlns: namespace },
        children: formatted === '' ? [] : [formatted],
      });
    },
    (value, target) => {
      target.content += leaf(name, namespace, target.namespace, codec.format(value));
    },
  );

/** All children that hold nothing but a text, e.g. the `<value/>`s of a form field. More than `maximum` are a failure. */
export const textChildren = <T>(
  name: string,
  namespace: string,
  codec: ValueCodec<T>,
  maximum = 1000,
): Field<readonly T[]> => {
  const one = textChild(name, namespace, codec);
  return {
    doc: { ...one.doc, kind: 'children', required: false },
    claims: one.claims,
    read: (source) => {
      const found = childrenNamed(source, namespace, name);
      if (found.length > maximum) return failure(`${source.path}/${name}`, `more than ${maximum}`);
      const values: T[] = [];
      for (const element of found) {
        const parsed = codec.parse(textOf(element));
        if (!parsed.ok) return failure(`${source.path}/${name}`, parsed.error);
        values.push(parsed.value);
      }
      return ok(values);
    },
    write: (values, target) => {
      for (const value of values) one.write(value, target);
    },
    print: (values, target) => {
      for (const value of values) one.print(value, target);
    },
  };
};

/** Whether an empty child such as `<retry/>` is there. */
export const flag = (name: string, namespace: string): Field<boolean> => ({
  doc: { kind: 'child', name, namespace, type: 'present or absent', required: false },
  claims: (candidate, local) => candidate === namespace && local === name,
  read: (source) => ok(childrenNamed(source, namespace, name).length > 0),
  write: (value, target) => {
    if (value) target.children.push({ name, attrs: { xmlns: namespace }, children: [] });
  },
  print: (value, target) => {
    if (value) target.content += leaf(name, namespace, target.namespace, '');
  },
});

/** Which one of several empty children is there, e.g. the condition of a stanza error. */
export const whichChild = <const W extends string>(namespace: string, names: readonly W[]): SingleField<W> =>
  single(
    { kind: 'child', name: names.join(' | '), namespace, type: 'empty element' },
    (candidate, local) => candidate === namespace && names.some((name) => name === local),
    (source) => ok(names.find((name) => childrenNamed(source, namespace, name).length > 0)),
    (value, target) => {
      target.children.push({ name: value, attrs: { xmlns: namespace }, children: [] });
    },
    (value, target) => {
      target.content += leaf(value, namespace, target.namespace, '');
    },
  );

/** A child element kept as it is, e.g. the stanza inside `<forwarded/>`. */
export const rawChild = (name: string, namespace: string): SingleField<XmlElement> =>
  single(
    { kind: 'child', name, namespace, type: 'any content' },
    (candidate, local) => candidate === namespace && local === name,
    (source) => {
      const found = onlyChild(source, namespace, name);
      if (!found.ok || found.value === undefined) return found.ok ? ok(undefined) : found;
      return ok(qualify(found.value, source.scope));
    },
    (value, target) => {
      target.children.push(value);
    },
    (value, target) => {
      target.content += serialise(value, target.namespace);
    },
  );

/** The child elements that no other field of the declaration takes, with their namespaces spelled out. */
export const rest = (): Field<readonly XmlElement[]> => ({
  doc: { kind: 'children', name: '*', type: 'any content', required: false },
  claims: never,
  read: (source) => {
    const values: XmlElement[] = [];
    for (const element of source.element.children) {
      if (typeof element === 'string') continue;
      const namespace = namespaceIn(element, enter(element, source.scope));
      // Without a declaration of its prefix it has no name that could be passed on.
      if (namespace === undefined || source.claimed(namespace, localName(element))) continue;
      values.push(qualify(element, source.scope));
    }
    return ok(values);
  },
  write: (values, target) => {
    target.children.push(...values);
  },
  print: (values, target) => {
    for (const value of values) target.content += serialise(value, target.namespace);
  },
});
