/** XEP-0004: Data Forms, version 2.13.1. https://xmpp.org/extensions/xep-0004.html */
import {
  attr,
  element,
  flag,
  list,
  oneOf,
  text,
  textChild,
  textChildren,
  type ValueOf,
} from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

const option = element('option', NS.dataForms, 'XEP-0004 section 3.2', {
  label: attr('label', text).optional,
  value: textChild('value', NS.dataForms, text),
});

const field = element('field', NS.dataForms, 'XEP-0004 section 3.2', {
  var: attr('var', text).optional,
  type: attr('type', text).optional,
  label: attr('label', text).optional,
  description: textChild('desc', NS.dataForms, text).optional,
  required: flag('required', NS.dataForms),
  values: textChildren('value', NS.dataForms, text),
  options: list(option),
});

/** A form: to fill in, filled in, or a table of results. */
export const form = element('x', NS.dataForms, 'XEP-0004 section 3.1', {
  type: attr('type', oneOf('form', 'submit', 'cancel', 'result')),
  title: textChild('title', NS.dataForms, text).optional,
  instructions: textChildren('instructions', NS.dataForms, text),
  fields: list(field),
});

/** A form as it is read. */
export type Form = ValueOf<typeof form>;

/** A field of a form, with its values as text. */
export type FormField = ValueOf<typeof field>;

/** A form field from what differs from an empty one. */
export const formField = (parts: Partial<FormField>): FormField => ({
  required: false,
  values: [],
  options: [],
  ...parts,
});

/** A form of `type` for `formType` (XEP-0068): the hidden `FORM_TYPE` field, then `fields`. */
export const formOf = (
  type: Form['type'],
  formType: string,
  fields: readonly FormField[],
  title?: string,
): Form => ({
  type,
  title,
  instructions: [],
  fields: [formField({ var: 'FORM_TYPE', type: 'hidden', values: [formType] }), ...fields],
});

/** The values of the field `name`; `undefined` when the form has no such field. */
export const valuesOf = (source: Form, name: string): readonly string[] | undefined =>
  source.fields.find((candidate) => candidate.var === name)?.values;

/** The first value of the field `name`, if it has one. */
export const firstValueOf = (source: Form, name: string): string | undefined => valuesOf(source, name)?.[0];
