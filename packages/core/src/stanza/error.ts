import {
  attr,
  element,
  integer,
  oneOf,
  rest,
  text,
  textChild,
  type ValueOf,
  whichChild,
} from '../codec/index.js';
import type { XmlElement } from '../xml/element.js';
import { NS } from '../xml/namespaces.js';

/** The defined conditions (RFC 6120, section 8.3.3) with the type and the legacy code each goes with. */
const CONDITIONS = {
  'bad-request': ['modify', 400],
  conflict: ['cancel', 409],
  'feature-not-implemented': ['cancel', 501],
  forbidden: ['auth', 403],
  gone: ['cancel', 302],
  'internal-server-error': ['wait', 500],
  'item-not-found': ['cancel', 404],
  'jid-malformed': ['modify', 400],
  'not-acceptable': ['modify', 406],
  'not-allowed': ['cancel', 405],
  'not-authorized': ['auth', 401],
  'policy-violation': ['modify', 405],
  'recipient-unavailable': ['wait', 404],
  redirect: ['modify', 302],
  'registration-required': ['auth', 407],
  'remote-server-not-found': ['cancel', 404],
  'remote-server-timeout': ['wait', 504],
  'resource-constraint': ['wait', 500],
  'service-unavailable': ['cancel', 503],
  'subscription-required': ['auth', 407],
  'undefined-condition': ['cancel', 500],
  'unexpected-request': ['wait', 400],
} as const satisfies Record<string, readonly [ErrorType, number]>;

type ErrorType = 'auth' | 'cancel' | 'continue' | 'modify' | 'wait';

/** A defined condition of stanza errors (RFC 6120, section 8.3.3). */
export type ErrorCondition = keyof typeof CONDITIONS;

const isCondition = (name: string): name is ErrorCondition => name in CONDITIONS;

/** `<error/>` inside a stanza of type `error`. */
export const errorElement = element('error', NS.client, 'RFC 6120 section 8.3.2', {
  type: attr('type', oneOf('auth', 'cancel', 'continue', 'modify', 'wait')),
  code: attr('code', integer()).optional,
  condition: whichChild(NS.stanzas, Object.keys(CONDITIONS).filter(isCondition)).or('undefined-condition'),
  text: textChild('text', NS.stanzas, text).optional,
  more: rest(),
});

/**
 * A refusal: what becomes an error stanza. `text` is English and meant for people; `more` are further
 * children of the stanza, e.g. `<x/>` with the JID of a chat that exists already.
 */
export interface StanzaError {
  readonly condition: ErrorCondition;
  readonly text: string;
  readonly more?: readonly XmlElement[];
  /** The same may succeed later: the type is `wait`, whatever goes with the condition otherwise. */
  readonly later?: boolean;
}

/** A refusal with a condition of RFC 6120 and a sentence for people. */
export const refusal = (
  condition: ErrorCondition,
  sentence: string,
  more?: readonly XmlElement[],
): StanzaError => (more === undefined ? { condition, text: sentence } : { condition, text: sentence, more });

/**
 * A refusal of what may be sent again later (RFC 6120, section 8.3.2, type `wait`).
 * @param sentence says for people when that is
 */
export const refusalForNow = (condition: ErrorCondition, sentence: string): StanzaError => ({
  condition,
  text: sentence,
  later: true,
});

/** The code with which xabber-web offers to send a message again; after 405 it never does (reference, trap T8). */
const SEND_AGAIN = 406;

/**
 * The `<error/>` for a refusal. It carries the legacy `code` of XEP-0086: xabber-web tells a refused message
 * by nothing else (reference, trap T8).
 */
export function buildError(error: StanzaError): XmlElement {
  const [type, code] = error.later === true ? (['wait', SEND_AGAIN] as const) : CONDITIONS[error.condition];
  const built = errorElement.build({ type, code, condition: error.condition, text: error.text, more: [] });
  return {
    ...built,
    children: built.children.map((node) =>
      typeof node !== 'string' && node.name === 'text'
        ? { ...node, attrs: { ...node.attrs, 'xml:lang': 'en' } }
        : node,
    ),
  };
}

/** What an error stanza says. */
export type ReceivedError = ValueOf<typeof errorElement>;
