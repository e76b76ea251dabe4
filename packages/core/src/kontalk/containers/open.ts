import type { XmlElement } from '../../xml/element.js';
import type { Fingerprint } from '../keys/known-key.js';
import { LIMITS } from '../model/limits.js';
import { type Arrival, contentFault, signatureFault } from './checks.js';
import { containerIn } from './container.js';
import { CONTENT_TYPE, type Content, readContent, type SealedContent } from './content.js';
import type { Fault } from './fault.js';
import type { ContainerForm, OpenPgp } from './open-pgp.js';
import { textOfUtf8 } from './utf8.js';

/** What came out of a container. */
export interface Opened {
  /** What is wrong with it; `undefined`: all checks of reference 4.3 were passed. */
  readonly fault: Fault | undefined;
  /** In words, for a log. */
  readonly reason: string;
  /** As far as it could be read. With a fault it is no more than somebody's claim. */
  readonly content: Content | undefined;
  /** When it says that it was written, in milliseconds since the epoch. */
  readonly signedAt: number | undefined;
  /** The key whose signature is valid, whoever it belongs to. */
  readonly signer: Fingerprint | undefined;
  /** The digest of what was signed. */
  readonly digest: string | undefined;
}

/** What is looked into at all, in bytes; the limit on what is written, in the longest encoding (2.10, number 28). */
const LARGEST = 4 * LIMITS.stanza;

/**
 * Opens the container among a stanza's children and checks all that reference 4.3 demands; `undefined` when there is
 * none and the stanza is in clear. Never rejects, and never takes anything from outside of the container.
 */
export async function open(
  payload: readonly XmlElement[],
  arrival: Arrival,
  openPgp: OpenPgp,
): Promise<Opened | undefined> {
  const container = containerIn(payload);
  if (container === undefined) return undefined;
  const { form, message } = container;
  if (message === undefined) return faulty('undecryptable', 'the container holds no base64');
  const decrypted = await openPgp.decrypt(message);
  if (!decrypted.ok) {
    const { kind, reason } = decrypted.error;
    return faulty(kind === 'tampered' ? 'tampered' : 'undecryptable', reason);
  }
  const { plain, signature } = decrypted.value;
  const signer = signature.kind === 'valid' ? signature.signer : undefined;
  const outer = signatureFault(decrypted.value, arrival, form);
  const read = readPlain(plain, form);
  if (!read.ok) {
    const inner = read.path === CONTENT_TYPE ? 'content-type' : 'malformed';
    return { ...faulty(outer ?? inner, outer ?? read.reason), signer };
  }
  const digest = await openPgp.digest(plain);
  const fault = outer ?? contentFault(read.sealed, arrival, digest);
  const { content, at: signedAt } = read.sealed;
  return { fault, reason: fault ?? 'ok', content, signedAt, signer, digest };
}

const faulty = (fault: Fault, reason: string): Opened => ({
  fault,
  reason,
  content: undefined,
  signedAt: undefined,
  signer: undefined,
  digest: undefined,
});

type Read =
  | { readonly ok: true; readonly sealed: SealedContent }
  | { readonly ok: false; readonly path: string; readonly reason: string };

function readPlain(plain: Uint8Array, form: ContainerForm): Read {
  if (plain.length > LARGEST) return { ok: false, path: '', reason: `more than ${LARGEST} bytes` };
  const text = textOfUtf8(plain);
  const read = text.ok ? readContent(text.value, form) : text;
  return read.ok ? { ok: true, sealed: read.value } : { ok: false, ...read.error };
}

/** A file out of its encryption. */
export interface OpenedBytes {
  readonly fault: Fault | undefined;
  /** What was inside; not to be used when there is a fault. */
  readonly bytes: Uint8Array | undefined;
}

/**
 * A file that the sender of a message has encrypted, from what was downloaded: only its signature can be checked, it
 * does not say for whom it was meant or when it was made (reference 6).
 */
export async function openBytes(
  message: Uint8Array,
  arrival: Pick<Arrival, 'from' | 'keysOf'>,
  openPgp: OpenPgp,
): Promise<OpenedBytes> {
  const decrypted = await openPgp.decrypt(message);
  if (!decrypted.ok) {
    return { fault: decrypted.error.kind === 'tampered' ? 'tampered' : 'undecryptable', bytes: undefined };
  }
  return { fault: signatureFault(decrypted.value, arrival, 'kontalk'), bytes: decrypted.value.plain };
}
