import { failure, ok } from '../result.js';
import { textOf } from '../xml/element.js';
import { escapeAttribute, escapeText } from '../xml/serialise.js';
import type { Field, SingleField } from './field.js';
import { childrenNamed, hasChild, NOTHING, onlyChild } from './named-children.js';
import { single } from './single.js';
import type { ValueCodec } from './value.js';

/** The text of an element that holds nothing but `text`, where `outer` is the default namespace. */
function leaf(name: string, namespace: string, outer: string, text: string): string {
  const start = namespace === outer ? `<${name}` : `<${name} xmlns='${escapeAttribute(namespace)}'`;
  return text === '' ? `${start}/>` : `${start}>${escapeText(text)}</${name}>`;
}

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
      if (found.length === 0) return NOTHING;
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
  read: (source) => ok(hasChild(source, namespace, name)),
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
    (source) => ok(names.find((name) => hasChild(source, namespace, name))),
    (value, target) => {
      target.children.push({ name: value, attrs: { xmlns: namespace }, children: [] });
    },
    (value, target) => {
      target.content += leaf(value, namespace, target.namespace, '');
    },
  );
