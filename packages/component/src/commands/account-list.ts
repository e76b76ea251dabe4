import { Command } from 'commander';
import { type ConfigOptions, configOption, storageConfigFor } from './config-option.js';
import { withAccounts } from './database.js';
import { printableJson, table } from './printable.js';
import type { ExitCode, World } from './world.js';

interface ListOptions extends ConfigOptions {
  readonly json?: boolean;
}

export const listAccountsCommand = (world: World, end: (code: ExitCode) => void): Command =>
  new Command('list')
    .description('list all accounts')
    .addOption(configOption())
    .option('--json', 'write JSON: a list of objects')
    .action(async (options: ListOptions) => end(await list(options, world)));

async function list(options: ListOptions, world: World): Promise<ExitCode> {
  const config = storageConfigFor(options, world);
  if (config === undefined) return 1;
  return withAccounts(config, false, world, async (accounts) => {
    const found = await accounts.list();
    const entries = found.map(({ jid, createdAt }) => ({ jid, created: new Date(createdAt).toISOString() }));
    if (options.json) world.out(printableJson(entries));
    else if (entries.length === 0) world.out('There are no accounts.');
    else {
      const rows = entries.map(({ jid, created }) => [jid, created]);
      for (const line of table(['JID', 'CREATED'], rows)) world.out(line);
    }
    return 0;
  });
}
