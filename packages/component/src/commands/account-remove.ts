import { Command } from 'commander';
import { ACCOUNT, accountNamed } from './account-name.js';
import { type ConfigOptions, configOption, storageConfigFor } from './config-option.js';
import { withAccounts } from './database.js';
import type { ExitCode, World } from './world.js';

interface RemoveOptions extends ConfigOptions {
  readonly yes?: boolean;
}

export const removeCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('remove')
    .description('remove an account; what the server keeps for it (contacts, messages) stays there')
    .argument(...ACCOUNT)
    .option('-y, --yes', 'do not ask')
    .addOption(configOption())
    .action(async (name: string, options: RemoveOptions) => {
      const { ask } = world;
      if (!options.yes && ask === undefined) {
        world.err('There is no terminal to ask on; give --yes to remove the account without being asked');
        end(2);
        return;
      }
      end(await remove(name, options, world));
    });

async function remove(name: string, options: RemoveOptions, world: World): Promise<ExitCode> {
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
    if (await accounts.isGroup(jid.value)) {
      return fail(`${jid.value} is a group; "xmpp-groups group delete" removes it`);
    }
    if ((await accounts.passwordOf(jid.value)) === undefined) return fail(missing);
    if (!options.yes && !(await world.ask?.(`Remove ${jid.value}?`))) return fail('Nothing was removed.');
    if (!(await accounts.remove(jid.value))) return fail(missing);
    world.out(`Removed ${jid.value}. What the server keeps for it is still there.`);
    return 0;
  });
}
