import { ok } from '@xmpp-groups/core/result';
import { Command } from 'commander';
import { hashOf } from '../extauth/password.js';
import { ACCOUNT } from './account-name.js';
import { type ConfigOptions, configOption } from './config-option.js';
import { newPassword, type PasswordOptions, passwordOption } from './new-password.js';
import { onAccount } from './on-account.js';
import type { ExitCode, World } from './world.js';

type PasswdOptions = ConfigOptions & PasswordOptions;

export const passwdCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('passwd')
    .description('give an account another password')
    .argument(...ACCOUNT)
    .addOption(passwordOption())
    .addOption(configOption())
    .action(async (name: string, options: PasswdOptions) => end(await passwd(name, options, world)));

const passwd = (name: string, options: PasswdOptions, world: World): Promise<ExitCode> =>
  onAccount(name, options, world, {
    ofGroup: 'is a group, which has no password',
    act: async (jid, accounts) => {
      const password = await newPassword(options, world);
      if (!password.ok) return password;
      const changed = await accounts.change(jid, await hashOf(password.value));
      return changed ? ok(`${jid} has a new password. Who is logged in stays so.`) : undefined;
    },
  });
