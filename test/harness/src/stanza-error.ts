import { elementsOf, textOf, type XmlElement } from '@xmpp-groups/core/xml';

/** An answer of type `error` to a request (RFC 6120, section 8.3). */
export class StanzaError extends Error {
  override readonly name = 'StanzaError';

  constructor(
    /** Such as `item-not-found`. */
    readonly condition: string,
    /** `auth`, `cancel`, `continue`, `modify` or `wait`. */
    readonly type: string | undefined,
    /** The text for humans, when there was one. */
    readonly text: string | undefined,
    /** The number of older servers (XEP-0086), when there was one. */
    readonly code: number | undefined,
    /** The whole answer. */
    readonly stanza: XmlElement,
  ) {
    super(text === undefined ? condition : `${condition}: ${text}`);
  }
}

/** Reads the error out of a stanza of type `error`. */
export function stanzaError(stanza: XmlElement): StanzaError {
  const error = elementsOf(stanza).find((child) => child.name === 'error');
  const parts = error === undefined ? [] : elementsOf(error);
  const condition = parts.find((part) => part.name !== 'text')?.name ?? 'undefined-condition';
  const text = parts.find((part) => part.name === 'text');
  const code = error?.attrs.code;
  return new StanzaError(
    condition,
    error?.attrs.type,
    text === undefined ? undefined : textOf(text),
    code === undefined ? undefined : Number(code),
    stanza,
  );
}
