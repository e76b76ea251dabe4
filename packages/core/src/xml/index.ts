/**
 * The element type, parsing, writing and namespaces. Elements of `ltx` and `@xmpp/xml` are such already.
 * @module @xmpp-groups/core/xml
 */
export { elementsOf, textOf, type XmlElement, type XmlNode, xml } from './element.js';
export { type Namespace, NS } from './namespaces.js';
export { type ParseOptions, parse } from './parse.js';
export {
  enter,
  localName,
  namespaceIn,
  namespaceOf,
  type Scope,
  STANZA_NAMESPACE,
  STANZA_SCOPE,
} from './scope.js';
export { escapeAttribute, escapedLength, escapeText, serialise } from './serialise.js';
export { sizeOf } from './size.js';
export { type Prepared, prepare, prepareText, splice, spliceAll } from './splice.js';
