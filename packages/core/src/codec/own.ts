import { failure } from '../result.js';
import { textOf } from '../xml/element.js';
import { escapeAttribute, escapeText } from '../xml/serialise.js';
import type { Field, SingleField } from './field.js';
import { single } from './single.js';
import type { ValueCodec } from './value.js';

/** What stands in the element itself takes none of its children. */
const NONE: readonly never[] = [];

/** An attribute. */
export const attr = <T>(name: string, codec: ValueCodec<T>): SingleField<T> =>
  single(
    { kind: 'attribute', name, type: codec.type },
    NONE,
    ({ element }) => {
      const value = element.attrs[name];
      if (value === undefined) return undefined;
      const parsed = codec.parse(value);
      return parsed.ok ? parsed : failure(`@${name}`, parsed.error);
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
  takes: NONE,
  read: ({ element }) => {
    const parsed = codec.parse(textOf(element));
    return parsed.ok ? parsed : failure('', parsed.error);
  },
  write: (value, target) => {
    const formatted = codec.format(value);
    if (formatted !== '') target.children.push(formatted);
  },
  print: (value, target) => {
    target.content += escapeText(codec.format(value));
  },
});
