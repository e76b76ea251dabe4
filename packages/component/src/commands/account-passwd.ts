import { Command } from 'commander';
import { hashOf } from '../extauth/password.js';
import { ACCOUNT, accountNamed } from './account-name.js';
import { type ConfigOptions, configOption, storageConfigFor } from './config-option.js';
import { withAccounts } from './database.js';
import { newPassword, type PasswordOptions, passwordOption } from './new-password.js';
import type { ExitCode, World } from './world.js';

type PasswdOptions = ConfigOptions & PasswordOptions;

export const passwdCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('passwd')
    .description('give an account another password')
    .argument(...ACCOUNT)
    .addOption(passwordOption())
    .addOption(configOption())
    .action(async (name: string, options: PasswdOptions) => end(await passwd(name, options, world)));

async function passwd(name: string, options: PasswdOptions, world: World): Promise<ExitCode> {
  const fail = (sentence: string): ExitCode => {
    world.err(sentence);
    return 1;
  };
  const config = storageConfigFor(options, world);
  if (config === undefined) return 1;
  const jid = accountNamed(name, config);
  if (!jid.ok) return fail(jid.error);
  return withAccounts(config, false, world, async (accounts) => {
    const missing = `There is no account ${jid.value}`;
    if (await accounts.isGroup(jid.value)) return fail(`${jid.value} is a group, which has no password`);
    if ((await accounts.passwordOf(jid.value)) === undefined) return fail(missing);
    const password = await newPassword(options, world);
    if (!password.ok) return fail(password.error);
    if (!(await accounts.change(jid.value, await hashOf(password.value)))) return fail(missing);
    world.out(`${jid.value} has a new password. Who is logged in stays so.`);
    return 0;
  });
}
