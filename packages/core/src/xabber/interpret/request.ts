import type { Declaration } from '../../codec/index.js';
import { err, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Iq } from '../../stanza/stanza.js';
import type { XmlElement } from '../../xml/element.js';

/** A request that is understood: its payload read, and the command that it stands for. */
export interface Request<C> {
  readonly type: 'get' | 'set';
  /** `undefined` when the payload is another one. */
  read(payload: XmlElement, from: Iq['from']): Result<C, StanzaError> | undefined;
}

/** Declares a request in one line: type, payload, and what is made of the payload's value. */
export function request<T, C>(
  type: 'get' | 'set',
  declared: Declaration<T>,
  toCommand: (value: T, from: Iq['from']) => Result<C, StanzaError>,
): Request<C> {
  return {
    type,
    read: (payload, from) => {
      if (!declared.is(payload)) return undefined;
      const value = declared.parse(payload);
      if (value.ok) return toCommand(value.value, from);
      return err(refusal('bad-request', `${value.error.path}: ${value.error.reason}`));
    },
  };
}
