import { failure, ok, type Result } from '../result.js';
import type { Field, FieldDoc, SingleField, Source } from './field.js';

/** A field from how it is found (`undefined`: absent) and how a present value is written. */
export function single<T>(
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
