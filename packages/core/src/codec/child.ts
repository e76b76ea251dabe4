import type { Result } from '../result.js';
import type { Field, NamedChild, Nested, SingleField } from './field.js';
import { readAll, readOnly } from './named-children.js';
import { single } from './single.js';

/** How the elements of a declaration are read that stand in another one. */
const reader =
  <T>(declared: Nested<T>) =>
  ({ element, inside }: NamedChild): Result<T> =>
    declared.read(element, inside);

/** A child element with a declaration of its own; more than one is a failure. */
export const child = <T>(declared: Nested<T>): SingleField<T> => {
  const { name, namespace } = declared;
  const read = reader(declared);
  return single(
    { kind: 'child', name, namespace, type: 'element', element: declared },
    [{ namespace, local: name }],
    (source) => readOnly(source, namespace, name, read),
    (value, target) => {
      target.children.push(declared.build(value));
    },
    (value, target) => {
      target.content += declared.print(value, target.namespace);
    },
  );
};

/** All child elements of one declaration, in their order. More than `maximum` are a failure. */
export const list = <T>(declared: Nested<T>, maximum = 1000): Field<readonly T[]> => {
  const { name, namespace } = declared;
  const read = reader(declared);
  return {
    doc: { kind: 'children', name, namespace, type: 'element', element: declared, required: false },
    takes: [{ namespace, local: name }],
    read: (source) => readAll(source, namespace, name, maximum, read),
    write: (values, target) => {
      for (const value of values) target.children.push(declared.build(value));
    },
    print: (values, target) => {
      for (const value of values) target.content += declared.print(value, target.namespace);
    },
  };
};
