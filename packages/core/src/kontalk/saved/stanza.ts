import { failure, ok } from '../../result.js';
import type { XmlElement, XmlNode } from '../../xml/element.js';
import type { Incoming, Verdict } from '../evaluate/incoming.js';
import { listOf, number, optional, type Reader, shape, text, word } from './reader.js';

const attributes: Reader<XmlElement['attrs']> = (value, path) => {
  if (typeof value !== 'object' || value === null) return failure(path, 'no attributes');
  const attrs: [string, string][] = [];
  for (const [key, entry] of Object.entries(value)) {
    const read = text(entry, `${path}/${key}`);
    if (!read.ok) return read;
    attrs.push([key, read.value]);
  }
  return ok(Object.fromEntries(attrs));
};

const node: Reader<XmlNode> = (value, path) =>
  typeof value === 'string' ? ok(value) : savedElement(value, path);

/** An element, which is plain data as it is. */
export const savedElement: Reader<XmlElement> = (value, path) =>
  shape({ name: text, attrs: attributes, children: listOf(node) })(value, path);

/** Only stanzas that could be read are held back. */
const verdict: Reader<Verdict> = (value, path) => {
  const kind = shape({ kind: word('verified', 'cleartext') })(value, path);
  if (!kind.ok) return kind;
  if (kind.value.kind === 'cleartext') return ok({ kind: 'cleartext' });
  return shape({
    kind: word('verified'),
    payload: listOf(savedElement),
    innerId: optional(text),
    signedTime: number,
    payloadHash: text,
    signer: text,
  })(value, path);
};

export const savedIncoming: Reader<Incoming> = shape({
  stanza: savedElement,
  verdict,
  receivedAt: number,
  delayStamp: optional(number),
});
