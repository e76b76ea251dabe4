import {
  attr,
  boolean,
  child,
  content,
  element,
  integer,
  text,
  textChild,
  type ValueOf,
} from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

const file = element('url', NS.oob, 'reference 6', {
  type: attr('type', text).optional,
  /** In bytes, as it lies on the server. */
  length: attr('length', integer()).optional,
  encrypted: attr('encrypted', boolean).optional,
  url: content(text),
});

/** A file behind an address, with what Kontalk says of it in attributes that XEP-0066 does not know. */
export const attachment = element('x', NS.oob, 'reference 6', {
  file: child(file),
  description: textChild('desc', NS.oob, text).optional,
});

/** The address of a file, its media type, its length in bytes, and whether it is encrypted. */
export type AttachedFile = ValueOf<typeof file>;
