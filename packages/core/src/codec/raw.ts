import { ok } from '../result.js';
import type { XmlElement } from '../xml/element.js';
import { serialise } from '../xml/serialise.js';
import type { Field, SingleField } from './field.js';
import { NOTHING, readOnly } from './named-children.js';
import { qualify } from './qualify.js';
import { single } from './single.js';

/** A child element kept as it is, e.g. the stanza inside `<forwarded/>`. */
export const rawChild = (name: string, namespace: string): SingleField<XmlElement> =>
  single(
    { kind: 'child', name, namespace, type: 'any content' },
    [{ namespace, local: name }],
    (source) => readOnly(source, namespace, name, ({ element }) => ok(qualify(element, source.scope))),
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
  takes: [],
  read: (source) => {
    let values: XmlElement[] | undefined;
    for (const { element, namespace, local } of source.children) {
      // Without a declaration of its prefix it has no name that could be passed on.
      if (namespace === undefined || source.claimed(namespace, local)) continue;
      const whole = qualify(element, source.scope);
      if (values === undefined) values = [whole];
      else values.push(whole);
    }
    return values === undefined ? NOTHING : ok(values);
  },
  write: (values, target) => {
    target.children.push(...values);
  },
  print: (values, target) => {
    for (const value of values) target.content += serialise(value, target.namespace);
  },
});
