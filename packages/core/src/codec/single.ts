import { failure, ok, type Result } from '../result.js';
import type { Field, FieldDoc, SingleField, Source } from './field.js';

/** What an optional field reads where it is absent. */
const ABSENT = ok(undefined);

/** A field from how it is found (`undefined`: absent) and how a present value is written. */
export function single<T>(
  doc: Omit<FieldDoc, 'required'>,
  takes: Field<T>['takes'],
  find: (source: Source) => Result<T> | undefined,
  write: Field<T>['write'],
  print: Field<T>['print'],
): SingleField<T> {
  const label = doc.kind === 'attribute' ? `@${doc.name}` : doc.kind === 'text' ? '' : `/${doc.name}`;
  const missing = failure(label, 'missing');
  return {
    doc: { ...doc, required: true },
    takes,
    read: (source) => find(source) ?? missing,
    write,
    print,
    optional: {
      doc: { ...doc, required: false },
      takes,
      read: (source) => find(source) ?? ABSENT,
      write: (value, target) => {
        if (value !== undefined) write(value, target);
      },
      print: (value, target) => {
        if (value !== undefined) print(value, target);
      },
    },
    or: (value) => {
      const otherwise = ok(value);
      return {
        doc: { ...doc, required: false },
        takes,
        read: (source) => find(source) ?? otherwise,
        write,
        print,
      };
    },
  };
}
