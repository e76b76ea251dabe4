import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import { Option } from 'commander';
import { preparePassword } from '../extauth/password.js';
import type { World } from './world.js';

export interface PasswordOptions {
  readonly passwordFile?: string;
}

export const passwordOption = (): Option =>
  new Option(
    '--password-file <file>',
    'a file that holds nothing but the password; without it the password is asked for, or read from standard input',
  );

/**
 * The password for an account: from the file, from whoever sits at the terminal, who has to type it twice, or from
 * standard input. The end of its line does not count.
 * @returns the password, prepared, or one sentence that says why there is none
 */
export async function newPassword(
  { passwordFile }: PasswordOptions,
  world: World,
): Promise<Result<string, string>> {
  const given = passwordFile === undefined ? await typed(world) : fromFile(passwordFile);
  if (!given.ok) return given;
  const password = preparePassword(given.value.replace(/\r?\n$/, ''));
  if (password.ok) return password;
  const where = passwordFile === undefined ? '' : '--password-file: ';
  return err(`${where}${password.error}; nothing was changed`);
}

async function typed({ askSecret, input }: World): Promise<Result<string, string>> {
  if (askSecret === undefined) return ok(await text(input));
  const first = await askSecret('New password');
  const second = first === undefined ? undefined : await askSecret('The same again');
  if (first === undefined || second === undefined) return err('No password was given; nothing was changed');
  return first === second ? ok(first) : err('These are two passwords; nothing was changed');
}

function fromFile(path: string): Result<string, string> {
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return err(
      `--password-file: ${path} cannot be read (${reason}); give the path of a file that this user may read`,
    );
  }
}
