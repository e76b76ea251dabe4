import { failure, ok, type Result } from '../result.js';
import { textOf } from '../xml/element.js';
import { escapeAttribute, escapeText } from '../xml/serialise.js';
import type { Field, NamedChild, SingleField } from './field.js';
import { hasChild, readAll, readOnly } from './named-children.js';
import { single } from './single.js';
import type { ValueCodec } from './value.js';

/** The text of an element that holds nothing but `text`, where `outer` is the default namespace. */
function leaf(name: string, namespace: string, outer: string, text: string): string {
  const start = namespace === outer ? `<${name}` : `<${name} xmlns='${escapeAttribute(namespace)}'`;
  return text === '' ? `${start}/>` : `${start}>${escapeText(text)}</${name}>`;
}

/** How the text of an element is read that stands in another one. */
const textReader =
  <T>(codec: ValueCodec<T>) =>
  ({ element }: NamedChild): Result<T> => {
    const parsed = codec.parse(textOf(element));
    return parsed.ok ? parsed : failure('', parsed.error);
  };

/** A child element that holds nothing but a text, e.g. `<name>Verona</name>`, in `namespace`. */
export const textChild = <T>(name: string, namespace: string, codec: ValueCodec<T>): SingleField<T> => {
  const read = textReader(codec);
  return single(
    { kind: 'child', name, namespace, type: codec.type },
    [{ namespace, local: name }],
    (source) => readOnly(source, namespace, name, read),
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
};

/** All children that hold nothing but a text, e.g. the `<value/>`s of a form field. More than `maximum` are a failure. */
export const textChildren = <T>(
  name: string,
  namespace: string,
  codec: ValueCodec<T>,
  maximum = 1000,
): Field<readonly T[]> => {
  const one = textChild(name, namespace, codec);
  const read = textReader(codec);
  return {
    doc: { ...one.doc, kind: 'children', required: false },
    takes: one.takes,
    read: (source) => readAll(source, namespace, name, maximum, read),
    write: (values, target) => {
      for (const value of values) one.write(value, target);
    },
    print: (values, target) => {
      for (const value of values) one.print(value, target);
    },
  };
};

const PRESENT = ok(true);
const NOT_PRESENT = ok(false);

/** Whether an empty child such as `<retry/>` is there. */
export const flag = (name: string, namespace: string): Field<boolean> => ({
  doc: { kind: 'child', name, namespace, type: 'present or absent', required: false },
  takes: [{ namespace, local: name }],
  read: (source) => (hasChild(source, namespace, name) ? PRESENT : NOT_PRESENT),
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
    names.map((local) => ({ namespace, local })),
    (source) => {
      // Elements without children are many, and names of conditions, too.
      if (source.children.length === 0) return undefined;
      const found = names.find((name) => hasChild(source, namespace, name));
      return found === undefined ? undefined : ok(found);
    },
    (value, target) => {
      target.children.push({ name: value, attrs: { xmlns: namespace }, children: [] });
    },
    (value, target) => {
      target.content += leaf(value, namespace, target.namespace, '');
    },
  );
