import { failure, ok } from '../result.js';
import type { Field, Nested, SingleField } from './field.js';
import { childrenNamed, NOTHING, onlyChild } from './named-children.js';
import { single } from './single.js';

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
    const found = childrenNamed(source, declared.namespace, declared.name);
    if (found.length === 0) return NOTHING;
    const path = `${source.path}/${declared.name}`;
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
