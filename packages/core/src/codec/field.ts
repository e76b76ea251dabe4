import type { Result } from '../result.js';
import type { XmlElement, XmlNode } from '../xml/element.js';
import type { Scope } from '../xml/scope.js';

/** A part of an element: how it is found there, how it is written, and what documentation says of it. */
export interface Field<T> {
  readonly doc: FieldDoc;
  /** The names of the children that this field takes, so that `rest` can leave them out. */
  readonly takes: readonly ChildName[];
  /**
   * The value of the field; an error when it is missing, though required, or wrong. The path of the error begins at
   * the element, e.g. `@id` or `/body`: whoever asked knows where that is, and the path is put together only for errors.
   */
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

/** The name of a child element, prefix resolved. */
export interface ChildName {
  readonly namespace: string;
  readonly local: string;
}

/** What fields read from: an element, and the scope inside it. */
export interface Source {
  readonly element: XmlElement;
  readonly scope: Scope;
  /** The child elements with the names that they have there, found out once for all fields. */
  readonly children: readonly NamedChild[];
  /** Whether any field of the declaration takes a child of this name. */
  claimed(namespace: string, local: string): boolean;
}

/** A child element and its name, prefixes resolved; a prefix that nobody declared has no namespace. */
export interface NamedChild {
  readonly element: XmlElement;
  readonly namespace: string | undefined;
  readonly local: string;
  /** The scope inside of it. */
  readonly inside: Scope;
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
   * Reads an element of which is known that it has this name and namespace. The path of a failure begins at it.
   * @param inside the namespaces in force inside it
   */
  read(element: XmlElement, inside: Scope): Result<T>;
  /** Writes an element of this kind. */
  build(value: T): XmlElement;
  /** The text of such an element where `outer` is the default namespace. */
  print(value: T, outer: string): string;
}
