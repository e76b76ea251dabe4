import { decodeBase64, encodeBase64 } from '../../codec/index.js';
import { err, ok } from '../../result.js';
import type { OpenPgp, Signature } from '../containers/open-pgp.js';
import { textOfUtf8, utf8Of } from '../containers/utf8.js';

/** A message of the fake, which hides nothing: whom it is for, how it is signed, and what is in it. */
export interface FakeMessage {
  readonly to: readonly string[];
  readonly signature: Signature;
  readonly intact: boolean;
  readonly plain: string;
}

/** How every message of the fake begins, and what is no message hardly ever. */
const BEGINNING = '{"to":';

/** The bytes of a message of the fake; with `changes`, a message that no honest library makes. */
export const fakeMessage = (
  plain: string | Uint8Array,
  to: readonly string[],
  signer: string,
  changes: Partial<FakeMessage> = {},
): Uint8Array => {
  const bytes = typeof plain === 'string' ? utf8Of(plain) : plain;
  const message: FakeMessage = {
    to,
    signature: { kind: 'valid', signer },
    intact: true,
    plain: encodeBase64(bytes),
    ...changes,
  };
  return utf8Of(JSON.stringify(message));
};

/** What a message of the fake says. Throws when it is none. */
export function readFake(bytes: Uint8Array): FakeMessage {
  const text = textOfUtf8(bytes);
  if (!text.ok) throw new Error(text.error.reason);
  const message: FakeMessage = JSON.parse(text.value);
  return message;
}

/** The text inside a message of the fake. */
export function plainOfFake(bytes: Uint8Array): string {
  const plain = decodeBase64(readFake(bytes).plain);
  const text = plain.ok ? textOfUtf8(plain.value) : undefined;
  if (text?.ok !== true) throw new Error('no text');
  return text.value;
}

/** A library that encrypts nothing; it has the secret keys of `own`, and cannot encrypt to those of `unusable`. */
export const fakeOpenPgp = (own: readonly string[], unusable: readonly string[] = []): OpenPgp => ({
  encrypt: async (plain, { to, signer }) => {
    const keys = to.filter((fingerprint) => unusable.includes(fingerprint));
    if (keys.length > 0) return err({ kind: 'unusable-key', keys });
    if (!own.includes(signer)) return err({ kind: 'no-signer', keys: [signer] });
    return ok(fakeMessage(plain, to, signer));
  },
  decrypt: async (bytes) => {
    const text = textOfUtf8(bytes);
    if (!text.ok || !text.value.startsWith(BEGINNING)) return err({ kind: 'malformed', reason: 'no message' });
    const { to, signature, intact, plain } = readFake(bytes);
    if (!to.some((fingerprint) => own.includes(fingerprint))) {
      return err({ kind: 'no-secret-key', reason: `for ${to.join(', ')}` });
    }
    const decoded = decodeBase64(plain);
    if (!decoded.ok) return err({ kind: 'tampered', reason: decoded.error });
    return ok({ plain: decoded.value, intact, signature });
  },
  digest: async (bytes) => `digest of ${bytes.length} bytes: ${encodeBase64(bytes.slice(-30))}`,
});
