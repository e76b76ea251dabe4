import type { BareJid } from '@xmpp-groups/core/jid';
import { err, ok } from '@xmpp-groups/core/result';
import { Command } from 'commander';
import { ACCOUNT } from './account-name.js';
import { type ConfigOptions, configOption } from './config-option.js';
import { withDatabase } from './database.js';
import { eraseAccount, erasedSentence } from './erase-account.js';
import { onAccount } from './on-account.js';
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

/** Removes the account, and what the groups know of it. */

async function remove(name: string, options: RemoveOptions, world: World): Promise<ExitCode> {
  let gone: BareJid | undefined;
  const code = await onAccount(name, options, world, {
    ofGroup: 'is a group; "xmpp-groups group delete" removes it',
    act: async (jid, accounts) => {
      if (!options.yes && !(await world.ask?.(`Remove ${jid}?`))) return err('Nothing was removed.');
      const removed = await accounts.remove(jid);
      if (removed) gone = jid;
      return removed ? ok(`Removed ${jid}. What the server keeps for it is still there.`) : undefined;
    },
  });
  if (gone === undefined) return code;
  const jid = gone;
  return withDatabase(options, false, world, async (store, config) => {
    const erased = await eraseAccount(store, config, jid);
    if (erased.ok) world.out(erasedSentence(jid, erased.value));
    else world.err(`It is not out of all groups: ${erased.error}. Run "xmpp-groups member erase ${jid}".`);
    return erased.ok ? 0 : 1;
  });
}
