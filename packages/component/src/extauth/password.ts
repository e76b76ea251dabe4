import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { err, ok, type Result } from '@xmpp-groups/core/result';

const derive = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt);

/** The cost of new hashes: 32 MiB, and about a tenth of a second. Each hash says its own. */
const COST = { ln: 15, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** The PHC string format, which other programs read too: `$scrypt$ln=15,r=8,p=1$SALT$HASH`, base64 without padding. */
const HASHED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{16,})\$([A-Za-z0-9+/]{22,})$/;

/** More than this, and one login would take the memory of the machine. */
const LARGEST_LN = 20;

const LONGEST = 1023;

/**
 * A password as it is hashed, so that every keyboard's way to write it gives the same (the mappings of the
 * OpaqueString profile, RFC 8265, section 4.2).
 * @returns the password, or why it can be none
 */
export function preparePassword(text: string): Result<string, string> {
  const prepared = text.replace(/\p{Zs}/gu, ' ').normalize('NFC');
  if (prepared === '') return err('the password is empty');
  if (Buffer.byteLength(prepared) > LONGEST) return err(`the password is longer than ${LONGEST} bytes`);
  if (/[\p{Cc}\p{Cs}]/u.test(prepared)) return err('the password has control characters');
  return ok(prepared);
}

/** What is kept of a prepared password. Two of the same password are not the same. */
export async function hashOf(password: string): Promise<string> {
  const { ln, r, p } = COST;
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, HASH_BYTES, options(ln, r, p));
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/**
 * Whether the password is the one that `hashed` was made of. `undefined` is the hash of no password, and takes as
 * long: how long it takes does not tell whether there is an account.
 * @throws Error (rejects) when `hashed` is not what {@link hashOf} makes
 */
export async function isPassword(password: string, hashed: string | undefined): Promise<boolean> {
  const [, ln, r, p, salt = '', hash = ''] = HASHED.exec(hashed ?? NOBODY) ?? [];
  if (ln === undefined || Number(ln) > LARGEST_LN) {
    throw new Error('the database holds what is no hash of a password; give the account a new password');
  }
  const expected = Buffer.from(hash, 'base64');
  const cost = options(Number(ln), Number(r), Number(p));
  const actual = await derive(password, Buffer.from(salt, 'base64'), expected.length, cost);
  return timingSafeEqual(actual, expected) && hashed !== undefined;
}

/** Node wants to be allowed the memory (128 N r) before it is used, and some more. */
const options = (ln: number, r: number, p: number): ScryptOptions => ({
  N: 2 ** ln,
  r,
  p,
  maxmem: 256 * 2 ** ln * r + 256 * r * p,
});

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const NOBODY = `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;
