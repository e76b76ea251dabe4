import { base64 } from '../../codec/index.js';
import type { BareJid } from '../../jid/index.js';
import { failure, ok, type Result } from '../../result.js';
import type { AnnouncedKey } from '../../xep/index.js';
import type { Fingerprint, KnownKey } from '../keys/known-key.js';
import { bareJid, listOf, mapOf, number, type Reader, shape, text, word } from './reader.js';

/** What a keyring keeps of somebody. */
export interface KeysOfPerson {
  readonly keys: readonly KnownKey[];
  /** The keys themselves, transferable and not armoured. */
  readonly material: ReadonlyMap<Fingerprint, Uint8Array>;
  /** His list of keys (XEP-0373, section 4.2) as it was when its keys were fetched. */
  readonly announced: readonly AnnouncedKey[];
}

const VERSION = 1;

/** As JSON can hold it. */
export const saveKeys = ({ keys, material, announced }: KeysOfPerson): unknown => ({
  version: VERSION,
  keys: keys.map(({ fingerprint, userIds, standing, since }) => ({ fingerprint, userIds, standing, since })),
  material: [...material].map(([fingerprint, bytes]) => [fingerprint, base64.format(bytes)]),
  announced: announced.map(({ fingerprint, date }) => ({ fingerprint, date })),
});

const bytes: Reader<Uint8Array> = (value, path) => {
  const read = typeof value === 'string' ? base64.parse(value) : undefined;
  return read?.ok === true ? read : failure(path, 'no base64');
};

const knownKey: Reader<KnownKey> = shape({
  fingerprint: text,
  userIds: listOf(text),
  standing: word('first', 'verified', 'unconfirmed', 'refused'),
  since: number,
});

const saved = shape({
  keys: listOf(knownKey),
  material: mapOf(text, bytes),
  announced: listOf(shape({ fingerprint: text, date: number })),
});

/** What {@link saveKeys} has made; fails with the path and the reason. */
export function loadKeys(value: unknown): Result<KeysOfPerson> {
  const version = shape({ version: number })(value, 'keys');
  if (!version.ok) return version;
  if (version.value.version !== VERSION) return failure('keys/version', 'not known here');
  const read = saved(value, 'keys');
  return read.ok ? ok(read.value) : read;
}

/** The JIDs of a list that JSON holds; fails with the path and the reason. */
export const loadJids = (value: unknown): Result<readonly BareJid[]> => listOf(bareJid)(value, 'jids');
