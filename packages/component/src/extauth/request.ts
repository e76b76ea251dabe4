import { type BareJid, bareOf, jidOf } from '@xmpp-groups/core/jid';
import { err, ok, type Result } from '@xmpp-groups/core/result';

/** Operations with a password, and those without. */
const WITH_PASSWORD = ['auth', 'setpass', 'tryregister', 'removeuser3'] as const;
const WITHOUT_PASSWORD = ['isuser', 'removeuser'] as const;

export type Operation = (typeof WITH_PASSWORD)[number] | (typeof WITHOUT_PASSWORD)[number];

/** Whether a password comes with the operation. */
export type Request = { readonly jid: BareJid } & (
  | { readonly operation: (typeof WITH_PASSWORD)[number]; readonly password: string }
  | { readonly operation: (typeof WITHOUT_PASSWORD)[number] }
);

/** `operation:user:server`, and `:password` where there is one, which may have colons in it. */
const FIELDS = /^([^:]*):([^:]*):([^:]*)(?::(.*))?$/s;

const isOneOf = <W extends string>(words: readonly W[], text: string): text is W =>
  words.some((word) => word === text);

/**
 * Reads what is in a frame of ejabberd's protocol (https://docs.ejabberd.im/developer/guide/#external).
 * @returns the request, or why it is none, in words that hold no part of a password
 */
export function readRequest(frame: Uint8Array): Result<Request, string> {
  const text = textOf(frame);
  if (text === undefined) return err('it is not UTF-8');
  const [, operation = '', user = '', server = '', password] = FIELDS.exec(text) ?? [];
  const needsPassword = isOneOf(WITH_PASSWORD, operation);
  // Other words may be a password that has lost its place: they are not repeated.
  if (!needsPassword && !isOneOf(WITHOUT_PASSWORD, operation)) return err('its operation is not known');
  const jid = jidOf({ local: user, domain: server });
  // Nor is the reason: it may quote what stands in the wrong place.
  if (!jid.ok) return err(`${operation} of what cannot be the address of a user`);
  const bare = bareOf(jid.value);
  if (!needsPassword) {
    return password === undefined
      ? ok({ operation, jid: bare })
      : err(`${operation} of ${bare} has more than a user and a server`);
  }
  if (password === undefined) return err(`${operation} of ${bare} has no password`);
  return ok({ operation, jid: bare, password });
}

function textOf(frame: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(frame);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
