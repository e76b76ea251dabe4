import { domainOf } from '@xmpp-groups/core/jid';
import { Command } from 'commander';
import { hashOf } from '../extauth/password.js';
import { ACCOUNT, accountNamed } from './account-name.js';
import { type ConfigOptions, configOption, storageConfigFor } from './config-option.js';
import { withAccounts } from './database.js';
import { newPassword, type PasswordOptions, passwordOption } from './new-password.js';
import type { ExitCode, World } from './world.js';

type AddOptions = ConfigOptions & PasswordOptions;

export const addCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('add')
    .description('add an account')
    .argument(...ACCOUNT)
    .addOption(passwordOption())
    .addOption(configOption())
    .action(async (name: string, options: AddOptions) => end(await add(name, options, world)));

async function add(name: string, options: AddOptions, world: World): Promise<ExitCode> {
  const fail = (sentence: string): ExitCode => {
    world.err(sentence);
    return 1;
  };
  const config = storageConfigFor(options, world);
  if (config === undefined) return 1;
  const { hosts, accounts: source } = config.extauth;
  const jid = accountNamed(name, config);
  if (!jid.ok) return fail(jid.error);
  const host = domainOf(jid.value);
  if (!hosts.some((known) => known === host)) {
    return fail(`extauth.hosts: ${host} is not in the list; add it, or correct the JID`);
  }
  return withAccounts(config, true, world, async (accounts) => {
    // Before the password is asked for; what happens meanwhile shows below.
    if (await accounts.isGroup(jid.value)) return fail(`${jid.value} is a group; give another name`);
    if ((await accounts.passwordOf(jid.value)) !== undefined) return fail(`${jid.value} exists already`);
    const password = await newPassword(options, world);
    if (!password.ok) return fail(password.error);
    const outcome = await accounts.add(jid.value, await hashOf(password.value), Date.now());
    if (outcome === 'group') return fail(`${jid.value} is a group; give another name`);
    if (outcome === 'exists') return fail(`${jid.value} exists already`);
    world.out(`Added ${jid.value}.`);
    if (source !== 'store') world.out(`It can log in when extauth.accounts is store; it is ${source} now.`);
    return 0;
  });
}
